/// The settings that a running gateway takes over when it is told to read its configuration again. All others need a restart.
enum LiveSettings {
  static let keys: [String] = SettingsTable.all.map(\.key).filter(isLive)

  private static let general: Set<String> = [
    "log.level", "drainSeconds", "shutdownGraceSeconds", "policy", "journal.keepDays", "journal.keepTasks",
  ]

  private static let ofListeners = [
    "certificate", "key", "clientCertificates", "clientAuthority", "revocationList", "clientNames.uriPrefixes",
    "clientNames.dnsNames",
  ]

  private static func isLive(_ key: String) -> Bool {
    general.contains(key) || ListenerRole.allCases.contains { role in ofListeners.contains { role.key($0) == key } }
  }

  /// The keys whose values differ, paths as they are from here.
  static func differences(_ one: Settings, _ other: Settings) -> [String] {
    SettingsTable.all.map(\.key).filter { key in
      one.entry(key).value != other.entry(key).value || one.path(key) != other.path(key)
    }
  }
}
