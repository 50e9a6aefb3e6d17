/// The options of the commands that take a configuration.
enum ConfigurationFlags {
  static let file = "config"
  static let set = "set"

  static let fileOption = OptionSpecification.value(
    file, "FILE", "The configuration file, JSON. Otherwise the one that \(EnvironmentName.file) names, if any.")

  static let options: [OptionSpecification] =
    [fileOption] + SettingsTable.all.compactMap(\.option) + [
      .value(
        set, "KEY=VALUE", "Sets any key, as in --set log.level=debug; may be given more than once.", isRepeated: true)
    ]

  /// What the arguments say about settings. `--set` without a key is a mistake of the command line.
  static func read(
    _ arguments: ParsedArguments, _ command: CommandSpecification
  ) throws(UsageError) -> [ConfigurationSources.Flag] {
    var flags: [ConfigurationSources.Flag] = []
    for option in arguments.options {
      if option.name == set {
        let parts = option.value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
          throw UsageError(
            message:
              "The option --set needs KEY=VALUE, as in --set log.level=debug, not \(option.value.debugDescription).",
            invocation: command.invocation)
        }
        flags.append(.init(name: "--set", key: String(parts[0]), text: String(parts[1])))
      } else if let setting = SettingsTable.all.first(where: { $0.flag == option.name }) {
        let text = setting.kind == .boolean ? "true" : option.value
        flags.append(.init(name: "--\(option.name)", key: setting.key, text: text))
      }
    }
    return flags
  }
}
