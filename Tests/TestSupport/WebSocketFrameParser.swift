import HTTP

/// Reads the frames of a server and insists on what RFC 6455 asks of them. After a violation it must not be used again.
package struct WebSocketFrameParser {
  package enum Violation: Error, Equatable {
    case masked
    case reservedBits(UInt8)
    case reservedOpcode(UInt8)
    /// The length could have been written in fewer bytes.
    case lengthNotShortest
    case lengthOutOfRange
    case controlFrameTooLong
    case controlFrameInParts
  }

  private var input = ByteQueue()

  package init() {}

  package mutating func append(_ bytes: [UInt8]) { input.append(bytes) }

  /// How many bytes came of a frame that is not complete.
  package var bufferedCount: Int { input.count }

  /// The next frame, nil while it is not complete.
  package mutating func next() throws(Violation) -> WebSocketFrame? {
    guard input.count >= 2 else { return nil }
    try checkFirstBytes()
    guard let (header, length) = try lengths(), input.count >= header + length else { return nil }
    let frame = WebSocketFrame(
      WebSocketOpcode(rawValue: input[0]), Array(input[header..<header + length]), isFinal: input[0] & 0x80 != 0,
      mask: nil)
    input.consume(header + length)
    return frame
  }

  private func checkFirstBytes() throws(Violation) {
    let opcode = WebSocketOpcode(rawValue: input[0])
    if input[0] & 0x70 != 0 { throw .reservedBits(input[0] >> 4 & 7) }
    guard [.continuation, .text, .binary, .close, .ping, .pong].contains(opcode) else {
      throw .reservedOpcode(opcode.rawValue)
    }
    if input[1] & 0x80 != 0 { throw .masked }
    if opcode.isControl, input[0] & 0x80 == 0 { throw .controlFrameInParts }
    if opcode.isControl, input[1] > WebSocketFrameEncoder.maxControlPayload { throw .controlFrameTooLong }
  }

  private func lengths() throws(Violation) -> (header: Int, payload: Int)? {
    guard input[1] >= 126 else { return (2, Int(input[1])) }
    let size = input[1] == 126 ? 2 : 8
    guard input.count >= 2 + size else { return nil }
    let length = (2..<2 + size).reduce(0 as UInt64) { $0 << 8 | UInt64(input[$1]) }
    if length < (size == 2 ? 126 : 65_536) { throw .lengthNotShortest }
    // A test has no use for a frame that it could not hold.
    guard length < 1 << 32 else { throw .lengthOutOfRange }
    return (2 + size, Int(length))
  }
}
