/// How long a frame is, from its first bytes (RFC 6455 section 5.2).
enum WebSocketFrameLength {
  /// All bytes of the frame: header, mask and payload. Nil while too little of it is there.
  ///
  /// The longest frame has 2^63 - 1 bytes of payload, so the sum needs 64 bits without a sign.
  static func ofFrame(atFrontOf input: ByteQueue) throws(MessageFault) -> UInt64? {
    guard input.count >= 2 else { return nil }
    let maskLength: UInt64 = input[1] & 0x80 == 0 ? 0 : 4
    switch input[1] & 0x7f {
    case 126:
      guard let payload = number(in: input, bytes: 2) else { return nil }
      return 4 + maskLength + payload
    case 127:
      guard input.count > 2 else { return nil }
      guard input[2] & 0x80 == 0 else {
        throw .malformed("A frame's length has its highest bit set, which no length has; send shorter frames.")
      }
      guard let payload = number(in: input, bytes: 8) else { return nil }
      return 10 + maskLength + payload
    case let payload:
      return 2 + maskLength + UInt64(payload)
    }
  }

  /// The number behind the first two bytes.
  private static func number(in input: ByteQueue, bytes count: Int) -> UInt64? {
    guard input.count >= 2 + count else { return nil }
    return (2..<2 + count).reduce(0) { $0 << 8 | UInt64(input[$1]) }
  }
}
