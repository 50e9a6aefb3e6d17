import HTTP
import Telemetry

// An answer that is a stream of events.
extension Connection {
  func streamEvents(
    _ response: Response, for id: Exchange.ID, _ options: EventStreamOptions,
    _ produce: @Sendable (EventStream) async throws -> Void
  ) async {
    guard let exchange = current(id), exchange.answer == .pending else { return }
    let isChunked = exchange.head.version == .http11
    sendHead(of: response, framing: isChunked ? .chunked : .untilClose, for: exchange)
    guard exchange.head.method != .head else { return complete(exchange) }
    exchange.answer = .streaming(chunked: isChunked, lacking: nil)
    let pulse = LoopTimer(on: loop) { [unowned self] in assumeIsolated { $0.beat(id) } }
    let events = EventStreamState(options, isChunked: isChunked, pulse: pulse, now: .now)
    exchange.events = events
    pulse.set(after: options.heartbeat)
    flush()
    // The stop that has passed by here while the answer was made would not come again.
    if let leaving { return endEvents(of: exchange, because: leaving.end) }
    do {
      try await produce(EventStream(connection: self, exchange: id))
      endEvents(id, because: .ended(reason: nil))
    } catch {
      // An end that came from elsewhere is what made it throw.
      guard current(id) != nil else { return }
      logFailure(of: exchange, error)
      endEvents(id, because: .failed)
    }
  }

  /// Queues an event and waits for room.
  func send(_ event: EncodedEvent, for id: Exchange.ID) async throws {
    guard let exchange = current(id), let events = exchange.events else {
      throw WireError(.closed, "The event stream is over.")
    }
    queue(event, events, for: exchange)
    try await waitForRoom(after: event.chunk.count)
    guard current(id) != nil else { throw WireError(.closed, "The event stream is over.") }
  }

  /// Queues an event whatever waits already.
  func announce(_ event: EncodedEvent, for id: Exchange.ID) throws {
    guard let exchange = current(id), let events = exchange.events else {
      throw WireError(.closed, "The event stream is over.")
    }
    queue(event, events, for: exchange)
    flushSoon()
  }

  /// Queues an event if there is room, or nothing else waits; ends the stream otherwise.
  func offer(_ event: EncodedEvent, for id: Exchange.ID) -> Bool {
    guard let exchange = current(id), let events = exchange.events else { return false }
    // Who has taken all there was is not slow, however large the next event is.
    let limit = events.options.backlog ?? context.outputLimit
    guard output.isEmpty || output.count + event.chunk.count <= limit else {
      countEviction()
      endEvents(id, because: .slow)
      return false
    }
    queue(event, events, for: exchange)
    flush()
    return true
  }

  private func queue(_ event: EncodedEvent, _ events: EventStreamState, for exchange: Exchange) {
    events.lastWrite = .now
    send(events.isChunked ? event.chunk : Array(event.chunk[event.content]), for: exchange)
  }

  /// A sign of life, when nothing else was one for a while.
  private func beat(_ id: Exchange.ID) {
    guard let exchange = current(id), let events = exchange.events, events.ended == nil else { return }
    let now = ContinuousClock.now
    if events.lastWrite + events.options.heartbeat <= now {
      // A client with something left to read needs none, and has no room for many.
      if output.isEmpty { queue(.heartbeat, events, for: exchange) }
      events.lastWrite = now
      flush()
    }
    // After the write, so that the look at the next pulse has something to go by.
    if events.looksDead(socket?.unheard, now: now) { return loseLine(exchange) }
    events.pulse.set(after: max(.zero, events.nextPulse - now))
  }

  /// The peer is not there any more, and has not said so.
  private func loseLine(_ exchange: Exchange) {
    context.telemetry.log.info(
      "line went silent", ["peer": .string(address.host), "listener": .string(context.name)])
    record(exchange, outcome: "client-gone")
    socket?.reset()
  }

  func untilEventsEnded(_ id: Exchange.ID) async -> EventStreamEnd {
    guard let events = current(id)?.events else {
      // Over before somebody asked.
      return lastEvents?.exchange == id ? lastEvents?.end ?? .peerGone : .peerGone
    }
    return await withCheckedContinuation { events.wait($0) }
  }

  func endEvents(_ id: Exchange.ID, because end: EventStreamEnd) {
    if let exchange = current(id) { endEvents(of: exchange, because: end) }
  }

  func cutEvents(_ id: Exchange.ID) {
    guard let exchange = current(id), exchange.events?.ended == nil else { return }
    flush()
    record(exchange, outcome: "broken-off")
    socket?.reset()
  }

  /// The last event, and the body's end. Nothing happens to an answer of another kind.
  func endEvents(of exchange: Exchange, because end: EventStreamEnd) {
    guard let events = exchange.events, events.ended == nil else { return }
    events.end(end)
    lastEvents = (exchange.id, end)
    resumeWriters(throwing: WireError(.closed, "The event stream is over."))
    if let reason = end.farewell {
      var line = JSONLine()
      line.add("reason", reason)
      let event = ServerSentEvent(event: "bye", data: line.finish())
      queue(EncodedEvent(event), events, for: exchange)
    }
    if events.isChunked {
      var last: [UInt8] = []
      ChunkEncoder.lastChunk(into: &last)
      send(last, for: exchange)
    }
    // The handler may still be waiting for something; its stream is over.
    exchange.task?.cancel()
    if end == .slow { exchange.keepsConnection = false }
    complete(exchange, outcome: end == .slow ? "slow-reader" : nil)
  }
}
