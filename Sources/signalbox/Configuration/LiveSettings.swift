/// The settings that a running gateway takes over when it is told to read its configuration again. All others need a restart.
enum LiveSettings {
  /// For documentation, with NAME in place of each agent's name.
  static let keys = (SettingsTable.all + SettingsTable.agent("NAME")).map(\.key).filter(isLive)

  private static let general: Set<String> = [
    "log.level", "drainSeconds", "streams.leavePerSecond", "streams.leaveWithinSeconds",
    "streams.admitPerSecond", "streams.admitWithinSeconds",
    "shutdownGraceSeconds", "policy", "journal.keepDays", "journal.keepTasks",
    "work.defaultAgent", "work.chatAgent",
  ]

  private static let ofListeners = [
    "certificate", "key", "clientCertificates", "clientAuthority", "revocationList", "clientNames.uriPrefixes",
    "clientNames.dnsNames",
  ]

  /// All that is said of agents is.
  static func isLive(_ key: String) -> Bool {
    SettingsTable.agentName(in: key) != nil || general.contains(key)
      || ListenerRole.allCases.contains { role in ofListeners.contains { role.key($0) == key } }
  }

  /// The keys whose values differ, paths as they are from here.
  static func differences(_ one: Settings, _ other: Settings) -> [String] {
    let agents = Set(one.agentNames + other.agentNames).sorted()
    return (SettingsTable.all + agents.flatMap(SettingsTable.agent)).map(\.key).filter { key in
      one.entry(key).value != other.entry(key).value || one.path(key) != other.path(key)
    }
  }
}
