/// What a server's close frame says.
package struct ReceivedClose: Equatable, Sendable {
  /// Nil where the frame is empty.
  package let code: UInt16?
  package let reason: String

  package init(code: UInt16?, reason: String = "") {
    self.code = code
    self.reason = reason
  }

  /// Throws on a payload that no close frame may have.
  package init(_ frame: WebSocketFrame) throws(WebSocketPeer.Problem) {
    let payload = frame.payload
    if payload.isEmpty {
      self.init(code: nil)
    } else {
      guard payload.count >= 2, let reason = String(validating: payload[2...], as: UTF8.self) else {
        throw .badClose(payload)
      }
      self.init(code: UInt16(payload[0]) << 8 | UInt16(payload[1]), reason: reason)
    }
  }
}
