/// What `signalbox watch` was asked for.
struct WatchOptions: Sendable, Equatable {
  private static let agent = "agent"
  private static let mine = "mine"
  private static let json = "json"

  static let specifications: [OptionSpecification] =
    [
      .value(agent, "NAME", "Only tasks of this agent."),
      .flag(mine, "Only tasks that are this principal's own."),
      .flag(json, "Prints the records as the gateway sends them, one JSON object a line, instead of the table."),
    ] + GatewayOptions.specifications

  let gateway: GatewayOptions
  let agent: String?
  let onlyMine: Bool
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    gateway = try GatewayOptions(arguments, command)
    agent = arguments.value(Self.agent)
    if agent == "" { throw UsageError(message: "The option --agent needs a value.", invocation: command.invocation) }
    onlyMine = arguments.has(Self.mine)
    printsJSON = arguments.has(Self.json)
  }
}
