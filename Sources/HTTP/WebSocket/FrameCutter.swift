/// Cuts the bytes of a WebSocket client where its frames end, for a library that takes one frame at a time and judges it.
///
/// A value without I/O: `append` only stores bytes, `next` gives the next packet. The packets depend on the bytes alone,
/// never on how they arrived. Nothing is unmasked and nothing judged: reserved bits, unknown opcodes, missing masks and long
/// control frames pass as they are. Only a length that no frame can have is a fault, because no end could be found.
///
/// It holds at most one packet that is not complete, besides what was appended and not taken yet.
package struct FrameCutter: Sendable {
  package enum Event: Sendable, Equatable {
    /// There is no whole packet.
    case needsMore
    /// A frame, header and all; or, of one that is longer than `maxPacket`, the next `maxPacket` bytes or the rest.
    ///
    /// `beginning` is the opcode of the frame that begins with this packet, nil where a long one goes on.
    case packet([UInt8], beginning: WebSocketOpcode?)
    /// The stream cannot be cut any further. Every later event is the same.
    case failed(MessageFault)
  }

  private enum Phase {
    case frame
    /// Inside a frame that takes several packets.
    case rest(UInt64)
    case failed(MessageFault)
  }

  /// Bytes of the longest packet: the library sets aside as much for each connection.
  package static let maxPacket = 4096

  private var phase = Phase.frame
  private var input = ByteQueue()

  package init() {}

  /// Stores bytes to be cut. After a failure they are dropped.
  package mutating func append(_ bytes: Span<UInt8>) {
    if !hasFailed { input.append(bytes) }
  }

  package mutating func append(_ bytes: [UInt8]) {
    if !hasFailed { input.append(bytes) }
  }

  /// How many bytes wait to be taken.
  package var bufferedCount: Int { input.count }

  /// Gives the next packet.
  package mutating func next() -> Event {
    switch phase {
    case .rest(let length):
      return take(of: length, beginning: nil)
    case .frame:
      do throws(MessageFault) {
        guard let length = try WebSocketFrameLength.ofFrame(atFrontOf: input) else { return .needsMore }
        return take(of: length, beginning: WebSocketOpcode(rawValue: input[0]))
      } catch {
        phase = .failed(error)
        input.removeAll()
        return .failed(error)
      }
    case .failed(let fault):
      return .failed(fault)
    }
  }

  private var hasFailed: Bool {
    if case .failed = phase { true } else { false }
  }

  /// A packet of the `length` bytes that are left of a frame.
  private mutating func take(of length: UInt64, beginning opcode: WebSocketOpcode?) -> Event {
    let size = Int(min(length, UInt64(Self.maxPacket)))
    guard input.count >= size else { return .needsMore }
    phase = length == UInt64(size) ? .frame : .rest(length - UInt64(size))
    return .packet(input.take(size), beginning: opcode)
  }
}
