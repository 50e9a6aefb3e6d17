package import HTTP

/// How one event stream differs from the defaults.
package struct EventStreamOptions: Sendable {
  /// Silence after which a comment is sent, so that nobody between takes the stream for dead. Default 15 s.
  package var heartbeat: Duration = .seconds(15) {
    didSet { precondition(heartbeat > .zero, "Comments without a pause would be all that the loop does.") }
  }
  /// How long the peer may leave all that it is sent unacknowledged before its line is taken for dead, and cut. It is looked at with each
  /// heartbeat. Default 7.5 s.
  package var silence: Duration = .milliseconds(7500)
  /// Bytes that `offer` lets wait for a slow reader. Nil: as many as the listener lets wait for any answer.
  package var backlog: Int?

  package init() {}
}

/// Why an event stream is over. The client is told in a last event: `event: bye`, `data: {"reason":"…"}`.
package enum EventStreamEnd: Sendable, Equatable {
  /// The client has gone; there is nobody to tell.
  case peerGone
  /// It has more waiting for it than may wait.
  case slow
  /// The server is going away.
  case draining
  /// The certificate by which the client came in is no longer good.
  case certificate(CertificateFault)
  /// The handler failed. Why is in the log.
  case failed
  /// The handler has ended it, with a word of its own if it gave one.
  case ended(reason: String?)

  var farewell: String? {
    switch self {
    case .peerGone: nil
    case .slow: "slow"
    case .draining: "draining"
    case .certificate(let fault): fault.rawValue
    case .failed: "failed"
    case .ended(let reason): reason
    }
  }
}

/// An event in the form in which it is sent, made once for all that receive it.
package struct EncodedEvent: Sendable {
  /// As one chunk of a chunked body.
  let chunk: [UInt8]
  /// Where in it the event is, for clients that know no chunks.
  let content: Range<Int>

  package init(_ event: ServerSentEvent) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(event.data.count + 64)
    EventStreamEncoder.event(event, into: &bytes)
    self.init(bytes)
  }

  /// Events that leave together; `write` appends them as `EventStreamEncoder` has them.
  /// - Parameter capacity: about how many bytes that will be.
  package init(reserving capacity: Int, _ write: (inout [UInt8]) -> Void) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(capacity)
    write(&bytes)
    self.init(bytes)
  }

  /// What it puts on its way to one reader.
  package var byteCount: Int { chunk.count }

  /// Several events that leave together.
  package init(joining events: [EncodedEvent]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(events.reduce(0) { $0 + $1.content.count })
    for event in events { bytes += event.chunk[event.content] }
    self.init(bytes)
  }

  static let heartbeat: EncodedEvent = {
    var bytes: [UInt8] = []
    EventStreamEncoder.comment(into: &bytes)
    return EncodedEvent(bytes)
  }()

  private init(_ bytes: [UInt8]) {
    var chunk: [UInt8] = []
    chunk.reserveCapacity(bytes.count + 12)
    ChunkEncoder.chunk(bytes, into: &chunk)
    let start = chunk.count - bytes.count - 2
    self.chunk = chunk
    content = max(0, start)..<max(0, start) + bytes.count
  }
}

/// The sending end of an event stream.
package struct EventStream: Sendable {
  let connection: Connection
  let exchange: Exchange.ID

  /// The loop on which this stream lives, and where `offer` may be called.
  package var loop: Loop { connection.loop }

  /// Sends an event; returns when there is room for more. Throws `WireError` when the stream is over.
  package func send(_ event: ServerSentEvent) async throws {
    try await connection.send(EncodedEvent(event), for: exchange)
  }

  package func send(_ event: EncodedEvent) async throws {
    try await connection.send(event, for: exchange)
  }

  /// For many streams at once, on their loop: writes the event, or queues it where the socket is full, and never waits. A client for
  /// which more would be waiting than may wait is told so and let go (where nothing waits, an event of any size is taken). False when
  /// the stream is over.
  ///
  /// What is due at the same time is best joined into one `EncodedEvent`: it leaves in one write.
  @discardableResult
  package func offer(_ event: EncodedEvent) -> Bool {
    let exchange = exchange
    return connection.assumeIsolated { $0.offer(event, for: exchange) }
  }

  /// Says something small that must not wait behind a slow reader, nor cost it the stream: about the stream itself, and seldom. Throws
  /// `WireError` when the stream is over.
  package func announce(_ event: ServerSentEvent) async throws {
    try await connection.announce(EncodedEvent(event), for: exchange)
  }

  /// Returns when the stream is over, whoever ended it; at once when it is over already. (Ask before the connection has gone on to
  /// its next stream.)
  package func untilEnded() async -> EventStreamEnd {
    await connection.untilEventsEnded(exchange)
  }

  /// Ends it, with a last event that says why if there is something to say.
  package func end(reason: String? = nil) async {
    await connection.endEvents(exchange, because: .ended(reason: reason))
  }

  /// Breaks the connection off, without an end that could be taken for the whole. What is queued leaves first, as far as the socket
  /// takes it.
  package func cut() async {
    await connection.cutEvents(exchange)
  }
}

extension Response {
  /// Server-sent events, for as long as `produce` runs.
  package static func events(
    _ options: EventStreamOptions = EventStreamOptions(),
    _ produce: @escaping @Sendable (EventStream) async throws -> Void
  ) -> Response {
    Response(
      fields: HTTPFields([
        ("content-type", "text/event-stream"), ("cache-control", "no-store, no-transform"),
        // nginx and its relatives would keep the events until they have a page full.
        ("x-accel-buffering", "no"),
      ]),
      body: .events(options, produce))
  }
}
