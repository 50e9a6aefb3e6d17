/// What every command about tasks that are there is asked for.
struct CommandOptions: Sendable, Equatable {
  private static let wait = "wait"
  private static let id = "id"
  private static let json = "json"
  static let defaultWait = 120
  /// What is only asked is answered at once, or not at all.
  static let answerWait: Duration = .seconds(30)

  static let specifications: [OptionSpecification] =
    [
      .flag(
        wait, orValue: "SECONDS",
        "Waits for what comes of it, and ends with its code. Default: \(defaultWait) seconds at most."),
      .value(id, "ID", "The command's own name: the same one again is done once. Default: a new one."),
      .flag(json, "Prints what the gateway says, one JSON object a line."),
    ] + GatewayOptions.specifications

  let gateway: GatewayOptions
  /// Nil: it ends when the gateway has it.
  let wait: Duration?
  /// Nil: one is found.
  let id: String?
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    gateway = try GatewayOptions(arguments, command)
    switch arguments.value(Self.wait) {
    case nil: wait = nil
    case "": wait = .seconds(Self.defaultWait)
    case let text?:
      guard let seconds = Int(text), (1...86_400).contains(seconds) else {
        throw refusal(
          "The option --wait must be a whole number of seconds, 1 to 86400, not \(text.debugDescription).")
      }
      wait = .seconds(seconds)
    }
    id = arguments.value(Self.id)
    if let id, !CommandID.isOne(id) {
      throw refusal("The option --id needs 1 to 128 printable ASCII characters without a space.")
    }
    printsJSON = arguments.has(Self.json)
  }

  /// How long all of it may take.
  var patience: Duration { wait ?? Self.answerWait }

  /// The ids of tasks, as they were typed.
  static func tasks(
    _ words: [String], _ command: CommandSpecification, id: String?
  ) throws(UsageError) -> [String] {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    guard words.allSatisfy({ !$0.isEmpty }) else { throw refusal("The id of a task is empty.") }
    guard Set(words).count == words.count else { throw refusal("A task is named twice.") }
    guard words.count <= 1000 else { throw refusal("At most 1000 tasks go together, and here are \(words.count).") }
    if id != nil, words.count > 1 { throw refusal("The option --id names one command, and here are several.") }
    return words
  }
}
