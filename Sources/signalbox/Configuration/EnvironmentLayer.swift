/// What the environment says.
enum EnvironmentLayer {
  /// Kubernetes describes a service called `signalbox` in variables that begin like this, to every pod beside it.
  static let foreignPrefixes = ["SIGNALBOX_SERVICE_", "SIGNALBOX_PORT"]

  static func read(
    _ environment: [String: String], _ problems: inout [ConfigurationProblem]
  ) -> [String: SettingEntry] {
    let settings = Dictionary(uniqueKeysWithValues: SettingsTable.all.map { ($0.environmentName, $0) })
    var layer: [String: SettingEntry] = [:]
    let own = environment.filter { name, _ in
      name.hasPrefix(EnvironmentName.prefix) && name != EnvironmentName.file
        && !foreignPrefixes.contains { name.hasPrefix($0) }
    }
    for (name, text) in own.sorted(by: { $0.key < $1.key }) {
      let origin = SettingOrigin.environment(name)
      guard let setting = settings[name] else {
        problems.append(unknown(name, among: settings.keys.sorted()))
        continue
      }
      if let value = setting.kind.read(text) {
        layer[setting.key] = SettingEntry(value: value, origin: origin)
      } else {
        problems.append(.badValue(setting, text.debugDescription, origin))
      }
    }
    return layer
  }

  private static func unknown(_ name: String, among known: [String]) -> ConfigurationProblem {
    // Without what all of them have in common, which would make any two look alike.
    func own(_ name: String) -> String { String(name.dropFirst(EnvironmentName.prefix.count)) }
    let hint =
      Suggestion.nearest(to: own(name), among: known.map(own)).map { "Did you mean \(EnvironmentName.prefix)\($0)?" }
      ?? "The command signalbox config keys prints all of them."
    return .source("The environment variable \(name) stands for no key. \(hint)")
  }
}
