import A2A
import A2AWire
import AgentKit
import Synchronization
import Telemetry

/// An agent whose work is a closure.
struct ScriptedAgent: Agent {
  var profile: AgentProfile
  let work: @Sendable (TaskContext) async throws -> AgentMessage?

  init(
    _ configure: (inout AgentProfile) -> Void = { _ in },
    work: @escaping @Sendable (TaskContext) async throws -> AgentMessage?
  ) {
    var profile = AgentProfile(
      name: "scripted", description: "Does what a test says.", version: "1",
      skills: [AgentSkill(id: "test", name: "Test", description: "Tests.", tags: ["test"])])
    configure(&profile)
    self.profile = profile
    self.work = work
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? { try await work(context) }
}

/// A store of such an agent, with a clock of its own and what it logs kept.
struct TestStore {
  let store: TaskStore
  let time = ManualTime()
  let log = KeptLog()

  init(
    limits: (inout TaskLimits) -> Void = { _ in }, push: (any PushDelivery)? = nil,
    profile: (inout AgentProfile) -> Void = { _ in },
    work: @escaping @Sendable (TaskContext) async throws -> AgentMessage?
  ) {
    var chosen = TaskLimits()
    limits(&chosen)
    store = TaskStore(
      agent: ScriptedAgent(profile, work: work), limits: chosen, world: time.world,
      log: Log(sink: log, minimumLevel: .debug, clock: { 0 }), push: push)
  }

  /// Sends a text; the answer is there when the task has ended or needs somebody.
  @discardableResult
  func send(
    _ text: String = "do it", to task: AgentTask? = nil, as caller: Caller = .named("a"),
    _ change: (inout SendMessageRequest) -> Void = { _ in }
  ) async throws -> AgentTask {
    guard case .task(let task) = try await sendForResult(text, to: task, as: caller, change) else {
      throw Unexpected(what: "a message instead of a task")
    }
    return task
  }

  func sendForResult(
    _ text: String = "do it", to task: AgentTask? = nil, as caller: Caller = .named("a"),
    _ change: (inout SendMessageRequest) -> Void = { _ in }
  ) async throws -> SendResult {
    try await store.send(request(text, to: task, change), .by(caller))
  }

  /// The same, without waiting for the end.
  @discardableResult
  func begin(_ text: String = "do it", as caller: Caller = .named("a")) async throws -> AgentTask {
    try await send(text, as: caller) { $0.configuration.returnImmediately = true }
  }

  func stream(_ text: String = "do it", to task: AgentTask? = nil, as caller: Caller = .named("a")) async throws
    -> TaskFeed
  {
    try await store.stream(request(text, to: task), .by(caller))
  }

  func subscribe(_ task: AgentTask, as caller: Caller = .named("a")) async throws -> TaskFeed {
    try await store.subscribe(SubscribeToTaskRequest(id: task.id), .by(caller))
  }

  func get(_ task: AgentTask, as caller: Caller = .named("a")) async throws -> AgentTask {
    try await store.task(GetTaskRequest(id: task.id), .by(caller))
  }

  @discardableResult
  func cancel(_ task: AgentTask, as caller: Caller = .named("a")) async throws -> AgentTask {
    try await store.cancel(CancelTaskRequest(id: task.id), .by(caller))
  }

  func list(as caller: Caller = .named("a"), _ change: (inout ListTasksRequest) -> Void = { _ in }) async throws
    -> TaskPage
  {
    var request = ListTasksRequest()
    change(&request)
    return try await store.tasks(request, .by(caller))
  }

  private func request(
    _ text: String, to task: AgentTask?, _ change: (inout SendMessageRequest) -> Void = { _ in }
  ) -> SendMessageRequest {
    var request = SendMessageRequest(message: Message(id: "m-\(text)", role: .user, text: text, taskID: task?.id))
    change(&request)
    return request
  }
}

struct Unexpected: Error {
  let what: String
}

extension CallContext {
  static func by(_ caller: Caller) -> CallContext {
    CallContext(caller: caller, dialect: Dialect(.jsonRPC, .v1), extensions: [], requestID: "test")
  }
}

/// Log lines, kept.
final class KeptLog: LogSink {
  private let kept = Mutex<[String]>([])

  func write(_ line: [UInt8]) {
    kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }

  var lines: [String] { kept.withLock { $0 } }
}

extension Log {
  static var nowhere: Log { Log(sink: KeptLog(), clock: { 0 }) }
}
