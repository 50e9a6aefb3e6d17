import A2A
import A2AWire
import AgentKit
import Synchronization

/// The agent's store, but for streams that are to break off.
struct ConformanceService: TaskService {
  /// What the ids of messages begin with whose streams break off.
  static let cut = "test-cut"
  private static let eventsBeforeCut = 3

  let store: TaskStore

  var card: AgentCard { store.card }

  func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? { try await store.extendedCard(call) }

  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    try await store.send(request, call)
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let feed = try await store.stream(request, call)
    return request.message.id.hasPrefix(Self.cut) ? Self.cutting(feed) : feed
  }

  func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await store.task(request, call)
  }

  func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage {
    try await store.tasks(request, call)
  }

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await store.cancel(request, call)
  }

  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try await store.subscribe(request, call)
  }

  func createPushConfig(_ request: CreatePushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    try await store.createPushConfig(request, call)
  }

  func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    try await store.pushConfig(request, call)
  }

  func pushConfigs(_ request: ListPushConfigsRequest, _ call: CallContext) async throws(A2AError) -> PushConfigPage {
    try await store.pushConfigs(request, call)
  }

  func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) {
    try await store.deletePushConfig(request, call)
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
