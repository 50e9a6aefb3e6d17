import A2A
import A2AWire
import AgentKit
import Synchronization

/// The agent's store, but for streams that are to break off, and for cancels that are not to be heeded.
struct ConformanceService: StoreFront {
  /// What the ids of messages begin with whose streams break off.
  static let cut = "test-cut"
  /// Whose tasks are not cancelled, and whose are not heard of any more when they are.
  static let ignore = "test-ignore-cancel"
  static let die = "test-die-cancel"
  private static let eventsBeforeCut = 3

  let store: TaskStore
  private let lines = CutLines()

  init(store: TaskStore) {
    self.store = store
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let feed = try await store.stream(request, call)
    if request.message.id.hasPrefix(Self.cut) { return Self.cutting(feed) }
    return request.message.id.hasPrefix(Self.die) ? lines.following(feed) : feed
  }

  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let feed = try await store.subscribe(request, call)
    return try await firstID(of: request.id, call).hasPrefix(Self.die) ? lines.following(feed) : feed
  }

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    let id = try await firstID(of: request.id, call)
    if id.hasPrefix(Self.ignore) { return try await store.task(GetTaskRequest(id: request.id), call) }
    guard id.hasPrefix(Self.die) else { return try await store.cancel(request, call) }
    lines.cut(request.id)
    // Until the caller has given up.
    try? await Task.sleep(for: .seconds(86_400))
    throw A2AError(.internalError, "Nobody has waited for this.")
  }

  /// That of the message that the task began with, which says how it behaves.
  private func firstID(of task: String, _ call: CallContext) async throws(A2AError) -> String {
    try await store.task(GetTaskRequest(id: task), call).history?.first { $0.role == .user }?.id ?? ""
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
