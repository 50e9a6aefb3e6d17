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
  /// Steps that a task has. It takes the first `allowed` of them, and waits.
  static let steps = 6

  let profile = AgentProfile(
    name: "kept", description: "Counts its steps.", version: "1.0.0",
    skills: [AgentSkill(id: "count", name: "Count", description: "Counts.", tags: ["test"])])
  private let state = Mutex(State())
  /// One for each step; the first `allowed` are open.
  private let gates = (1...steps).map { _ in Gate() }

  private struct State {
    /// By the id of the message.
    var begun: [String: Int] = [:]
    var allowed = 0
    /// Messages that have come, whether or not anything of them was answered.
    var received = 0
    /// How often it was asked to stop which of its tasks.
    var cancels: [String: Int] = [:]
    /// Closed while the agent is not to answer.
    var answers: Gate?
  }

  /// How often each message was worked on.
  var begun: [String: Int] { state.withLock { $0.begun } }
  var received: Int { state.withLock { $0.received } }
  /// By its own name for the task.
  var cancels: [String: Int] { state.withLock { $0.cancels } }
  /// How far tasks may go. It is never taken back.
  var allowed: Int {
    get { state.withLock { $0.allowed } }
    set {
      state.withLock { $0.allowed = newValue }
      for gate in gates.prefix(newValue) { gate.open() }
    }
  }
  /// Whether anything that it does is told to whoever has sent the message.
  var answers: Bool {
    get { state.withLock { $0.answers == nil } }
    set {
      let gate = state.withLock { state in
        defer { state.answers = newValue ? nil : Gate() }
        return state.answers
      }
      gate?.open()
    }
  }

  fileprivate func receive() { state.withLock { $0.received += 1 } }

  fileprivate func receiveCancel(of task: String) { state.withLock { $0.cancels[task, default: 0] += 1 } }

  fileprivate func untilAnswering() async {
    while let gate = state.withLock({ $0.answers }) { await gate.pass() }
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    state.withLock { $0.begun[context.message.id, default: 0] += 1 }
    for (step, gate) in zip(1..., gates) {
      await gate.pass()
      try await context.progress("Step \(step).", step: step, total: Self.steps)
    }
    return "Counted to \(Self.steps)."
  }

  /// Serves while `body` does. It says in its card that it is at the port of `line`, which is made when its own is known.
  /// - Parameter shown: its certificate; nil: the station's.
  static func serve<Value>(
    _ station: Station, showing shown: IssuedFiles? = nil, _ body: (KeptAgent, AgentLine) async throws -> Value
  ) async throws -> Value {
    ProcessSetup.prepare()
    let agent = KeptAgent()
    // The line has to be there before the card that names it.
    let port = try Ports.free().agents
    return try await AgentLine.with(to: port) { line in
      var configuration = AgentServerConfiguration(
        address: try SocketAddress(host: "127.0.0.1", port: port),
        security: try AgentServerConfiguration.mutualTLS(
          certificate: shown?.certificate ?? station.pki.layout.server.certificate,
          key: shown?.key ?? station.pki.layout.server.key,
          clientAuthority: station.pki.layout.clientAuthority.certificate, revocationList: nil, callers: []))
      configuration.origin = "https://127.0.0.1:\(line.port)"
      configuration.grace = .zero
      let server = AgentServer(
        agent, configuration: configuration, log: Log(sink: DiscardSink(), minimumLevel: .error, clock: { 0 })
      ) { HeldService(store: $0, agent: agent) }
      _ = try await server.start()
      let outcome: Result<Value, any Error>
      do {
        outcome = .success(try await body(agent, line))
      } catch {
        outcome = .failure(error)
      }
      // What is still held up would keep it from stopping.
      (agent.answers, agent.allowed) = (true, steps)
      await server.stop()
      return try outcome.get()
    }
  }
}

/// The agent's store, from which nothing comes while the agent is not to answer.
private struct HeldService: StoreFront {
  let store: TaskStore
  let agent: KeptAgent

  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    agent.receive()
    return try await store.send(request, call)
  }

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    agent.receiveCancel(of: request.id)
    return try await store.cancel(request, call)
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    let feed = try await store.stream(request, call)
    agent.receive()
    await agent.untilAnswering()
    return feed
  }
}
