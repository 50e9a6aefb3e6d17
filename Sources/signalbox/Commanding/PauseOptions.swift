/// What `signalbox pause` and `signalbox resume` were asked for.
struct PauseOptions: Sendable, Equatable {
  private static let why = "why"

  static let pauseSpecifications: [OptionSpecification] =
    [.value(why, "TEXT", "Why; the agent is told, and it stands in the task's record.")] + CommandOptions.specifications

  let common: CommandOptions
  let tasks: [String]
  let why: String?

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    common = try CommandOptions(arguments, command)
    tasks = try CommandOptions.tasks(arguments.words, command, id: common.id)
    why = arguments.value(Self.why)
    if why == "" { throw UsageError(message: "The option --why needs a value.", invocation: command.invocation) }
  }
}

/// `signalbox pause` and `signalbox resume`.
struct PauseCommand: Sendable {
  let options: PauseOptions
  let resumes: Bool

  func run() async throws {
    let requests = options.tasks.map { task in
      ControlRequest(
        id: options.common.id ?? CommandID.make(),
        act: resumes ? .resume(task: task) : .pause(task: task, why: options.why))
    }
    try await CommandRunner(options: options.common).run(requests)
  }
}
