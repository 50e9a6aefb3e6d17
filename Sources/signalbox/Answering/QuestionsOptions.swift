/// What `signalbox questions` was asked for.
struct QuestionsOptions: Sendable, Equatable {
  private static let task = "task"
  private static let agent = "agent"
  private static let follow = "follow"
  private static let json = "json"

  static let specifications: [OptionSpecification] =
    [
      .value(task, "TASK", "Only questions of this task."), .value(agent, "NAME", "Only questions of this agent."),
      .flag(follow, "Then shows what is asked, answered and over, until it is stopped."),
      .flag(json, "Prints one JSON object a line for each question, as the gateway describes it."),
    ] + GatewayOptions.specifications

  let gateway: GatewayOptions
  let task: String?
  let agent: String?
  let follows: Bool
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    gateway = try GatewayOptions(arguments, command)
    for name in [Self.task, Self.agent] where arguments.value(name)?.isEmpty == true {
      throw UsageError(message: "The option --\(name) needs a value.", invocation: command.invocation)
    }
    task = arguments.value(Self.task)
    agent = arguments.value(Self.agent)
    follows = arguments.has(Self.follow)
    printsJSON = arguments.has(Self.json)
  }

  func takes(_ question: OpenQuestion) -> Bool {
    (task == nil || task == question.task) && (agent == nil || agent == question.agent)
  }
}
