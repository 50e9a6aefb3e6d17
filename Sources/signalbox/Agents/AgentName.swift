import A2AWire
import AgentKit

/// The agents that this program has in it.
enum AgentName: String, Sendable, CaseIterable {
  case conformance

  static var list: String { "There are: \(allCases.map(\.rawValue).joined(separator: ", "))." }

  func agent(without: Set<AgentCapability>, peer: AgentClient?) -> any Agent {
    switch self {
    case .conformance: ConformanceAgent(without: without, peer: peer)
    }
  }

  /// What callers talk to: the agent's store, or something before it.
  func service(over store: TaskStore) -> any TaskService {
    switch self {
    case .conformance: ConformanceService(store: store)
    }
  }
}
