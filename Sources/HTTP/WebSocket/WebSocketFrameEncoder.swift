/// Writes the frames of a server, which are not masked (RFC 6455 section 5.2).
///
/// Text is given as bytes and is not checked: it comes from writers that make nothing but UTF-8.
package enum WebSocketFrameEncoder {
  /// The place of a frame in its message.
  package enum Fragment: Sendable, Equatable {
    /// The first of several; `text` or `binary` says what the message is.
    case first(WebSocketOpcode)
    case middle
    case last
  }

  /// A control frame has no longer payload (section 5.5).
  package static let maxControlPayload = 125

  /// Appends a whole message of text.
  package static func text(_ payload: [UInt8], into output: inout [UInt8]) {
    frame(.text, payload, into: &output)
  }

  package static func binary(_ payload: [UInt8], into output: inout [UInt8]) {
    frame(.binary, payload, into: &output)
  }

  package static func message(_ message: WebSocketMessage, into output: inout [UInt8]) {
    switch message {
    case .text(let text): frame(.text, Array(text.utf8), into: &output)
    case .binary(let bytes): frame(.binary, bytes, into: &output)
    }
  }

  /// Appends a part of a message. Between the first and the last only parts of the same message and control frames may go.
  package static func fragment(_ fragment: Fragment, _ payload: [UInt8], into output: inout [UInt8]) {
    switch fragment {
    case .first(let opcode):
      precondition(opcode == .text || opcode == .binary, "A message is text or binary.")
      frame(opcode, payload, isFinal: false, into: &output)
    case .middle: frame(.continuation, payload, isFinal: false, into: &output)
    case .last: frame(.continuation, payload, into: &output)
    }
  }

  package static func ping(_ payload: [UInt8] = [], into output: inout [UInt8]) {
    frame(.ping, payload, into: &output)
  }

  package static func pong(_ payload: [UInt8], into output: inout [UInt8]) {
    frame(.pong, payload, into: &output)
  }

  package static func close(_ close: WebSocketClose, into output: inout [UInt8]) {
    frame(.close, close.payload, into: &output)
  }

  /// Appends the bytes before a payload of `length` bytes: two, four or ten.
  ///
  /// Traps on a control frame that is too long or not final, which is the program's own mistake.
  package static func header(
    _ opcode: WebSocketOpcode, isFinal: Bool = true, payloadLength length: Int, into output: inout [UInt8]
  ) {
    precondition(length >= 0, "A payload has no length below zero.")
    precondition(!opcode.isControl || isFinal && length <= maxControlPayload, "A control frame is short and whole.")
    output.append((isFinal ? 0x80 : 0) | opcode.rawValue)
    switch length {
    case ...125: output.append(UInt8(length))
    case ...0xffff:
      output.append(126)
      bigEndian(length, bytes: 2, into: &output)
    default:
      output.append(127)
      bigEndian(length, bytes: 8, into: &output)
    }
  }

  private static func frame(
    _ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true, into output: inout [UInt8]
  ) {
    header(opcode, isFinal: isFinal, payloadLength: payload.count, into: &output)
    output.append(contentsOf: payload)
  }

  private static func bigEndian(_ number: Int, bytes count: Int, into output: inout [UInt8]) {
    for shift in stride(from: 8 * (count - 1), through: 0, by: -8) {
      output.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }
}
