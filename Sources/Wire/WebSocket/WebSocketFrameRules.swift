import HTTP

/// What RFC 6455 asks of the first two bytes of a peer's frames (section 5), and of their order: a value that is shown the
/// beginning of each.
///
/// libwebsockets checks most of this as well. But a bad control frame it leaves without a word, and the close frame for others it
/// forgets when anything comes behind them before that is sent.
struct WebSocketFrameRules {
  /// A client's frames have masks, a server's have none.
  private let areMasked: Bool
  private var isInsideMessage = false

  init(for sender: WebSocketSession.Role) {
    areMasked = sender == .client
  }

  /// What is wrong with the next frame, nil if nothing is. After a fault nothing can be said of further ones.
  mutating func fault(in frame: [UInt8]) -> String? {
    let isFinal = frame[0] & 0x80 != 0
    let length = frame[1] & 0x7f
    guard (frame[1] & 0x80 != 0) == areMasked else {
      return areMasked ? "A frame is not masked." : "A frame of the server is masked."
    }
    guard frame[0] & 0x70 == 0 else { return "A frame has reserved bits set." }
    switch WebSocketOpcode(rawValue: frame[0]) {
    case .continuation:
      guard isInsideMessage else { return "A frame continues a message that has not begun." }
      isInsideMessage = !isFinal
    case .text, .binary:
      guard !isInsideMessage else { return "A message begins inside another." }
      isInsideMessage = !isFinal
    case .close where length == 1:
      return "A close frame has half a code."
    case .close, .ping, .pong:
      guard isFinal, length <= WebSocketFrameEncoder.maxControlPayload else {
        return "A control frame is in parts, or longer than 125 bytes."
      }
    case let opcode:
      return "A frame has the unknown opcode \(opcode.rawValue)."
    }
    return nil
  }
}
