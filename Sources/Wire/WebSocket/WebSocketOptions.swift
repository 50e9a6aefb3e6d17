package import HTTP

/// How one WebSocket route differs from the defaults.
package struct WebSocketOptions: Sendable {
  /// The subprotocols spoken here, best first. Empty: none, and a client that offers some is served without.
  package var subprotocols: [String] = []
  /// A client that offers none of them is refused; otherwise only one that offers others alone.
  package var requiresSubprotocol = false
  /// Which pages may open it.
  package var origins = OriginPolicy.sameHost
  /// The longest message taken; a longer one is closed with 1009. Default 1 MiB.
  package var messageLimit = 1 << 20
  /// Bytes that `offer` lets wait for a slow reader. Nil: as many as the listener lets wait for any answer.
  package var backlog: Int?
  /// What a server that goes away closes with.
  package var drainingCode = WebSocketCloseCode.goingAway
  /// The last message to a peer that we close, by code and reason; nil where there is nothing to say. Servers only.
  package var farewell: (@Sendable (WebSocketCloseCode, String) -> EncodedMessage?)?
  /// Silence after which the peer is asked for a sign of life. Default 20 s.
  package var pingAfter: Duration = .seconds(20)
  /// How long it may take to give one. Default 10 s.
  package var pongWithin: Duration = .seconds(10)
  /// How long a closing handshake may take. Default 5 s.
  package var closeWithin: Duration = .seconds(5)

  package init() {}
}
