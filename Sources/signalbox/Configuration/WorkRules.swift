import Gateway

/// What must hold for agents and for the work that is done by them.
struct WorkRules: SettingRules {
  let settings: Settings

  var problems: [ConfigurationProblem] {
    settings.agentNames.flatMap(agent) + defaultAgent + chatAgent + deadlines + spans
  }

  private func agent(_ name: String) -> [ConfigurationProblem] {
    func key(_ setting: String) -> String { SettingsTable.agentKey(name, setting) }
    return unless(isSet(key("url")), key("url"), "Say where the agent is: https://agent.example:7443.")
      + unless(
        isSet(key("authority")), key("authority"),
        "Somebody must vouch for the agent's certificate: name the file with its authority.")
      + unless(
        isSet(key("key")) || !isSet(key("certificate")), key("key"),
        "A certificate without its key cannot be shown. Set both or neither.")
      + unless(
        isSet(key("certificate")) || !isSet(key("key")), key("certificate"),
        "A key without its certificate proves nothing. Set both or neither.")
  }

  private var defaultAgent: [ConfigurationProblem] {
    guard let name = settings.optionalText("work.defaultAgent") else { return [] }
    return known(name, "work.defaultAgent")
  }

  /// The one that is meant without a word need not be there; another one does.
  private var chatAgent: [ConfigurationProblem] {
    let key = "work.chatAgent"
    guard let name = settings.optionalText(key), name != WorkConfiguration().chatAgent else { return [] }
    return known(name, key)
  }

  private func known(_ name: String, _ key: String) -> [ConfigurationProblem] {
    let names = settings.agentNames
    return unless(
      names.contains(name), key,
      names.isEmpty
        ? "There are no agents. Set agents.\(SettingsTable.isAgentName(name) ? name : "NAME").url, or leave this out."
        : "There is no such agent. Name one of \(names.joined(separator: ", ")).")
  }

  private var deadlines: [ConfigurationProblem] {
    let whole = settings.integer("work.deadlines.wholeSeconds")
    return ["firstEvent", "silence"].flatMap { name in
      let key = "work.deadlines.\(name)Seconds"
      return unless(
        settings.integer(key) <= whole, key,
        "It would never come to pass, because work.deadlines.wholeSeconds ends every task after \(whole) s.")
    }
  }

  private var spans: [ConfigurationProblem] {
    let url = settings.optionalText("work.spansUrl")
    let needsAuthority = url?.lowercased().hasPrefix("https:") == true
    return unless(
      !needsAuthority || isSet("work.spansAuthority"), "work.spansAuthority",
      "Somebody must vouch for the server of work.spansUrl: name the file with its authority.")
      + unless(
        needsAuthority || !isSet("work.spansAuthority"), "work.spansAuthority",
        "It is for the server of work.spansUrl, which is \(url == nil ? "not set" : "called without TLS"). Leave it out."
      )
  }
}
