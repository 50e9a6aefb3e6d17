import Gateway

extension Settings {
  /// The agents, and how work is done by them. Paths are from here on.
  var work: WorkConfiguration {
    var work = WorkConfiguration()
    work.agents = agentNames.map(agent)
    work.defaultAgent = optionalText("work.defaultAgent")
    work.chatAgent = optionalText("work.chatAgent")
    work.loops = integer("work.loops")
    work.deadlines = deadlines
    work.limits.running = integer("work.limits.running")
    work.limits.perPrincipal = integer("work.limits.perPrincipal")
    work.limits.waiting = integer("work.limits.waiting")
    work.pushAuthorityFile = path("work.pushAuthority")
    work.allowsPrivatePush = boolean("work.allowPrivatePush")
    work.spansURL = optionalText("work.spansUrl")
    work.spansAuthorityFile = path("work.spansAuthority")
    return work
  }

  private func agent(_ name: String) -> AgentConfiguration {
    func key(_ setting: String) -> String { SettingsTable.agentKey(name, setting) }
    var agent = AgentConfiguration(
      name: name, url: optionalText(key("url")) ?? "", authorityFile: path(key("authority")) ?? "")
    agent.certificateFile = path(key("certificate"))
    agent.keyFile = path(key("key"))
    agent.revocationFile = path(key("revocationList"))
    agent.serverNames = list(key("serverNames"))
    agent.cardKeysFile = path(key("cardKeys"))
    agent.principals = optionalList(key("principals"))
    agent.running = integer(key("running"))
    return agent
  }

  private var deadlines: RunDeadlines {
    func seconds(_ name: String) -> Duration { .seconds(integer("work.deadlines.\(name)Seconds")) }
    var deadlines = RunDeadlines()
    deadlines.connect = seconds("connect")
    deadlines.firstEvent = seconds("firstEvent")
    deadlines.silence = seconds("silence")
    deadlines.whole = seconds("whole")
    deadlines.lost = seconds("lost")
    deadlines.cancel = .seconds(integer("control.cancelSeconds"))
    deadlines.claim = .seconds(integer("control.claimSeconds"))
    return deadlines
  }
}
