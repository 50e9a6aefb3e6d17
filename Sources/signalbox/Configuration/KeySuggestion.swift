/// The key that somebody most likely meant.
enum KeySuggestion {
  /// `listeners` and `listeners.public` are groups: they have keys below them.
  static func isGroup(_ key: String) -> Bool {
    if key == SettingsTable.agentsGroup { return true }
    if let (name, rest) = SettingsTable.agentName(in: key) { return rest == nil && SettingsTable.isAgentName(name) }
    return SettingsTable.all.contains { $0.key.hasPrefix(key + ".") }
  }

  static func nearest(to key: String) -> String? {
    if let (name, rest) = SettingsTable.agentName(in: key), SettingsTable.isAgentName(name) {
      return Suggestion.nearest(to: rest ?? "", among: children(of: SettingsTable.agentKey("NAME", "")))
        .map { SettingsTable.agentKey(name, $0) }
    }
    let names = key.split(separator: ".", omittingEmptySubsequences: false)
    let group = names.dropLast().map { $0 + "." }.joined()
    let last = names.last.map(String.init) ?? key
    // First a spelling mistake: something else in the same group. Then a key of that name in another group.
    if let name = Suggestion.nearest(to: last, among: children(of: group)) { return group + name }
    if let elsewhere = SettingsTable.all.first(where: { $0.key.hasSuffix(".\(last)") }) { return elsewhere.key }
    return Suggestion.nearest(to: key, among: SettingsTable.all.map(\.key))
  }

  private static func children(of group: String) -> [String] {
    var names: [String] = []
    for setting in SettingsTable.all + SettingsTable.agent("NAME") where setting.key.hasPrefix(group) {
      let name = setting.key.dropFirst(group.count).prefix { $0 != "." }
      if !names.contains(String(name)) { names.append(String(name)) }
    }
    return names
  }
}
