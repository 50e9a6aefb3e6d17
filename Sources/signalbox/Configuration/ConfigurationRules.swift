import Wire

/// What must hold between settings that are each right by themselves. Only listeners that are opened count.
enum ConfigurationRules {
  static func problems(in settings: Settings) -> [ConfigurationProblem] {
    let open = ListenerRole.allCases.filter(settings.isOpen)
    return open.flatMap { listenerProblems($0, settings) } + sharedPorts(open, settings) + diagnostics(settings)
      + IdentityRules(settings: settings).problems + RecordRules(settings: settings).problems
      + WorkRules(settings: settings).problems
  }

  private static func listenerProblems(_ role: ListenerRole, _ settings: Settings) -> [ConfigurationProblem] {
    var problems: [ConfigurationProblem] = []
    func check(_ name: String, _ isRight: Bool, _ rule: String) {
      if !isRight { problems.append(.broken(role.key(name), settings.entry(role.key(name)), rule)) }
    }
    check(
      "address", settings.boolean("allowNonLoopback") || isLoopback(role, settings),
      "Other machines can reach that address. If they shall, set allowNonLoopback to true; otherwise choose 127.0.0.1 "
        + "or ::1.")
    let needsNames = settings.text(role.key("clientCertificates")) != "none"
    let prefixes = settings.list(role.key("clientNames.uriPrefixes"))
    let names = settings.list(role.key("clientNames.dnsNames"))
    check(
      "clientNames.uriPrefixes", !needsNames || !prefixes.isEmpty || !names.isEmpty,
      "With \(role.key("clientNames.dnsNames")) empty, too, no client certificate would be accepted. Name those that "
        + "shall be.")
    check(
      "limits.fieldLineBytes",
      settings.integer(role.key("limits.fieldLineBytes")) <= settings.integer(role.key("limits.fieldSectionBytes")),
      "One header line cannot be longer than all of them: \(role.key("limits.fieldSectionBytes")) is "
        + "\(settings.integer(role.key("limits.fieldSectionBytes"))).")
    return problems
  }

  private static func sharedPorts(_ open: [ListenerRole], _ settings: Settings) -> [ConfigurationProblem] {
    var problems: [ConfigurationProblem] = []
    for (index, role) in open.enumerated() {
      let entry = settings.entry(role.key("port"))
      guard entry.value != .integer(0) else { continue }
      let twin = open[..<index].first { other in
        settings.entry(other.key("port")).value == entry.value
          && settings.text(other.key("address")) == settings.text(role.key("address"))
      }
      if let twin {
        problems.append(
          .broken(
            role.key("port"), entry,
            "\(twin.key("port")) is the same on the same address. Give each listener a port of its own, or 0."))
      }
    }
    return problems
  }

  private static func diagnostics(_ settings: Settings) -> [ConfigurationProblem] {
    guard settings.boolean("diagnostics"), !isLoopback(.public, settings) else { return [] }
    return [
      .broken(
        "diagnostics", settings.entry("diagnostics"),
        "It sends back whatever it gets, so it needs a loopback address in listeners.public.address.")
    ]
  }

  static func isLoopback(_ role: ListenerRole, _ settings: Settings) -> Bool {
    (try? SocketAddress(host: settings.text(role.key("address")), port: 0))?.isLoopback == true
  }
}
