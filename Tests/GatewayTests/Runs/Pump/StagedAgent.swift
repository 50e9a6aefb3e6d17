import A2A
import A2AWire
import TestSupport

/// An agent that does what a test says, at the moment in which the test says it.
actor StagedAgent: TaskService {
  /// What it was asked, such as `stream m1` and `subscribe a1`.
  private(set) var calls: [String] = []
  /// The messages that have reached it.
  private(set) var messages: [Message] = []
  private(set) var tasks: [String: AgentTask] = [:]
  private var feeds: [String: [StagedFeed]] = [:]
  private var count = 0
  /// Answers to calls that are refused, by the first word of the call.
  private var refusals: [String: A2AError] = [:]
  /// New streams break off before their first event; the task is there.
  private var cutsNewStreams = false
  /// New messages wait here, before they are taken.
  private var gate: (@Sendable () async -> Void)?
  private var streams = true
  /// Cancels wait here, before they are answered.
  private var cancelGate: (@Sendable () async -> Void)?
  /// It says yes to a cancel, and goes on.
  private var isDeaf = false
  private var pauses = false
  /// All that it has to say, without a task.
  private var reply: Message?

  // MARK: What the test says

  func refuse(_ call: String, with error: A2AError?) { refusals[call] = error }
  func cutNewStreams(_ cuts: Bool) { cutsNewStreams = cuts }
  func doNotStream() { streams = false }
  func reply(_ text: String) { reply = Message(id: "r1", role: .agent, text: text, contextID: "inner") }
  func hold(at gate: (@Sendable () async -> Void)?) { self.gate = gate }
  func holdCancels(at gate: (@Sendable () async -> Void)?) { cancelGate = gate }
  func heedNoCancel() { isDeaf = true }
  func canPause() { pauses = true }

  /// - Parameter unheard: nobody is told.
  func say(_ event: TaskEvent, unheard: Bool = false) {
    guard let id = event.id else { return }
    tasks[id]?.take(event)
    guard !unheard else { return }
    for feed in feeds[id] ?? [] { feed.push(event) }
  }

  func status(_ state: TaskState, _ text: String = "", of id: String = "a1", unheard: Bool = false) {
    count += 1
    var status = TaskStatus(state, timestamp: Timestamp(millisecondsSince1970: 1_772_357_400_000 + Int64(count)))
    let context = tasks[id]?.contextID ?? ""
    if !text.isEmpty {
      status.message = Message(id: "said-\(count)", role: .agent, text: text, contextID: context, taskID: id)
    }
    say(.status(.init(taskID: id, contextID: context, status: status)), unheard: unheard)
  }

  func piece(_ text: String, append: Bool, of id: String = "a1", unheard: Bool = false) {
    say(
      .artifact(
        .init(
          taskID: id, contextID: tasks[id]?.contextID ?? "", artifact: Artifact(id: "report", parts: [.text(text)]),
          append: append)), unheard: unheard)
  }

  func cut() {
    for feed in feeds.values.joined() { feed.cut() }
    feeds = [:]
  }

  func closeStreams() {
    for feed in feeds.values.joined() { feed.close() }
    feeds = [:]
  }

  func forgetTasks() {
    tasks = [:]
    cut()
  }

  // MARK: TaskService

  var card: AgentCard {
    var card = AgentCard(name: "staged", description: "Does what it is told.", version: "1", interfaces: [], skills: [])
    card.capabilities.streaming = streams
    if pauses { card.capabilities.extensions = [AgentExtension(uri: PauseRequest.extensionURI)] }
    return card
  }

  func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? { nil }

  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    try note("send", request.message.id)
    let task = try await take(request.message)
    guard !request.configuration.returnImmediately else { return .task(task) }
    _ = await eventually {
      tasks[task.id]?.status.state.isTerminal ?? true || tasks[task.id]?.status.state.isInterrupted ?? true
    }
    return .task(tasks[task.id] ?? task)
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try note("stream", request.message.id)
    if let reply {
      let feed = StagedFeed()
      feed.push(.message(reply))
      feed.close()
      return feed.feed
    }
    let task = try await take(request.message)
    return feed(of: task).feed(endsWhenInterrupted: true)
  }

  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try note("subscribe", request.id)
    let task = try find(request.id)
    if task.status.state.isTerminal { throw A2AError(.unsupportedOperation, "The task has ended.") }
    return feed(of: task).feed
  }

  func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try note("get", request.id)
    return try find(request.id)
  }

  func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage {
    try note("list", "")
    let found = tasks.values.filter { request.contextID == nil || $0.contextID == request.contextID }
    return TaskPage(tasks: found, nextPageToken: nil, pageSize: 100, totalSize: found.count)
  }

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try note("cancel", request.id)
    await cancelGate?()
    if !isDeaf, !(try find(request.id)).status.state.isTerminal { status(.canceled, of: request.id) }
    return try find(request.id)
  }

  func createPushConfig(_ request: CreatePushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    throw A2AError(.pushNotificationNotSupported, "There are none.")
  }
  func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    throw A2AError(.pushNotificationNotSupported, "There are none.")
  }
  func pushConfigs(_ request: ListPushConfigsRequest, _ call: CallContext) async throws(A2AError) -> PushConfigPage {
    throw A2AError(.pushNotificationNotSupported, "There are none.")
  }
  func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) {
    throw A2AError(.pushNotificationNotSupported, "There are none.")
  }

  // MARK: Inside

  private func note(_ call: String, _ what: String) throws(A2AError) {
    calls.append(what.isEmpty ? call : "\(call) \(what)")
    if let error = refusals[call] { throw error }
  }

  private func find(_ id: String) throws(A2AError) -> AgentTask {
    guard let task = tasks[id] else { throw A2AError(.taskNotFound, "There is no task \(id).") }
    return task
  }

  private func take(_ message: Message) async throws(A2AError) -> AgentTask {
    await gate?()
    messages.append(message)
    if let id = message.taskID {
      let task = try find(id)
      if task.status.state.isInterrupted { status(.working, of: id) }
      return try find(id)
    }
    let id = "a\(tasks.count + 1)"
    var task = AgentTask(id: id, contextID: message.contextID, status: TaskStatus(.submitted))
    task.history = [message]
    tasks[id] = task
    return task
  }

  private func feed(of task: AgentTask) -> StagedFeed {
    let feed = StagedFeed()
    if cutsNewStreams {
      feed.cut()
    } else {
      feed.push(.task(task))
      feeds[task.id, default: []].append(feed)
    }
    return feed
  }
}

extension TaskEvent {
  fileprivate var id: String? {
    switch self {
    case .task(let task): task.id
    case .message: nil
    case .status(let update): update.taskID
    case .artifact(let update): update.taskID
    }
  }
}
