/// Every key with all that is known of it, as the tables of docs/configuration.md.
enum KeysDocument {
  static var text: String {
    """
    ### The gateway

    \(plainTable(SettingsTable.general))

    ### Each listener

    `LISTENER` is `public`, `agents` or `admin`; in a variable's name it is in capitals.

    \(table(listenerRows, key: { generic($0.key, "LISTENER") }, environment: genericEnvironmentName))

    ### Who is asking

    \(plainTable(SettingsTable.identity))

    ### What is kept and shown

    \(plainTable(SettingsTable.records))

    ### Each agent

    `NAME` is chosen here: 1 to 64 letters, digits, hyphens and underscores, by which people, policies and tasks call the agent. In the
    file, `agents` is an object with a member for each. There are no variables for these keys.

    \(table(SettingsTable.agent("NAME").map { [$0] }, key: \.key, environment: nil))

    ### The work of agents

    \(plainTable(SettingsTable.work))

    ### What is wanted of tasks

    \(plainTable(SettingsTable.control))

    ### Names of other programs

    Variables that alert analyzers have had before: each is taken where nobody has said it under the key's own name, by flag, variable or
    file. The URL of an agent is taken where the configuration has that agent.

    \(borrowed)
    """
  }

  private static var borrowed: String {
    ([row(["variable", "key"]), row(["---", "---"])]
      + BorrowedVariables.gateway.map { row(["`\($0.name)`", "`\($0.key)`"]) }).joined(separator: "\n")
  }

  private static func plainTable(_ settings: [Setting]) -> String {
    table(settings.map { [$0] }, key: \.key, environment: \.environmentName)
  }

  /// A row for each key that listeners have, with the settings of those that have it.
  private static var listenerRows: [[Setting]] {
    var names: [String] = []
    for setting in ListenerRole.allCases.flatMap(SettingsTable.listener) where !names.contains(name(setting.key)) {
      // A key that only some listeners have stands in front, as it does with them.
      let isFirst = setting.key == ListenerRole.agents.key("enabled")
      names.insert(name(setting.key), at: isFirst ? 0 : names.count)
    }
    return names.map { name in ListenerRole.allCases.compactMap { SettingsTable.byKey[$0.key(name)] } }
  }

  private static func table(
    _ rows: [[Setting]], key: (Setting) -> String, environment: ((Setting) -> String)?
  ) -> String {
    let head = [
      row(["key", "value", "default", "variable, flag", "what it does"]), row(Array(repeating: "---", count: 5)),
    ]
    let lines = rows.map { settings in
      let first = settings[0]
      let variable = environment.map { "`\($0(first))`" } ?? "`--set` alone"
      let names = [variable] + settings.compactMap(\.flag).map { "`--\($0)`" }
      return
        row(["`\(key(first))`", value(first), defaults(settings), names.joined(separator: ", "), first.help])
    }
    return (head + lines).joined(separator: "\n")
  }

  private static func row(_ cells: [String]) -> String { "| \(cells.joined(separator: " | ")) |" }

  private static func value(_ setting: Setting) -> String {
    switch setting.kind {
    case .boolean: "`true`, `false`"
    case .integer(let range): "\(range.lowerBound) to \(range.upperBound)"
    case .choice(let names): names.map { "`\($0)`" }.joined(separator: ", ")
    case .choices(let names): "list of \(names.map { "`\($0)`" }.joined(separator: ", "))"
    case .text: "text"
    case .optionalText: "text or null"
    case .texts: "list of texts"
    case .optionalTexts: "list of texts or null"
    case .optionalURL: "https URL or null"
    case .optionalCollector: "https URL, http URL of this machine, or null"
    case .optionalOrigin: "origin or null"
    case .origins: "list of origins"
    case .address: "IP address"
    case .path: "path"
    case .optionalPath: "path or null"
    case .uriPrefixes: "list of URI prefixes"
    case .dnsNames: "list of DNS names"
    case .serverNames: "list of URIs and DNS names"
    }
  }

  private static func defaults(_ settings: [Setting]) -> String {
    let values = settings.map { "`\($0.defaultValue.text)`" }
    guard Set(values).count > 1 else { return values[0] }
    return zip(ListenerRole.allCases.suffix(settings.count), values).map { "\($0.rawValue) \($1)" }.joined(
      separator: ", ")
  }

  private static func name(_ key: String) -> String {
    key.split(separator: ".").dropFirst(2).joined(separator: ".")
  }

  private static func generic(_ key: String, _ listener: String) -> String { "listeners.\(listener).\(name(key))" }

  /// From lower case: capitals inside a key each get an underscore.
  private static func genericEnvironmentName(_ setting: Setting) -> String {
    EnvironmentName.derived(from: generic(setting.key, "listener"))
  }
}
