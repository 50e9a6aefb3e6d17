/// What `signalbox tail` was asked for.
struct TailOptions: Sendable, Equatable {
  private static let all = "all"
  private static let after = "after"
  private static let json = "json"
  private static let patience = "patience"
  private static let defaultPatience = 600
  /// As many as the gateway shows on one stream.
  private static let mostTasks = 100

  static let specifications: [OptionSpecification] =
    [
      .flag(all, "Follows every task that the policy lets this principal watch, from now on."),
      .value(
        after, "CURSOR",
        "Where to begin: behind this cursor, as an earlier tail, list --json or an event's id gave it; earliest; or latest. "
          + "Default: the beginning of a named task, and latest with --all."),
      .flag(json, "Prints the records as the gateway sends them, one JSON object a line, and draws no bar."),
      .value(
        patience, "SECONDS",
        "How long to try to come back after the connection is lost. Default: \(defaultPatience)."),
    ] + GatewayOptions.specifications

  /// What goes to standard output.
  enum Printing: Sendable, Equatable {
    /// A line or more for each record, for people.
    case text
    /// Each record as one line of JSON.
    case records
    /// Nothing but the task as it ended, with its artifacts, as one line of JSON.
    case task
  }

  let gateway: GatewayOptions
  let target: TailTarget
  let after: String?
  let printing: Printing
  let patience: Duration

  /// One task from its beginning, with what is usual.
  init(_ gateway: GatewayOptions, task: String, printing: Printing) {
    self.gateway = gateway
    target = .tasks([task])
    after = nil
    self.printing = printing
    patience = .seconds(Self.defaultPatience)
  }

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    gateway = try GatewayOptions(arguments, command)
    let words = arguments.words
    switch (words.isEmpty, arguments.has(Self.all)) {
    case (true, true): target = .all
    case (false, false): target = .tasks(words)
    case (true, false): throw refusal("What is to be followed is missing. Give the id of a task, or --all.")
    case (false, true): throw refusal("The option --all follows all tasks already. Give it, or ids of tasks.")
    }
    guard words.allSatisfy({ !$0.isEmpty }) else { throw refusal("The id of a task is empty.") }
    guard Set(words).count == words.count else { throw refusal("A task is named twice.") }
    guard words.count <= Self.mostTasks else {
      throw refusal("A gateway shows at most \(Self.mostTasks) tasks on one stream, and here are \(words.count).")
    }
    after = arguments.value(Self.after)
    guard after != "" else { throw refusal("The option --after needs a cursor, earliest or latest.") }
    printing = arguments.has(Self.json) ? .records : .text
    let text = arguments.value(Self.patience) ?? String(Self.defaultPatience)
    guard let seconds = Int(text), (0...31_536_000).contains(seconds) else {
      throw refusal(
        "The option --patience must be a whole number of seconds, 0 to 31536000, not \(text.debugDescription).")
    }
    patience = .seconds(seconds)
  }
}
