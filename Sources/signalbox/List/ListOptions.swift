import A2A
import HTTP

/// What `signalbox list` was asked for.
struct ListOptions: Sendable, Equatable {
  private static let state = "state"
  private static let running = "running"
  private static let ended = "ended"
  private static let agent = "agent"
  private static let owner = "owner"
  private static let text = "text"
  private static let limit = "limit"
  private static let json = "json"
  private static let defaultLimit = 50
  private static let mostTasks = 100_000

  static let specifications: [OptionSpecification] =
    [
      .value(
        state, "STATE",
        "Only tasks in this state: \(TaskState.words.joined(separator: ", ")). May be given more than once.",
        isRepeated: true),
      .flag(running, "Only tasks that have not ended."),
      .flag(ended, "Only tasks that have ended."),
      .value(agent, "NAME", "Only tasks of this agent."),
      .value(owner, "NAME", "Only tasks of this owner."),
      .value(text, "TEXT", "Only tasks with this in their title or id, capitals or not."),
      .value(limit, "N", "At most so many, 1 to \(mostTasks). Default: \(defaultLimit)."),
      .flag(json, "Prints one JSON object a line for each task, as the gateway describes it."),
    ] + GatewayOptions.specifications

  let gateway: GatewayOptions
  /// Those of the query, in its order; none of them is about pages.
  let filters: [QueryItem]
  let limit: Int
  let printsJSON: Bool

  init(_ arguments: ParsedArguments, _ command: CommandSpecification) throws(UsageError) {
    func refusal(_ message: String) -> UsageError { UsageError(message: message, invocation: command.invocation) }
    gateway = try GatewayOptions(arguments, command)
    var filters: [QueryItem] = []
    let states = arguments.values(Self.state)
    for name in states where !TaskState.words.contains(name) {
      let hint = Suggestion.nearest(to: name, among: TaskState.words).map { "Did you mean \($0)?" }
      throw refusal(
        "There is no state \(name.debugDescription). \(hint ?? "There are: \(TaskState.words.joined(separator: ", ")).")"
      )
    }
    if !states.isEmpty { filters.append(QueryItem(name: "state", value: states.joined(separator: ","))) }
    switch (arguments.has(Self.running), arguments.has(Self.ended)) {
    case (false, false): break
    case (true, true): throw refusal("The options --running and --ended leave nothing together. Give one or none.")
    case (let running, _): filters.append(QueryItem(name: "final", value: running ? "false" : "true"))
    }
    for name in [Self.agent, Self.owner, Self.text] {
      guard let value = arguments.value(name) else { continue }
      guard !value.isEmpty else { throw refusal("The option --\(name) needs a value.") }
      filters.append(QueryItem(name: name, value: value))
    }
    let limitText = arguments.value(Self.limit) ?? String(Self.defaultLimit)
    guard let limit = Int(limitText), (1...Self.mostTasks).contains(limit) else {
      throw refusal(
        "The option --limit must be a whole number from 1 to \(Self.mostTasks), not \(limitText.debugDescription).")
    }
    self.filters = filters
    self.limit = limit
    printsJSON = arguments.has(Self.json)
  }
}
