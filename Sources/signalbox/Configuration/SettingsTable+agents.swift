import Gateway

/// The agents are a map: each has the same keys below a name that the configuration chooses.
extension SettingsTable {
  static let agentsGroup = "agents"

  /// What the key of one agent's setting is.
  static func agentKey(_ agent: String, _ name: String) -> String { "\(agentsGroup).\(agent).\(name)" }

  static func agent(_ agent: String) -> [Setting] {
    let defaults = AgentConfiguration(name: agent, url: "", authorityFile: "")
    func setting(_ name: String, _ kind: SettingKind, _ value: SettingValue, _ help: String) -> Setting {
      Setting(agentKey(agent, name), kind, value, help)
    }
    return [
      setting(
        "url", .optionalURL, .absent,
        "Where its card is. With no path, or with / alone, it is at /.well-known/agent-card.json. Needed."),
      setting(
        "certificate", .optionalPath, .absent,
        "The certificate that the gateway shows to it, PEM, with those between it and its authority. Without it, none."),
      setting("key", .optionalPath, .absent, "The private key of that certificate, PEM."),
      setting(
        "authority", .optionalPath, .absent, "The authorities that may vouch for the agent's certificate, PEM. Needed."),
      setting("revocationList", .optionalPath, .absent, "Their revocation lists, PEM."),
      setting(
        "serverNames", .serverNames, .list([]),
        "SAN URIs and DNS names of which the agent's certificate must have one, whole. Without any, the host of url."),
      setting(
        "cardKeys", .optionalPath, .absent,
        "The keys of which one must have signed its card: a file with a JWK set. Without it, signatures are not looked at."
      ),
      setting(
        "principals", .optionalTexts, .absent,
        "Who may see it and give it work, beside what the policy says. Without it, whoever the policy lets."),
      setting(
        "running", .integer(1...100_000), .integer(defaults.running), "Tasks that it works on at once; more wait."),
    ]
  }

  /// The setting of a key, whether it is one of the table's or of an agent.
  static func setting(_ key: String) -> Setting? {
    if let setting = byKey[key] { return setting }
    guard let (name, rest) = agentName(in: key), let rest, isAgentName(name) else { return nil }
    return agent(name).first { $0.key == agentKey(name, rest) }
  }

  /// The agent that a key is of, and what of it: `agents.NAME` and everything below.
  static func agentName(in key: String) -> (name: String, rest: String?)? {
    let parts = key.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, parts[0] == agentsGroup else { return nil }
    return (parts[1], parts.count == 3 ? parts[2] : nil)
  }

  /// It is a part of paths, of keys and of what policies say.
  static func isAgentName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      }
  }

  static let agentNameRule = "The name of an agent is 1 to 64 of the characters A-Z, a-z, 0-9, hyphen and underscore."
}
