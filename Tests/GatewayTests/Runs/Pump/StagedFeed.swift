import A2A
import A2AWire
import Synchronization

/// A stream that a test fills.
final class StagedFeed: Sendable {
  private enum End: Sendable {
    case open
    case closed
    case cut
  }

  private struct State {
    var events: [TaskEvent] = []
    var end = End.open
    var waiter: CheckedContinuation<Result<TaskEvent?, TaskFeedEnd>, Never>?
  }

  private struct Ready: Sendable {
    let waiter: CheckedContinuation<Result<TaskEvent?, TaskFeedEnd>, Never>
    let outcome: Result<TaskEvent?, TaskFeedEnd>
  }

  private let state = Mutex(State())

  var feed: TaskFeed { feed(endsWhenInterrupted: false) }

  func feed(endsWhenInterrupted: Bool) -> TaskFeed {
    TaskFeed(
      endsWhenInterrupted: endsWhenInterrupted,
      next: { () async throws(TaskFeedEnd) -> TaskEvent? in try await self.next().get() }, close: { self.close() })
  }

  func push(_ event: TaskEvent) { change { $0.events.append(event) } }
  func close() { change { if case .open = $0.end { $0.end = .closed } } }
  /// The connection breaks off, behind what was pushed.
  func cut() { change { if case .open = $0.end { $0.end = .cut } } }

  private func next() async -> Result<TaskEvent?, TaskFeedEnd> {
    await withCheckedContinuation { continuation in
      let outcome = state.withLock { state in
        let outcome = Self.take(&state)
        if outcome == nil { state.waiter = continuation }
        return outcome
      }
      if let outcome { continuation.resume(returning: outcome) }
    }
  }

  private func change(_ body: (inout State) -> Void) {
    let ready: Ready? = state.withLock { state in
      body(&state)
      guard let waiter = state.waiter, let outcome = Self.take(&state) else { return nil }
      state.waiter = nil
      return Ready(waiter: waiter, outcome: outcome)
    }
    ready?.waiter.resume(returning: ready?.outcome ?? .success(nil))
  }

  /// Nil when there is nothing yet.
  private static func take(_ state: inout State) -> Result<TaskEvent?, TaskFeedEnd>? {
    if !state.events.isEmpty { return .success(state.events.removeFirst()) }
    switch state.end {
    case .open: return nil
    case .closed: return .success(nil)
    case .cut: return .failure(.cut)
    }
  }
}
