/// What the demo was asked for.
struct DemoOptions: Sendable, Equatable {
  static let specifications: [OptionSpecification] = [
    .value("dir", "DIR", "The folder for certificates, configuration and log. Default: \(defaultFolder)."),
    .value(
      "port", "PORT",
      "The public port; agents and admin take the two after it; 0 takes free ones. Default: \(defaultPort)."),
    .value(
      "agents", "NAME",
      "Which agents to start with the gateway: surveillance (the orchestrator, those for insider trading and wash trades, and "
        + "the one that answers questions), conformance, which does what the id of a message says, or none. Default: surveillance."
    ),
    .value(
      "trades", "N",
      "How many trades the surveillance agents' reference data has, when it is made at the first start. Default: "
        + "\(ReferenceMaking.standardTrades)."),
    .value(
      AgentOptions.pace, "MILLISECONDS",
      "How long each step of a tool takes at least, so that people can follow. Default: \(defaultPace)."),
    .flag("no-browser", "Does not open the page in a browser."),
    .flag("diagnostics", "Opens /diagnostics/echo and /diagnostics/ws, for conformance suites."),
  ]
  static let defaultFolder = ".signalbox-demo"
  private static let defaultPort = 8443
  private static let defaultPace = 150

  let folder: String
  let port: Int
  let agents: [AgentName]
  let trades: Int
  let pace: Int
  let opensBrowser: Bool
  let hasDiagnostics: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    folder = arguments.value("dir") ?? Self.defaultFolder
    guard !folder.isEmpty else { throw refusal("The option --dir needs a folder.") }
    let portText = arguments.value("port") ?? String(Self.defaultPort)
    // Two more listeners come behind the public one.
    guard let port = Int(portText), (0...65_533).contains(port) else {
      throw refusal("The option --port must be a whole number from 0 to 65533, not \(portText.debugDescription).")
    }
    self.port = port
    switch arguments.value("agents") ?? "surveillance" {
    case "none": agents = []
    case AgentName.conformance.rawValue: agents = [.conformance]
    // What people talk to comes first: it is the gateway's default.
    case "surveillance": agents = [.orchestrator, .insiderTrading, .washTrade, .reasoning]
    case let name:
      throw refusal(
        "There are no agents called \(name.debugDescription); give --agents surveillance, conformance or none.")
    }
    trades = try arguments.number("trades", in: ReferenceMaking.trades, refusal) ?? ReferenceMaking.standardTrades
    pace = try arguments.number(AgentOptions.pace, in: AgentOptions.paces, refusal) ?? Self.defaultPace
    opensBrowser = !arguments.has("no-browser")
    hasDiagnostics = arguments.has("diagnostics")
  }
}
