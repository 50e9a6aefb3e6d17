package import HTTP

/// Puts the frames of a server's messages together. After a fault it must not be used again.
package struct WebSocketAssembler {
  package enum Fault: Error, Equatable {
    /// A frame that goes on, and there is nothing to go on with.
    case continuationOfNothing
    /// A new message before the last one was complete.
    case messageInMessage
    case textNotUTF8
  }

  private var opcode: WebSocketOpcode?
  private var payload: [UInt8] = []

  package init() {}

  /// Some frames of a message came, but not all.
  package var isInsideMessage: Bool { opcode != nil }

  /// Takes a frame that is not a control frame; gives the message when that was its last.
  package mutating func accept(_ frame: WebSocketFrame) throws(Fault) -> WebSocketMessage? {
    if frame.opcode == .continuation {
      guard opcode != nil else { throw .continuationOfNothing }
    } else {
      guard opcode == nil else { throw .messageInMessage }
      opcode = frame.opcode
    }
    payload += frame.payload
    guard frame.isFinal else { return nil }
    defer { self = WebSocketAssembler() }
    guard opcode == .text else { return .binary(payload) }
    guard let text = String(validating: payload, as: UTF8.self) else { throw .textNotUTF8 }
    return .text(text)
  }
}
