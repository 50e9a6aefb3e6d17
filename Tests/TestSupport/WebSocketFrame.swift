package import HTTP

/// One frame as it stands on the wire, right or wrong.
package struct WebSocketFrame: Equatable, Sendable {
  /// How the length is written. Only the shortest is right.
  package enum LengthForm: Sendable {
    case shortest, twoBytes, eightBytes
  }

  /// A mask for whom it does not matter which.
  package static let someMask: [UInt8] = [0x37, 0xfa, 0x21, 0x3d]

  package var opcode: WebSocketOpcode
  /// As it is meant, without the mask.
  package var payload: [UInt8]
  package var isFinal = true
  /// Three bits; 4 is RSV1.
  package var reservedBits: UInt8 = 0
  /// Four bytes; nil sends the payload as it is, which a client may not.
  package var mask: [UInt8]?

  package init(
    _ opcode: WebSocketOpcode, _ payload: [UInt8] = [], isFinal: Bool = true, reservedBits: UInt8 = 0,
    mask: [UInt8]? = Self.someMask
  ) {
    precondition(mask.map { $0.count == 4 } ?? true, "A mask has four bytes.")
    self.opcode = opcode
    self.payload = payload
    self.isFinal = isFinal
    self.reservedBits = reservedBits
    self.mask = mask
  }

  package static func text(_ text: String, isFinal: Bool = true) -> WebSocketFrame {
    WebSocketFrame(.text, Array(text.utf8), isFinal: isFinal)
  }

  package static func close(_ code: UInt16, _ reason: String = "") -> WebSocketFrame {
    WebSocketFrame(.close, [UInt8(code >> 8), UInt8(code & 0xff)] + Array(reason.utf8))
  }

  package var bytes: [UInt8] { bytes(form: .shortest) }

  /// The frame on the wire.
  /// - Parameter length: what the header says instead of the payload's own length.
  package func bytes(form: LengthForm, claiming length: UInt64? = nil) -> [UInt8] {
    let length = length ?? UInt64(payload.count)
    let size: Int
    switch form {
    case .shortest: size = length < 126 ? 0 : length < 65_536 ? 2 : 8
    case .twoBytes: size = 2
    case .eightBytes: size = 8
    }
    let short = size == 0 ? UInt8(length) : size == 2 ? 126 : 127
    var bytes = [(isFinal ? 0x80 : 0) | reservedBits << 4 | opcode.rawValue, (mask == nil ? 0 : 0x80) | short]
    for index in (0..<size).reversed() { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * UInt64(index)))) }
    guard let mask else { return bytes + payload }
    return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
  }
}

/// Short: the arguments of a failed test are printed, and some frames are long.
extension WebSocketFrame: CustomStringConvertible {
  package var description: String {
    "\(isFinal ? "" : "unfinished ")frame \(opcode.rawValue) of \(payload.count) bytes"
  }
}
