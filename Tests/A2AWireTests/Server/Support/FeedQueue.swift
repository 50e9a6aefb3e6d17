import A2A
import A2AWire
import Synchronization

/// The events of one feed, for as long as somebody reads.
final class FeedQueue: Sendable {
  private struct State {
    var events: [TaskEvent] = []
    var end: Result<Void, TaskFeedEnd>?
    var isClosed = false
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  var isClosed: Bool { state.withLock { $0.isClosed } }

  func push(_ event: TaskEvent) { change { $0.events.append(event) } }

  func finish(_ end: Result<Void, TaskFeedEnd> = .success(())) { change { $0.end = end } }

  func feed(endsWhenInterrupted: Bool = false) -> TaskFeed {
    TaskFeed(
      endsWhenInterrupted: endsWhenInterrupted,
      next: { () async throws(TaskFeedEnd) -> TaskEvent? in try await self.next() },
      close: { self.change { $0.isClosed = true } })
  }

  private func change(_ change: (inout State) -> Void) {
    let reader = state.withLock { state in
      change(&state)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  private func next() async throws(TaskFeedEnd) -> TaskEvent? {
    while true {
      let found: Result<TaskEvent?, TaskFeedEnd>? = state.withLock { state in
        if state.isClosed { return .success(nil) }
        if !state.events.isEmpty { return .success(state.events.removeFirst()) }
        return state.end.map { $0.map { nil } }
      }
      if let found { return try found.get() }
      await withCheckedContinuation { continuation in
        let isNews = state.withLock { state in
          if !state.events.isEmpty || state.end != nil || state.isClosed { return true }
          state.reader = continuation
          return false
        }
        if isNews { continuation.resume() }
      }
    }
  }
}
