import A2AWire
import AgentKit
import Surveillance
import Telemetry

/// What an agent is made of: its work, what callers talk to, and its lines to others.
struct AgentParts: Sendable {
  let agent: any Agent
  let service: @Sendable (TaskStore) -> any TaskService
  private let peers: [PeerConnection]
  private var model: LanguageModel?

  private init(
    agent: any Agent, service: @escaping @Sendable (TaskStore) -> any TaskService, peers: [PeerConnection],
    model: LanguageModel? = nil
  ) {
    self.agent = agent
    self.service = service
    self.peers = peers
    self.model = model
  }

  /// Reads what the agent needs to know, and opens its lines. Throws with the file, or the option, that is wrong.
  static func open(_ options: AgentOptions, environment: [String: String], log: Log) async throws -> AgentParts {
    switch options.name {
    case .conformance:
      var peer: PeerConnection?
      if let other = options.peer { peer = try await PeerConnection.open(other) }
      return AgentParts(
        agent: ConformanceAgent(without: options.without, peer: peer?.client),
        service: { ConformanceService(store: $0) }, peers: peer.map { [$0] } ?? [])
    case .orchestrator:
      var peers: [PeerConnection] = []
      var specialists: [AlertKind: Specialist] = [:]
      for (name, peer) in options.specialists {
        let line = try await PeerConnection.open(peer, options: Specialist.options)
        peers.append(line)
        for kind in AlertKind.allCases where Specialist.name(for: kind) == name {
          specialists[kind] = Specialist(name: name, client: line.client)
        }
      }
      return AgentParts(agent: OrchestratorAgent(specialists: specialists), service: { $0 }, peers: peers)
    case .insiderTrading: return try await specialist(.insiderTrading, options, environment, log)
    case .washTrade: return try await specialist(.washTrade, options, environment, log)
    case .reasoning: return try await reasoning(options, environment, log)
    }
  }

  private static func specialist(
    _ kind: AlertKind, _ options: AgentOptions, _ environment: [String: String], _ log: Log
  ) async throws -> AgentParts {
    let settings = try LanguageSettings(environment)
    var desk = try AnalysisDesk.load(from: options.dataFolder ?? "", log: log)
    desk.model = try await model(settings, log)
    return AgentParts(
      agent: SpecialistAgent(kind: kind, desk: desk, pace: .milliseconds(options.pace)), service: { $0 }, peers: [],
      model: desk.model)
  }

  private static func reasoning(
    _ options: AgentOptions, _ environment: [String: String], _ log: Log
  ) async throws -> AgentParts {
    let settings = try LanguageSettings(environment)
    var desk = try ReasoningDesk.load(from: options.dataFolder ?? "", log: log)
    desk.model = try await model(settings, log)
    return AgentParts(
      agent: ReasoningAgent(desk: desk, pace: .milliseconds(options.pace)), service: { $0 }, peers: [],
      model: desk.model)
  }

  /// Nil where the environment names none.
  private static func model(_ settings: LanguageSettings?, _ log: Log) async throws -> LanguageModel? {
    guard let settings else { return nil }
    let model = try await LanguageModel.open(settings)
    log.info("language model", ["url": .string("\(settings.url)"), "model": .string(settings.model)])
    return model
  }

  func reload() async throws {
    for peer in peers { try await peer.reload() }
  }

  func close() async {
    for peer in peers { await peer.close() }
    await model?.close()
  }
}
