/// The agents that this program has in it.
enum AgentName: String, Sendable, CaseIterable {
  case conformance
  case orchestrator
  case insiderTrading = "insider-trading"
  case washTrade = "wash-trade"
  case reasoning

  static var list: String { "There are: \(allCases.map(\.rawValue).joined(separator: ", "))." }

  /// Those that it has do a part of its work.
  var callees: [AgentName] {
    switch self {
    case .orchestrator: [.insiderTrading, .washTrade]
    case .conformance, .insiderTrading, .washTrade, .reasoning: []
    }
  }

  var needsReferenceData: Bool {
    switch self {
    case .insiderTrading, .washTrade, .reasoning: true
    case .conformance, .orchestrator: false
    }
  }

  /// What there is to give it, as words of `signalbox submit`.
  var example: String {
    switch self {
    case .conformance: "conformance Hello"
    case .orchestrator: "examples/alerts/clear-insider.xml"
    case .insiderTrading: "insider-trading --file examples/alerts/clear-insider.xml"
    case .washTrade: "wash-trade --file examples/alerts/layered-wash.xml"
    case .reasoning: "reasoning 'Who owns the account A-9152?'"
    }
  }
}
