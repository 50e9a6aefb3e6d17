/// A value, and where it comes from.
struct SettingEntry: Sendable, Equatable {
  let value: SettingValue
  let origin: SettingOrigin
}

/// A value for each setting of the table: what was configured, and defaults for the rest.
struct Settings: Sendable {
  private let configured: [String: SettingEntry]

  /// `layers` by precedence, the strongest first.
  init(layers: [[String: SettingEntry]]) {
    configured = layers.reduce(into: [:]) { merged, layer in merged.merge(layer) { strong, _ in strong } }
  }

  /// Asking for a key that the table does not have is a mistake of the program.
  func entry(_ key: String) -> SettingEntry {
    if let entry = configured[key] { return entry }
    guard let setting = SettingsTable.setting(key) else { preconditionFailure("There is no setting \(key).") }
    return SettingEntry(value: defaultValue(of: setting), origin: .defaultValue)
  }

  func boolean(_ key: String) -> Bool { entry(key).value == .boolean(true) }

  func integer(_ key: String) -> Int {
    guard case .integer(let value) = entry(key).value else { preconditionFailure("\(key) is not a number.") }
    return value
  }

  func text(_ key: String) -> String {
    guard case .text(let value) = entry(key).value else { preconditionFailure("\(key) is not a text.") }
    return value
  }

  /// Nil when there is none.
  func optionalText(_ key: String) -> String? {
    switch entry(key).value {
    case .text(let value): value
    case .absent: nil
    default: preconditionFailure("\(key) is not a text.")
    }
  }

  func list(_ key: String) -> [String] {
    guard case .list(let values) = entry(key).value else { preconditionFailure("\(key) is not a list.") }
    return values
  }

  /// Nil when there is none.
  func optionalList(_ key: String) -> [String]? {
    entry(key).value == .absent ? nil : list(key)
  }

  /// The agents that something was configured of, by their names.
  var agentNames: [String] {
    Set(configured.keys.compactMap { SettingsTable.agentName(in: $0)?.name }).sorted()
  }

  /// The path where the file is from here; nil when there is none.
  func path(_ key: String) -> String? {
    let entry = entry(key)
    guard case .text(let path) = entry.value else { return nil }
    return path.hasPrefix("/") ? path : entry.origin.folder + path
  }

  /// Whether a listener is to be opened.
  func isOpen(_ role: ListenerRole) -> Bool {
    role == .public || boolean(role.key("enabled"))
  }

  /// The development PKI's revocation list says nothing about another authority, and would be refused with it.
  private func defaultValue(of setting: Setting) -> SettingValue {
    for role in ListenerRole.allCases where setting.key == role.key("revocationList") {
      if configured[role.key("clientAuthority")] != nil { return .absent }
    }
    return setting.defaultValue
  }
}
