import A2A
import A2AWire
import AgentKit
import Synchronization

/// The agent's store, but for streams that are to break off.
struct ConformanceService: StoreFront {
  /// What the ids of messages begin with whose streams break off.
  static let cut = "test-cut"
  private static let eventsBeforeCut = 3

  let store: TaskStore

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let feed = try await store.stream(request, call)
    return request.message.id.hasPrefix(Self.cut) ? Self.cutting(feed) : feed
  }

  private static func cutting(_ feed: TaskFeed) -> TaskFeed {
    let left = Countdown(eventsBeforeCut)
    return TaskFeed(
      endsWhenInterrupted: feed.endsWhenInterrupted,
      next: { () async throws(TaskFeedEnd) -> TaskEvent? in
        guard left.take() else { throw .cut }
        return try await feed.next()
      }, close: { feed.close() })
  }
}

/// Counts down to nothing.
private final class Countdown: Sendable {
  private let left: Mutex<Int>

  init(_ count: Int) {
    left = Mutex(count)
  }

  /// False when there is nothing left.
  func take() -> Bool {
    left.withLock { left in
      left -= 1
      return left >= 0
    }
  }
}
