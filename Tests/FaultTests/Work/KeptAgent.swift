import A2A
import A2AWire
import AgentKit
import Identity
import Synchronization
import Telemetry
import TestSupport
import Wire

/// An agent that outlives the gateways of a test, and knows how often it was given what.
final class KeptAgent: Agent {
  /// Steps that a task has. It may take the first `allowed` of them.
  static let steps = 6

  let profile = AgentProfile(
    name: "kept", description: "Counts its steps.", version: "1.0.0",
    skills: [AgentSkill(id: "count", name: "Count", description: "Counts.", tags: ["test"])])
  private let state = Mutex(State())

  private struct State {
    /// By the id of the message.
    var begun: [String: Int] = [:]
    var allowed = 0
    /// Messages that have come, whether or not anything of them was answered.
    var received = 0
    var answers = true
  }

  /// How often each message was worked on.
  var begun: [String: Int] { state.withLock { $0.begun } }
  var received: Int { state.withLock { $0.received } }
  /// How far tasks may go.
  var allowed: Int {
    get { state.withLock { $0.allowed } }
    set { state.withLock { $0.allowed = newValue } }
  }
  /// Whether anything that it does is told to whoever has sent the message.
  var answers: Bool {
    get { state.withLock { $0.answers } }
    set { state.withLock { $0.answers = newValue } }
  }

  fileprivate func receive() { state.withLock { $0.received += 1 } }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    state.withLock { $0.begun[context.message.id, default: 0] += 1 }
    for step in 1...Self.steps {
      while allowed < step { try await Task.sleep(for: .milliseconds(20)) }
      try await context.progress("Step \(step).", step: step, total: Self.steps)
    }
    return "Counted to \(Self.steps)."
  }

  /// Serves while `body` does. It says in its card that it is at the port of `line`, which is made when its own is known.
  static func serve<Value>(
    _ station: Station, _ body: (KeptAgent, AgentLine) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let agent = KeptAgent()
    // The line has to be there before the card that names it.
    let port = try Ports.free().agents
    return try await AgentLine.with(to: port) { line in
      var configuration = AgentServerConfiguration(
        address: try SocketAddress(host: "127.0.0.1", port: port),
        security: try AgentServerConfiguration.mutualTLS(
          certificate: station.pki.layout.server.certificate, key: station.pki.layout.server.key,
          clientAuthority: station.pki.layout.clientAuthority.certificate, revocationList: nil, callers: []))
      configuration.origin = "https://127.0.0.1:\(line.port)"
      configuration.grace = .zero
      let server = AgentServer(
        agent, configuration: configuration, log: Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 })
      ) { HeldService(store: $0, agent: agent) }
      _ = try await server.start()
      do {
        let value = try await body(agent, line)
        await server.stop()
        return value
      } catch {
        await server.stop()
        throw error
      }
    }
  }
}

/// The agent's store, from which nothing comes while the agent is not to answer.
private struct HeldService: TaskService {
  let store: TaskStore
  let agent: KeptAgent

  var card: AgentCard { store.card }

  func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? { try await store.extendedCard(call) }
  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    agent.receive()
    return try await store.send(request, call)
  }
  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let feed = try await store.stream(request, call)
    agent.receive()
    while !agent.answers, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
    return feed
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
}
