package import HTTP

/// A WebSocket as a handler sees it, on either side: messages in, messages out, an end with a reason.
package struct WebSocket: Sendable {
  /// What was agreed on, if anything.
  package let subprotocol: String?
  let carrier: any WebSocketCarrier

  /// The next message; nil when the closing handshake has begun and all messages are read. Throws `WireError` when the connection
  /// broke off. While nobody receives, the peer is slowed down.
  package func receive() async throws -> WebSocketMessage? {
    try await carrier.receiveMessage()
  }

  /// Sends a message; returns when there is room for more. Throws `WireError` once the WebSocket is closing.
  package func send(_ message: WebSocketMessage) async throws {
    try await carrier.sendMessage(message)
  }

  /// The loop on which this WebSocket lives, and where `offer` may be called.
  package var loop: Loop { carrier.loop }

  /// For a server with many WebSockets, on their loop: writes the message, or queues it where the socket is full, and never waits. A peer
  /// for which more would be waiting than may wait is closed with 4008 (where nothing waits, a message of any size is taken). Behind
  /// the fragments of a message it waits for the last one. False when the WebSocket is closing.
  @discardableResult
  package func offer(_ message: EncodedMessage) -> Bool {
    Self.offer(message, to: carrier)
  }

  private static func offer<Carrier: WebSocketCarrier>(_ message: EncodedMessage, to carrier: Carrier) -> Bool {
    carrier.assumeIsolated { $0.offerMessage(message) }
  }

  /// For a server, beside `offer`: sends what is long and not urgent, and returns when less than `mark` bytes wait. Meanwhile it does not
  /// count as something that the peer has left waiting. Throws `WireError` once the WebSocket is closing.
  package func send(_ message: EncodedMessage, settlingBelow mark: Int) async throws {
    try await carrier.sendMessage(message, settlingBelow: mark)
  }

  /// Sends one message as it is made, in fragments.
  package func sendFragments(
    of kind: WebSocketMessageKind, _ produce: @Sendable (FragmentWriter) async throws -> Void
  ) async throws {
    let turn = try await carrier.beginFragments()
    let writer = FragmentWriter(carrier: carrier, turn: turn, kind: kind)
    do {
      try await produce(writer)
      try await carrier.sendFragment([], of: kind, isLast: true, turn: turn)
    } catch {
      // A message that cannot be finished blocks every later one: the connection is of no further use.
      await carrier.close(.internalError, reason: "A message broke off.")
      throw error
    }
  }

  /// Says goodbye and returns when the peer has, too, or has had its time.
  @discardableResult
  package func close(_ code: WebSocketCloseCode = .normal, reason: String = "") async -> WebSocketEnd {
    await carrier.close(code, reason: reason)
    return await carrier.untilEnded()
  }

  /// Returns when it is over.
  package func untilEnded() async -> WebSocketEnd {
    await carrier.untilEnded()
  }
}

/// Text or binary, before there is a message.
package enum WebSocketMessageKind: Sendable {
  case text
  case binary
}

/// The writing end of a message that is sent in fragments.
package struct FragmentWriter: Sendable {
  let carrier: any WebSocketCarrier
  let turn: Int
  let kind: WebSocketMessageKind

  /// One fragment. Text may be cut inside a character.
  package func write(_ bytes: [UInt8]) async throws {
    try await carrier.sendFragment(bytes, of: kind, isLast: false, turn: turn)
  }
}

/// How a WebSocket ended.
package struct WebSocketEnd: Sendable, Equatable {
  package enum Cause: Sendable, Equatable {
    /// The peer closed it.
    case peer
    /// We did.
    case ourselves
    /// The connection broke off, without a closing handshake.
    case brokenOff
  }

  package let cause: Cause
  /// Nil when the close frame had none, or there was none.
  package let code: WebSocketCloseCode?
  package let reason: String

  package init(cause: Cause, code: WebSocketCloseCode?, reason: String) {
    self.cause = cause
    self.code = code
    self.reason = reason
  }
}

/// A message in the form in which a server sends it, made once for all that receive it.
package struct EncodedMessage: Sendable {
  let frame: [UInt8]

  /// What it puts on its way to one reader.
  package var byteCount: Int { frame.count }

  /// A text, given as UTF-8.
  package init(text: [UInt8]) {
    var frame: [UInt8] = []
    frame.reserveCapacity(text.count + 10)
    WebSocketFrameEncoder.text(text, into: &frame)
    self.frame = frame
  }

  /// Several messages that leave together, and stay several.
  package init(joining messages: [EncodedMessage]) {
    frame = messages.count == 1 ? messages[0].frame : messages.flatMap(\.frame)
  }
}

extension WebSocketCloseCode {
  /// Ours: what the peer came in by is no longer good.
  package static let unauthenticated = WebSocketCloseCode(rawValue: 4001)
  /// Ours: the peer reads too slowly.
  package static let tooSlow = WebSocketCloseCode(rawValue: 4008)
}

/// What carries a WebSocket: the server's connection, or the client's.
protocol WebSocketCarrier: Actor {
  nonisolated var loop: Loop { get }
  func offerMessage(_ message: EncodedMessage) -> Bool
  func receiveMessage() async throws -> WebSocketMessage?
  func sendMessage(_ message: WebSocketMessage) async throws
  /// Returns when less than `mark` bytes wait.
  func sendMessage(_ message: EncodedMessage, settlingBelow mark: Int) async throws
  /// Waits until no other message is under way; the number returned is for `sendFragment`.
  func beginFragments() async throws -> Int
  func sendFragment(_ bytes: [UInt8], of kind: WebSocketMessageKind, isLast: Bool, turn: Int) async throws
  /// Begins the closing handshake, unless it has begun.
  func close(_ code: WebSocketCloseCode, reason: String)
  func untilEnded() async -> WebSocketEnd
}
