/// What `signalbox drain` was asked for.
struct DrainOptions: Sendable, Equatable {
  static let specifications: [OptionSpecification] =
    AdminOptions.specifications + [
      .flag("plan", "Says what it would be like, and changes nothing."),
      .value(
        "at", "STREAMS",
        "Streams that are sent away in a second, such as 300; 0 sends all away at once. Default: streams.leavePerSecond of the gateway."
      ),
      .value("streams", "N", "With --plan: for so many open streams, instead of those that there are."),
      .value(
        "admit", "STREAMS",
        "With --plan: so many streams a second open the gateways that take them in, all together (their streams.admitPerSecond). "
          + "Default: 0, as many as come."),
      .flag("json", "Prints one JSON object."),
    ]

  let gateway: AdminOptions
  let isPlan: Bool
  let rate: Int?
  let streams: Int?
  let admit: Int?
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    gateway = try AdminOptions(arguments, command)
    isPlan = arguments.has("plan")
    printsJSON = arguments.has("json")
    rate = try arguments.number("at", in: 0...1_000_000, refusal)
    streams = try arguments.number("streams", in: 0...10_000_000, refusal)
    admit = try arguments.number("admit", in: 0...1_000_000, refusal)
    if admit != nil, !isPlan {
      throw refusal(
        "The option --admit is for --plan: the gateways that take the streams in have settings of their own.")
    }
    if streams != nil, !isPlan {
      throw refusal("The option --streams is for --plan: whoever really goes is known to the gateway.")
    }
  }
}
