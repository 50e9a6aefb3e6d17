/// A whole message of a WebSocket (RFC 6455 section 5.6), however many frames it came in.
package enum WebSocketMessage: Sendable, Equatable {
  case text(String)
  case binary([UInt8])
}
