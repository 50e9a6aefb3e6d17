import HTTP
import Identity
import Synchronization
import Wire

extension StreamGrants {
  /// Answers with events for as long as the right to them lasts. Before the first of them the client is told by what right it listens
  /// (`grant`), between them what happens to it (`expiring`, `refreshed`, `crowded`, another `grant`), and at the end why (`bye`).
  /// `produce` needs to know nothing of that: its stream ends like any other.
  ///
  /// Throws 429 when the principal or the address has too many streams.
  /// - Parameters:
  ///   - retry: milliseconds that the client is to wait before it comes back; said before everything else.
  ///   - isQuiet: for clients that would take what is said of the right for an event of theirs: nothing is said but the end.
  ///   - mayGoOn: whether this principal may still see what the stream shows; asked anew at each change, on any thread,
  ///     and must not block it.
  func events(
    for asker: Asker, _ request: Request, _ options: EventStreamOptions = EventStreamOptions(), retry: Int? = nil,
    isQuiet: Bool = false, mayGoOn: @escaping @Sendable (Principal) -> Bool,
    _ produce: @escaping @Sendable (EventStream, StreamGrant) async throws -> Void
  ) throws(Refusal) -> Response {
    // Before the answer begins, because a refusal cannot come later. If the answer never does, the grant goes with it.
    let grant = try open(
      asker, address: request.peer.address.neighbourhood, leavesWhenSent: true, mayGoOn: mayGoOn)
    let clock = identities.clock
    return .events(options) { [self] stream in
      eventStreams.add(1, ordering: .relaxed)
      defer {
        eventStreams.subtract(1, ordering: .relaxed)
        grant.close()
      }
      if !isQuiet {
        try await stream.announce(GrantEvents.grant(grant.id, asker, retry: retry))
      } else if let retry {
        try await stream.send(EncodedEvent(retryMilliseconds: retry))
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          for await notice in grant.notices {
            let event: ServerSentEvent?
            switch notice {
            case .ended(let reason): return await stream.end(reason: reason.rawValue)
            case .sentAway(let retry):
              if let retry { try? await stream.send(EncodedEvent(retryMilliseconds: retry)) }
              return await stream.end(reason: GrantEvents.goingAway)
            case .changed: event = grant.asker.map { GrantEvents.grant(grant.id, $0) }
            default: event = GrantEvents.event(for: notice, now: clock.now())
            }
            // A client that has gone is noticed by whoever produces the events.
            if !isQuiet, let event { try? await stream.announce(event) }
          }
        }
        try await produce(stream, grant)
        group.cancelAll()
      }
    }
  }
}

extension EncodedEvent {
  /// Tells the client how long to wait before it comes back, and nothing else.
  init(retryMilliseconds: Int) {
    self.init(reserving: 24) { EventStreamEncoder.retry(milliseconds: retryMilliseconds, into: &$0) }
  }
}
