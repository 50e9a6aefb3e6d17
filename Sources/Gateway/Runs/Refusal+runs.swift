import A2A
import HTTP
import Journal

// Why no task is begun, or nothing can be said to one.
extension Refusal {
  /// For an agent that is not there, and for one that is not for this asker: nobody can tell which.
  static let noSuchAgent = Refusal(
    .notFound, "There is no such agent, or it is not for you. GET /api/agents lists those that are.",
    code: "no-such-agent")
  static let noAgentNamed = Refusal(
    .badRequest, "The task names no agent, and there is no default one. Name one of those that GET /api/agents lists.",
    code: "bad-task")
  static let noMessageParts = Refusal(
    .badRequest, "The message has no part, so the agent would have nothing to do. Send at least one.", code: "bad-task")

  /// - Parameter fault: a sentence, in printable ASCII.
  static func quarantined(_ agent: String, _ fault: String) -> Refusal {
    Refusal(
      .serviceUnavailable,
      "The agent \(agent) is given no tasks at the moment. \(fault)",
      code: "agent-quarantined", fields: HTTPFields([("retry-after", "30")]))
  }

  static func tooMuchWork(waiting: Int) -> Refusal {
    Refusal(
      .serviceUnavailable,
      "\(waiting) tasks wait for a place already, and more may not. Nothing was begun; try again later.",
      code: "too-much-work", fields: HTTPFields([("retry-after", "10")]))
  }

  static let endingNow = Refusal(
    .serviceUnavailable, "The gateway is going away and begins no tasks. Try again a little later.", code: "draining",
    fields: HTTPFields([("retry-after", "5")]))
  /// Neither is the task lost nor anything that is wanted of it: another gateway has it in a moment, or this one again.
  static let runMoving = Refusal(
    .serviceUnavailable,
    "Work moves from one gateway to another at the moment. Nothing was done; try again a little later.",
    code: "journal-away", fields: HTTPFields([("retry-after", "2")]))
  static let submitKeyTaken = Refusal(
    .conflict, "A task of another kind was begun with this key, and it is not for you. Send another key.",
    code: "key-taken")
  static let notRunHere = Refusal(
    .conflict, "The task is published by a producer and not run by this gateway, so nothing can be asked of it here.",
    code: "not-run-here")
  static let commandIDTaken = Refusal(
    .conflict, "You have given this task another command under the same id. Send another id.", code: "command-id-taken")
  static let tooManyCommands = Refusal(
    .conflict,
    "The task was given \(RunCommands.limit) commands, and no more are taken but to cancel it. Begin another task.",
    code: "too-many-commands")
  static let notYetAtAgent = Refusal(
    .conflict, "The agent has not told of the task yet. Try again when it has begun.", code: "task-waiting",
    fields: HTTPFields([("retry-after", "5")]))
  static let noSuchQuestion = Refusal(
    .notFound, "There is no such question in this task. GET /api/tasks/ID/questions lists them.",
    code: "no-such-question")
  static let stillWaiting = Refusal(
    .conflict, "The task still waits for a place at its agent, so nobody is there to be told. Try again once it runs.",
    code: "task-waiting", fields: HTTPFields([("retry-after", "5")]))

  static func ended(_ state: TaskState?) -> Refusal {
    let how = state.map { " as \($0.word)" } ?? ""
    return Refusal(
      .conflict, "The task has ended\(how), so its agent hears no more of it. Begin another.", code: "task-ended")
  }
}
