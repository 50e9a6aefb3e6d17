/// One thing that is wrong with a configuration: which key, which value, where it was said, and what would be right.
struct ConfigurationProblem: Error, Sendable, Equatable {
  /// Nil when it is about a source as a whole.
  let key: String?
  let origin: SettingOrigin?
  let message: String
}

extension ConfigurationProblem: CustomStringConvertible {
  var description: String { message }
}

extension ConfigurationProblem {
  /// A value that breaks the rule `rule`, which is a sentence or two.
  static func broken(_ key: String, _ entry: SettingEntry, _ rule: String) -> ConfigurationProblem {
    ConfigurationProblem(
      key: key, origin: entry.origin, message: "\(key) is \(shown(entry.value.text)) (\(entry.origin)). \(rule)")
  }

  static func badValue(_ setting: Setting, _ text: String, _ origin: SettingOrigin) -> ConfigurationProblem {
    ConfigurationProblem(
      key: setting.key, origin: origin,
      message: "\(setting.key) is \(shown(text)) (\(origin)), but must be \(setting.kind.expectation).")
  }

  static func notAnObject(_ key: String, _ text: String, _ origin: SettingOrigin) -> ConfigurationProblem {
    ConfigurationProblem(
      key: key, origin: origin,
      message: "\(key) is \(shown(text)) (\(origin)), but must be an object: { … }.")
  }

  static func unknownKey(_ key: String, suggestion: String?, _ origin: SettingOrigin) -> ConfigurationProblem {
    let hint =
      suggestion.map { "Did you mean \($0)?" } ?? rule(of: key)
      ?? "The command signalbox config defaults prints all keys."
    return ConfigurationProblem(key: key, origin: origin, message: "\(key) (\(origin)) is not a known key. \(hint)")
  }

  /// An agent whose name has a dot: it would read as the path of another key.
  static func dottedAgent(_ key: String, _ origin: SettingOrigin) -> ConfigurationProblem {
    ConfigurationProblem(
      key: key, origin: origin, message: "\(key) (\(origin)) is not a known key. \(SettingsTable.agentNameRule)")
  }

  /// What keys of agents look like, for one that is not one; nil for all other keys.
  private static func rule(of key: String) -> String? {
    guard let (name, rest) = SettingsTable.agentName(in: key) else { return nil }
    guard SettingsTable.isAgentName(name) else { return SettingsTable.agentNameRule }
    let names = SettingsTable.agent(name).map(\.key).map { $0.split(separator: ".").last ?? "" }
    return rest == nil ? nil : "An agent has \(names.joined(separator: ", "))."
  }

  static func emptyAgent(_ key: String, _ origin: SettingOrigin) -> ConfigurationProblem {
    ConfigurationProblem(
      key: key, origin: origin,
      message:
        "\(key) (\(origin)) is empty. Say where the agent is and who vouches for it, as in "
        + #"{"url": "https://agent.example:7443", "authority": "agents-ca.pem"}."#)
  }

  static func setTwice(_ key: String, _ origin: SettingOrigin) -> ConfigurationProblem {
    ConfigurationProblem(
      key: key, origin: origin,
      message: "\(key) is set by two flags, the second being \(origin). Leave one of them out.")
  }

  static func source(_ message: String) -> ConfigurationProblem {
    ConfigurationProblem(key: nil, origin: nil, message: message)
  }

  /// A value as a message shows it: on one line, and not endless.
  private static func shown(_ text: String) -> String {
    let line = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    return line.count > 80 ? line.prefix(79) + "…" : line
  }
}
