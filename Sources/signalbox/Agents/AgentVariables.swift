import Telemetry

/// What the environment says of an agent, in the names of the first alert analyzers. Options beat all of it.
struct AgentVariables {
  static let type = "AGENT_TYPE"
  private static let port = "PORT"
  private static let logLevel = "LOG_LEVEL"
  private static let heartbeat = "SSE_HEARTBEAT_INTERVAL"
  private static let streams = "SSE_MAX_CONCURRENT"
  private static let places: [(name: String, agent: AgentName)] = [
    ("INSIDER_TRADING_AGENT_URL", .insiderTrading), ("INSIDER_TRADING_URL", .insiderTrading),
    ("WASH_TRADE_AGENT_URL", .washTrade), ("WASH_TRADE_URL", .washTrade),
  ]

  static let names = [type, port, logLevel, heartbeat, streams] + places.map(\.name)

  private let environment: [String: String]
  private let refusal: (String) -> UsageError

  init(_ environment: [String: String], refusal: @escaping (String) -> UsageError) {
    self.environment = environment
    self.refusal = refusal
  }

  private func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// `insider_trading` is `insider-trading`.
  func agent() throws -> AgentName? {
    guard let text = value(Self.type) else { return nil }
    guard let name = AgentName(rawValue: text.lowercased().replacing("_", with: "-")) else {
      throw refusal("\(Self.type) is \(text.debugDescription), and there is no such agent. \(AgentName.list)")
    }
    return name
  }

  func address() throws -> String? {
    try number(Self.port, in: 0...65_535).map { "127.0.0.1:\($0)" }
  }

  func level() throws -> String? {
    guard let text = value(Self.logLevel) else { return nil }
    let level = BorrowedVariables.logLevel(text)
    guard LogLevel(name: level) != nil else {
      throw refusal("\(Self.logLevel) is trace, debug, info, warning or error, not \(text.debugDescription).")
    }
    return level
  }

  func heartbeatSeconds() throws -> Int? { try number(Self.heartbeat, in: 1...300) }

  func openStreams() throws -> Int? { try number(Self.streams, in: 1...1_000_000) }

  /// Where those are that do a part of an agent's work: `NAME=URL`, each once.
  func specialists(of agent: AgentName) -> [String] {
    var found: [AgentName: String] = [:]
    for (name, callee) in Self.places where agent.callees.contains(callee) && found[callee] == nil {
      found[callee] = value(name)
    }
    return agent.callees.compactMap { callee in found[callee].map { "\(callee.rawValue)=\($0)" } }
  }

  private func number(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = value(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw refusal(
        "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), not \(text.debugDescription).")
    }
    return number
  }
}
