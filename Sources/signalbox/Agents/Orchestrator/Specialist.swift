import A2AWire
import HTTP
import Surveillance

/// An agent that knows one kind of alert, as the orchestrator reaches it.
struct Specialist: Sendable {
  let name: AgentName
  let client: AgentClient

  /// What its card must offer.
  static func skill(for kind: AlertKind) -> String {
    switch kind {
    case .insiderTrading: "insider-trading-analysis"
    case .washTrade: "wash-trade-analysis"
    }
  }

  static func name(for kind: AlertKind) -> AgentName {
    switch kind {
    case .insiderTrading: .insiderTrading
    case .washTrade: .washTrade
    }
  }

  /// In sentences.
  static func title(of kind: AlertKind) -> String {
    switch kind {
    case .insiderTrading: "insider trading"
    case .washTrade: "wash trades"
    }
  }

  /// Who does not answer soon is not waited for: an analyst is waiting, too.
  static var options: AgentClientOptions {
    var options = AgentClientOptions()
    options.deadlines.connect = .seconds(5)
    options.deadlines.firstByte = .seconds(10)
    options.deadlines.silence = .seconds(60)
    return options
  }
}
