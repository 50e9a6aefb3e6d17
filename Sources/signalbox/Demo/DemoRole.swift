/// Who a process of the demo is.
enum DemoRole: Sendable, Hashable {
  case gateway
  case agent(AgentName)

  /// The file names that it goes by, and its member of `pids`.
  var word: String {
    switch self {
    case .gateway: "gateway"
    case .agent(let name): name.rawValue
    }
  }

  /// In sentences.
  var title: String {
    switch self {
    case .gateway: "The gateway"
    case .agent(let name): "The agent \(name.rawValue)"
    }
  }
}
