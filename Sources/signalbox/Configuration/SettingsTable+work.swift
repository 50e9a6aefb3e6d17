import Gateway

extension SettingsTable {
  static let work: [Setting] = base + deadlines + limits + push + spans

  private static let base: [Setting] = [
    Setting(
      "work.defaultAgent", .optionalText, .absent,
      "Who gets tasks that name no agent. Without it, the only agent, if there is one only."),
    Setting(
      "work.chatAgent", .optionalText, WorkConfiguration().chatAgent.map { .text($0) } ?? .absent,
      "Who is talked to at POST /chat. Where no agent of this name is configured, or none is named, nobody is."),
    Setting(
      "work.loops", .integer(0...64), .integer(0),
      "Threads for calls to agents, each agent on one of them; 0 is one for each two of the gateway's."),
  ]

  private static let deadlines: [Setting] = {
    let defaults = RunDeadlines()
    func deadline(_ name: String, _ value: Duration, _ help: String) -> Setting {
      Setting("work.deadlines.\(name)Seconds", .integer(1...86_400), .integer(Int(value.components.seconds)), help)
    }
    return [
      deadline("connect", defaults.connect, "To a finished TLS handshake with an agent; then the task fails."),
      deadline("firstEvent", defaults.firstEvent, "From the end of the request to the agent's first event."),
      deadline(
        "silence", defaults.silence,
        "Without a byte of the agent's, heartbeats included; then the line counts as cut, and the agent is asked again."
      ),
      deadline("whole", defaults.whole, "A whole task at its agent; waiting for a person does not count."),
      deadline("lost", defaults.lost, "In which an agent that is out of reach must be found again."),
    ]
  }()

  private static let limits: [Setting] = {
    let defaults = WorkLimits()
    func limit(_ name: String, _ value: Int, _ help: String) -> Setting {
      Setting("work.limits.\(name)", .integer(1...1_000_000), .integer(value), help)
    }
    return [
      limit(
        "running", defaults.running, "Tasks that run at the same time, in all; more wait, and are told their place."),
      limit("perPrincipal", defaults.perPrincipal, "Tasks of one principal that run at the same time."),
      limit("waiting", defaults.waiting, "Tasks that wait, in all; more are refused with 503."),
    ]
  }()

  private static let push: [Setting] = [
    Setting(
      "work.pushAuthority", .optionalPath, .absent,
      "The authorities that may vouch for servers that push notifications go to, PEM. Without it, none are sent."),
    Setting(
      "work.allowPrivatePush", .boolean, .boolean(false),
      "Sends push notifications to addresses of private networks and of this machine as well."),
  ]

  private static let spans: [Setting] = [
    Setting(
      "work.spansUrl", .optionalCollector, .absent,
      "Where spans of tasks go, as OTLP over HTTP in JSON: https://collector.example:4318/v1/traces. Without it, nowhere."
    ),
    Setting(
      "work.spansAuthority", .optionalPath, .absent,
      "The authorities that may vouch for the server of work.spansUrl, PEM."),
  ]
}
