/// The masks of a client's frames (RFC 6455 section 5.3).
enum WebSocketMask {
  /// A server's frame, as a client would send it.
  static func masking(_ frame: [UInt8]) -> [UInt8] {
    let length = headerLength(frame)
    return masking(header: Array(frame[..<length]), payload: Array(frame[length...]))
  }

  static func masking(header: [UInt8], payload: [UInt8]) -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    let key = random.next(upperBound: UInt32.max)
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: key >> (8 * $0)) }
    var frame = header
    frame[1] |= 0x80
    frame.reserveCapacity(header.count + 4 + payload.count)
    frame += bytes
    let mask = (bytes[0], bytes[1], bytes[2], bytes[3])
    frame.append(addingCapacity: payload.count) { room in
      let span = payload.span
      for index in span.indices {
        let byte =
          switch index & 3 {
          case 0: mask.0
          case 1: mask.1
          case 2: mask.2
          default: mask.3
          }
        room.append(span[index] ^ byte)
      }
    }
    return frame
  }

  /// The first packet of a frame without a mask, with one of zeros, which changes no byte of the payload.
  static func addingZeros(_ packet: [UInt8]) -> [UInt8] {
    let length = headerLength(packet)
    var masked = packet
    masked[1] |= 0x80
    masked.insert(contentsOf: [0, 0, 0, 0], at: length)
    return masked
  }

  /// Without a mask.
  private static func headerLength(_ frame: [UInt8]) -> Int {
    switch frame[1] & 0x7f {
    case 126: 4
    case 127: 10
    default: 2
    }
  }
}
