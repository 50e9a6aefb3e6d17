import A2AWire
import Synchronization
import Telemetry
import Wire

/// The agents that are configured: how to call them, and how they are. One for the gateway; any thread.
final class AgentDirectory: Sendable {
  private struct State {
    var agents: [String: KnownAgent] = [:]
    var defaultName: String?
    var chatName: String?
    /// Those that a reload has replaced or taken out, as long as tasks hold on to them.
    var retired: [Retired] = []
    /// Names that metrics know, once and for all.
    var followed: Set<String> = []
  }

  private struct Retired {
    weak var agent: KnownAgent?
  }

  private let loops: AgentLoops
  private let deadlines: RunDeadlines
  private let pace: AgentPace
  private let clock: GatewayClock
  private let log: Log
  private let figures: AgentMetrics
  private let state = Mutex(State())

  /// Reads the files of all agents. Throws with the one that is wrong; nothing is left open then. No agent is waited for.
  /// - Parameter gatewayLoops: threads that serve listeners.
  static func start(
    _ configuration: WorkConfiguration, gatewayLoops: Int, pace: AgentPace = AgentPace(), clock: GatewayClock,
    log: Log, metrics: MetricsRegistry
  ) async throws -> AgentDirectory {
    let directory = AgentDirectory(
      configuration, gatewayLoops: gatewayLoops, pace: pace, clock: clock, log: log,
      figures: AgentMetrics(metrics: metrics))
    directory.figures.install(directory)
    do {
      try await directory.adopt(try await directory.read(configuration))
    } catch {
      await directory.stop()
      throw error
    }
    return directory
  }

  private init(
    _ configuration: WorkConfiguration, gatewayLoops: Int, pace: AgentPace, clock: GatewayClock, log: Log,
    figures: AgentMetrics
  ) {
    loops = AgentLoops(limit: configuration.loops > 0 ? configuration.loops : gatewayLoops / 2)
    deadlines = configuration.deadlines
    self.pace = pace
    self.clock = clock
    self.log = log
    self.figures = figures
  }

  subscript(name: String) -> KnownAgent? { state.withLock { $0.agents[name] } }

  /// In alphabetical order.
  var all: [KnownAgent] { state.withLock { $0.agents.values.sorted { $0.name < $1.name } } }
  var names: [String] { all.map(\.name) }

  /// Who gets tasks that name nobody: the one that is configured so, or the only one.
  var defaultName: String? {
    state.withLock { state in
      state.defaultName ?? (state.agents.count == 1 ? state.agents.keys.first : nil)
    }
  }

  /// Who is talked to at `/chat`, whether it is there or not; nil where nobody is.
  var chatName: String? { state.withLock { $0.chatName } }

  func stop() async {
    let agents = state.withLock { Array($0.agents.values) + $0.retired.compactMap(\.agent) }
    for agent in agents { await agent.close() }
    await loops.stop()
  }

  // MARK: What is configured

  /// A configuration whose files have been read.
  struct Reading: Sendable {
    fileprivate let agents: [(configuration: AgentConfiguration, files: AgentFiles)]
    fileprivate let defaultName: String?
    fileprivate let chatName: String?
  }

  /// Reads what a configuration names. Throws with the file that is no good, and nothing is changed.
  func read(_ configuration: WorkConfiguration) async throws -> Reading {
    let agents = try await BlockingPool.shared.run {
      try configuration.agents.map { agent in (agent, try AgentFiles.load(agent)) }
    }
    return Reading(agents: agents, defaultName: configuration.defaultAgent, chatName: configuration.chatAgent)
  }

  /// Puts it in place: agents come, go and change. One call after another.
  func adopt(_ reading: Reading) async throws {
    let before = state.withLock { $0.agents }
    var agents: [String: KnownAgent] = [:]
    for (wanted, files) in reading.agents {
      if let known = before[wanted.name], known.configuration.url == wanted.url {
        try await known.adopt(wanted, files)
        agents[wanted.name] = known
      } else {
        let agent = try KnownAgent(
          wanted, files, deadlines, on: try await loops.take(), pace: pace, clock: clock, log: log)
        agents[wanted.name] = agent
      }
    }
    let gone = before.values.filter { agents[$0.name] !== $0 }
    for agent in gone { await agent.endWatching() }
    state.withLock { state in
      state.retired = state.retired.filter { $0.agent != nil } + gone.map { Retired(agent: $0) }
      state.agents = agents
      state.defaultName = reading.defaultName
      state.chatName = reading.chatName
    }
    for name in agents.keys where state.withLock({ $0.followed.insert(name).inserted }) {
      figures.follow(name, in: self)
    }
    for agent in agents.values where before[agent.name] !== agent { agent.beginWatching() }
  }
}
