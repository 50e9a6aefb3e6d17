/// Variables under which the first alert analyzers had what is a setting here: taken where nobody has said it under the setting's own name,
/// be it by flag, variable or file.
enum BorrowedVariables {
  struct Borrowed: Sendable {
    let name: String
    let key: String
    /// From its words to ours.
    var reading: @Sendable (String) -> String = { $0 }
  }

  static let gateway: [Borrowed] = [
    Borrowed(name: "PORT", key: "listeners.public.port"),
    Borrowed(name: "LOG_LEVEL", key: "log.level", reading: logLevel),
    Borrowed(name: "SSE_HEARTBEAT_INTERVAL", key: "streams.heartbeatSeconds"),
    agent("ORCHESTRATOR_URL", .orchestrator),
    agent("INSIDER_TRADING_AGENT_URL", .insiderTrading), agent("INSIDER_TRADING_URL", .insiderTrading),
    agent("WASH_TRADE_AGENT_URL", .washTrade), agent("WASH_TRADE_URL", .washTrade),
  ]

  /// All that this program looks at, the agents' included.
  static let names = Set(gateway.map(\.name) + AgentVariables.names)

  private static func agent(_ name: String, _ agent: AgentName) -> Borrowed {
    Borrowed(name: name, key: SettingsTable.agentKey(agent.rawValue, "url"))
  }

  /// Python's names, in capitals as a rule.
  static func logLevel(_ text: String) -> String {
    switch text.lowercased() {
    case "warn": "warning"
    case "critical", "fatal": "error"
    case let level: level
    }
  }

  /// - Parameter taken: keys that are set under names of their own.
  static func read(
    _ environment: [String: String], unless taken: Set<String>, _ problems: inout [ConfigurationProblem]
  ) -> [String: SettingEntry] {
    var layer: [String: SettingEntry] = [:]
    for borrowed in gateway where !taken.contains(borrowed.key) && layer[borrowed.key] == nil {
      guard let text = environment[borrowed.name], !text.isEmpty, isMeant(borrowed.key, taken),
        let setting = SettingsTable.setting(borrowed.key)
      else { continue }
      let origin = SettingOrigin.environment(borrowed.name)
      if let value = setting.kind.read(borrowed.reading(text)) {
        layer[borrowed.key] = SettingEntry(value: value, origin: origin)
      } else {
        problems.append(.badValue(setting, text.debugDescription, origin))
      }
    }
    return layer
  }

  /// Where an agent is says nothing to a gateway that has no such agent.
  private static func isMeant(_ key: String, _ taken: Set<String>) -> Bool {
    guard let name = SettingsTable.agentName(in: key)?.name else { return true }
    return taken.contains { SettingsTable.agentName(in: $0)?.name == name }
  }
}
