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
    case let opcode where [.close, .ping, .pong].contains(opcode):
      guard isFinal, length <= WebSocketFrameEncoder.maxControlPayload else {
        return "A control frame is in parts, or longer than 125 bytes."
      }
      if opcode == .close { return closeFault(payload: payload(ofShort: frame)) }
    case let opcode:
      return "A frame has the unknown opcode \(opcode.rawValue)."
    }
    return nil
  }

  /// A control frame is short enough to be here whole.
  private func payload(ofShort frame: [UInt8]) -> [UInt8] {
    guard areMasked else { return Array(frame[2...]) }
    return frame.indices.dropFirst(6).map { frame[$0] ^ frame[2 + ($0 - 6) % 4] }
  }

  /// libwebsockets would send back half a code, codes from 5000 on, and reasons that are no text.
  private func closeFault(payload: [UInt8]) -> String? {
    guard !payload.isEmpty else { return nil }
    guard payload.count >= 2 else { return "A close frame has half a code." }
    let code = WebSocketCloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1]))
    guard code.isSendable else { return "A close frame has the code \(code.rawValue), which may not be sent." }
    guard String(validating: payload[2...], as: UTF8.self) != nil else { return "A close frame's reason is not UTF-8." }
    return nil
  }
}
