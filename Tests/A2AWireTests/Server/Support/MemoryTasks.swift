import A2A
import A2AWire

/// A small service in memory. What the text of a message says is what happens: `complete`, `ask`, `reply`, `refuse`; for streams also
/// `fail first`, `cut first`, `end first`. Everything else makes a task that works until the test says more.
actor MemoryTasks: TaskService {
  private struct Entry {
    var task: AgentTask
    let owner: A2AWire.Caller
    var feeds: [FeedQueue] = []
    var configs: [PushConfig] = []
  }

  var card: AgentCard
  var extended: AgentCard?
  /// What streams of `send` do at an interruption.
  var endsWhenInterrupted = false
  private(set) var calls: [CallContext] = []
  private(set) var requests: [A2A.Operation] = []
  /// All feeds that were ever given out.
  private(set) var feeds: [FeedQueue] = []
  /// Waits of blocking sends that ended because the caller had gone.
  private(set) var abandonedWaits = 0
  private var entries: [String: Entry] = [:]
  private var order: [String] = []

  init(card: AgentCard) {
    self.card = card
    var extended = card
    extended.description = "What only you see."
    self.extended = extended
  }

  func set(card: AgentCard) { self.card = card }
  func set(extended: AgentCard?) { self.extended = extended }
  func set(endsWhenInterrupted: Bool) { self.endsWhenInterrupted = endsWhenInterrupted }

  // MARK: For the test

  var ids: [String] { order }

  func state(of id: String) -> TaskState? { entries[id]?.task.status.state }

  func move(_ id: String, to state: TaskState) {
    entries[id]?.task.status = TaskStatus(state)
    tell(
      id, .status(TaskEvent.StatusUpdate(taskID: id, contextID: "c", status: TaskStatus(state))),
      isLast: state.isTerminal)
  }

  func add(text: String, to id: String) {
    let artifact = Artifact(id: "a", parts: [.text(text)])
    tell(
      id, .artifact(TaskEvent.ArtifactUpdate(taskID: id, contextID: "c", artifact: artifact, append: true)),
      isLast: false)
  }

  func breakFeeds(of id: String, because end: TaskFeedEnd) {
    for feed in entries[id]?.feeds ?? [] { feed.finish(.failure(end)) }
  }

  func openFeeds(of id: String) -> Int { entries[id]?.feeds.count { !$0.isClosed } ?? 0 }

  private func tell(_ id: String, _ event: TaskEvent, isLast: Bool) {
    for feed in entries[id]?.feeds ?? [] {
      feed.push(event)
      if isLast { feed.finish() }
    }
  }

  // MARK: TaskService

  func extendedCard(_ call: CallContext) -> AgentCard? {
    note(.getExtendedCard(GetExtendedCardRequest()), call)
    return extended
  }

  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    note(.sendMessage(request), call)
    if request.message.text == "reply" {
      return .message(Message(id: "r", role: .agent, text: "replied", contextID: "c"))
    }
    let id = try begin(request, call)
    if request.configuration.returnImmediately { return .task(try found(id, call).task) }
    let queue = join(id)
    while let entry = entries[id], !entry.task.status.state.isTerminal, !entry.task.status.state.isInterrupted {
      let feed = queue.feed()
      let event: TaskEvent? = await withTaskCancellationHandler {
        try? await feed.next()
      } onCancel: {
        feed.close()
      }
      if event == nil, Task.isCancelled {
        abandonedWaits += 1
        throw A2AError(.internalError, "Nobody waits.")
      }
    }
    return .task(try found(id, call).task)
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) throws(A2AError) -> TaskFeed {
    note(.sendStreamingMessage(request), call)
    let queue = FeedQueue()
    switch request.message.text {
    case "fail first": queue.finish(.failure(.failed(A2AError(.contentTypeNotSupported, "Not this text."))))
    case "cut first": queue.finish(.failure(.cut))
    case "end first": queue.finish()
    case "wait first": break
    case "reply":
      queue.push(.message(Message(id: "r", role: .agent, text: "replied", contextID: "c")))
    default:
      let id = try begin(request, call)
      let joined = join(id)
      return joined.feed(endsWhenInterrupted: endsWhenInterrupted)
    }
    feeds.append(queue)
    return queue.feed()
  }

  func task(_ request: GetTaskRequest, _ call: CallContext) throws(A2AError) -> AgentTask {
    note(.getTask(request), call)
    return try found(request.id, call).task
  }

  func tasks(_ request: ListTasksRequest, _ call: CallContext) -> TaskPage {
    note(.listTasks(request), call)
    let own = order.compactMap { entries[$0] }.filter { $0.owner == call.caller }.map(\.task)
    return TaskPage(tasks: own, nextPageToken: nil, pageSize: request.pageSize ?? 50, totalSize: own.count)
  }

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) throws(A2AError) -> AgentTask {
    note(.cancelTask(request), call)
    guard try !found(request.id, call).task.status.state.isTerminal else {
      throw A2AError(.taskNotCancelable, "It is over.")
    }
    move(request.id, to: .canceled)
    return try found(request.id, call).task
  }

  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) throws(A2AError) -> TaskFeed {
    note(.subscribeToTask(request), call)
    guard try !found(request.id, call).task.status.state.isTerminal else {
      throw A2AError(.unsupportedOperation, "It is over.")
    }
    return join(request.id).feed()
  }

  func createPushConfig(_ request: CreatePushConfigRequest, _ call: CallContext) throws(A2AError) -> PushConfig {
    note(.createPushConfig(request), call)
    _ = try found(request.taskID, call)
    var config = request.config
    config.id = config.id ?? "p1"
    config.taskID = request.taskID
    entries[request.taskID]?.configs.append(config)
    return config
  }

  func pushConfig(_ request: PushConfigRequest, _ call: CallContext) throws(A2AError) -> PushConfig {
    note(.getPushConfig(request), call)
    guard let config = try found(request.taskID, call).configs.first(where: { $0.id == request.id }) else {
      throw A2AError(.taskNotFound, "There is no such configuration.")
    }
    return config
  }

  func pushConfigs(_ request: ListPushConfigsRequest, _ call: CallContext) throws(A2AError) -> PushConfigPage {
    note(.listPushConfigs(request), call)
    return PushConfigPage(configs: try found(request.taskID, call).configs)
  }

  func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) throws(A2AError) {
    note(.deletePushConfig(request), call)
    _ = try found(request.taskID, call)
    entries[request.taskID]?.configs.removeAll { $0.id == request.id }
  }

  // MARK: Tasks

  private func note(_ operation: A2A.Operation, _ call: CallContext) {
    requests.append(operation)
    calls.append(call)
  }

  private func found(_ id: String, _ call: CallContext) throws(A2AError) -> Entry {
    guard let entry = entries[id], entry.owner == call.caller else {
      throw A2AError(.taskNotFound, "There is no task \(id).")
    }
    return entry
  }

  private func begin(_ request: SendMessageRequest, _ call: CallContext) throws(A2AError) -> String {
    if request.message.text == "refuse" { throw A2AError(.contentTypeNotSupported, "Not this text.") }
    let state: TaskState =
      switch request.message.text {
      case "complete": .completed
      case "ask": .inputRequired
      default: .working
      }
    if let id = request.message.taskID {
      _ = try found(id, call)
      move(id, to: state)
      return id
    }
    let id = "t\(order.count + 1)"
    entries[id] = Entry(task: AgentTask(id: id, contextID: "c", status: TaskStatus(state)), owner: call.caller)
    order.append(id)
    return id
  }

  /// A snapshot, and from then on everything.
  private func join(_ id: String) -> FeedQueue {
    let queue = FeedQueue()
    if let entry = entries[id] {
      queue.push(.task(entry.task))
      if entry.task.status.state.isTerminal { queue.finish() }
    }
    entries[id]?.feeds.append(queue)
    feeds.append(queue)
    return queue
  }
}
