/// What `signalbox cancel` was asked for.
struct CancelOptions: Sendable, Equatable {
  private static let allMine = "all-mine"
  private static let allRunning = "all-running"
  private static let agent = "agent"
  private static let rehearsal = "dry-run"
  private static let yes = "yes"
  private static let why = "why"

  static let specifications: [OptionSpecification] =
    [
      .flag(allMine, "Cancels every running task that is this principal's own."),
      .flag(allRunning, "Cancels every running task that the policy lets this principal cancel."),
      .value(agent, "NAME", "With either: only tasks of this agent."),
      .flag(rehearsal, "With either: says what would be cancelled, and cancels nothing."),
      .flag(yes, "With either: does not ask. Needed where there is no terminal to ask on."),
      .value(why, "TEXT", "Why; the agent is told, and it stands in the task's record."),
    ] + CommandOptions.specifications

  enum Target: Sendable, Equatable {
    case tasks([String])
    case many(TaskFilter, agent: String?)
  }

  /// Which tasks are meant where none is named.
  enum TaskFilter: String, Sendable, Equatable {
    case mine
    case all
  }

  let common: CommandOptions
  let target: Target
  let isRehearsal: Bool
  let isSure: Bool
  let why: String?

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    common = try CommandOptions(arguments, command)
    for name in [Self.agent, Self.why] where arguments.value(name)?.isEmpty == true {
      throw refusal("The option --\(name) needs a value.")
    }
    isRehearsal = arguments.has(Self.rehearsal)
    isSure = arguments.has(Self.yes)
    why = arguments.value(Self.why)
    let words = try CommandOptions.tasks(arguments.words, command, id: common.id)
    let filter: TaskFilter?
    switch (arguments.has(Self.allMine), arguments.has(Self.allRunning)) {
    case (false, false): filter = nil
    case (true, false): filter = .mine
    case (false, true): filter = .all
    case (true, true): throw refusal("The option --all-running takes in --all-mine. Give one of them.")
    }
    switch (words.isEmpty, filter) {
    case (true, nil):
      throw refusal("What is to be cancelled is missing. Give the id of a task, --all-mine or --all-running.")
    case (false, .some): throw refusal("Ids of tasks go without --all-mine and --all-running. Give one or the other.")
    case (true, let filter?): target = .many(filter, agent: arguments.value(Self.agent))
    case (false, nil):
      for name in [Self.agent, Self.rehearsal, Self.yes] where arguments.has(name) {
        throw refusal("The option --\(name) goes with --all-mine or --all-running.")
      }
      target = .tasks(words)
    }
  }
}
