/// What the command line says.
enum FlagLayer {
  static func read(
    _ flags: [ConfigurationSources.Flag], _ problems: inout [ConfigurationProblem]
  ) -> [String: SettingEntry] {
    var layer: [String: SettingEntry] = [:]
    for flag in flags {
      let origin = SettingOrigin.flag(flag.name)
      guard let setting = SettingsTable.setting(flag.key) else {
        problems.append(.unknownKey(flag.key, suggestion: KeySuggestion.nearest(to: flag.key), origin))
        continue
      }
      guard let value = setting.kind.read(flag.text) else {
        problems.append(.badValue(setting, flag.text.debugDescription, origin))
        continue
      }
      guard layer[flag.key] == nil else {
        problems.append(.setTwice(flag.key, origin))
        continue
      }
      layer[flag.key] = SettingEntry(value: value, origin: origin)
    }
    return layer
  }
}
