import HTTP
import Identity

extension APITable {
  static let commands = [
    command(
      ":cancel", .cancel, "cancelTask", "Asks the agent of a task to stop.",
      details: """
        The verdict is `stopped`, `refused` with the agent's words, `ignored` (the gateway has ended the task because the agent did not),
        `too-late` or `undelivered`.
        """,
      [why]),
    command(":pause", .cancel, "pauseTask", "Asks the agent of a task to begin nothing new.", [why]),
    command(":resume", .cancel, "resumeTask", "Lets the agent of a paused task go on.", []),
    command(
      ":review", .answer, "reviewTask", "Says what one thinks of what a completed task has come to.",
      details: """
        It is kept behind the end of the task, and its agent does not hear of it. Several may say so, and each may say something else later: all is
        in the journal, and the last word of each counts.
        """,
      [
        APIMember("opinion", .words(APISchemas.reviewOpinions)),
        .optional("why", .string(), "The reason, up to 500 characters. Needed to disagree."),
      ], hasVerdict: false, conflicts: ["nothing-to-review", "command-id-taken", "too-many-commands"]),
    command(
      "/questions/{question}:answer", .answer, "answerQuestion", "Answers a question of a task.",
      details: "One of the three ways. The first answer that fits wins.",
      [
        .optional("values", .anything, "An object with a member for each field of the question."),
        .optional("decline", .bool, "true: there will be no answer."),
        .optional("text", .string(), "For questions without fields."),
      ]),
    command(
      "/questions/{question}:claim", .answer, "claimQuestion", "Says to the others that one is about to answer.", [],
      hasVerdict: false),
    command(
      "/questions/{question}:release", .answer, "releaseQuestion", "Says that one is not any more.", [],
      hasVerdict: false),
    APIOperation(
      .post, "/api/tasks/{id}/messages", .may(.watch), "sendMessage", "Says something to the agent of a task.",
      parameters: [task, wait, key], body: APIBody("application/json", schema: .object([id] + said)),
      .json("It is in the journal, and it is known what came of it.", said202),
      .json("It is in the journal, and on its way.", said202, status: 202),
      refusals: refusals.merging([400: ["bad-query", "bad-body", "bad-task", "bad-command"]]) { $1 }),
    APIOperation(
      .post, "/api/tasks:cancel", .may(.cancel), "cancelTasks", "Asks the agents of many tasks to stop.",
      details: """
        Those that run or wait for a place, at most 1,000, each by a command of its own whose id follows from this one's: repeated, it asks
        no task twice. Tasks of producers are left out.
        """,
      parameters: [key],
      body: APIBody(
        "application/json",
        schema: .object([
          APIMember(
            "filter", .words(CancelFilter.Whose.allCases.map(\.rawValue)), "One's own, or all that one may cancel."),
          .optional("agent", .string(), "Only those of this agent."), why,
          .optional("dryRun", .bool, "true: tells which, and does nothing."), id,
        ])),
      .json("Of a dry run: which they would be.", round), .json("They are asked.", round, status: 202),
      refusals: [
        400: ["bad-query", "bad-body", "bad-command"], 404: ["no-such-agent"], 413: ["content-too-large"],
        415: ["unsupported-media-type"], 503: ["journal-failed", "journal-away", "draining"],
      ]),
  ]

  private static func command(
    _ suffix: String, _ action: Action, _ name: String, _ summary: String, details: String? = nil,
    _ members: [APIMember], hasVerdict: Bool = true, conflicts: [String]? = nil
  ) -> APIOperation {
    let isQuestion = suffix.hasPrefix("/questions")
    var operation = APIOperation(
      .post, "/api/tasks/{id}\(suffix)", .may(action), name, summary, details: details,
      parameters: [task] + (isQuestion ? [question] : []) + [wait, key],
      body: APIBody(
        "application/json", schema: .object([id] + members), isRequired: members.contains { !$0.isOptional }),
      .json(hasVerdict ? "It is known what came of it." : "It is done.", .named("Receipt")),
      refusals: refusals)
    if hasVerdict {
      operation.answers.append(.json("It is in the journal, and on its way.", .named("Receipt"), status: 202))
    }
    if let conflicts { operation.refusals[409] = conflicts }
    if isQuestion {
      operation.refusals[404] = ["not-found", "no-such-question"]
      operation.refusals[409, default: []] += ["question-closed", hasVerdict ? "answered" : "claimed"]
      if hasVerdict { operation.refusals[422] = ["bad-answer"] }
    }
    return operation
  }

  private static let refusals: [Int: [String]] = [
    400: ["bad-query", "bad-body", "bad-command"], 404: ["not-found"],
    409: ["task-ended", "task-waiting", "not-run-here", "command-id-taken", "too-many-commands"],
    413: ["content-too-large"],
    415: ["unsupported-media-type"], 503: ["journal-failed", "journal-away", "draining"], 507: ["journal-full"],
  ]

  private static let question = APIParameter(.path, "question", "Its name in the task, such as `q1`.")
  private static let wait = APIParameter(
    .query, "wait", .integer, "Seconds to wait for what comes of it, 1 to 60. Not waited for where it is not said.")
  private static let key = APIParameter(.header, "Idempotency-Key", "The same as `id`.")
  private static let id = APIMember.optional(
    "id", .string(), "The sender's word for the command: sent again, it is the same one.")
  private static let why = APIMember.optional("why", .string(), "The reason, up to 500 characters.")

  private static let said202 = APISchema.object([
    APIMember("id", .string(), "The command's."), APIMember("task", .string()), APIMember("command", .string()),
    APIMember("seq", .integer, "Of its record in the task."), APIMember("repeated", .bool),
    .optional("verdict", .named("Verdict")), APIMember("streamUrl", .string(), "Where the answer comes."),
  ])

  private static let round = APISchema.object([
    APIMember("dryRun", .bool), APIMember("count", .integer, "Of the tasks."),
    APIMember(
      "tasks",
      .array(
        of: .object([
          APIMember("id", .string()), APIMember("title", .string()), APIMember("agent", .string()),
          APIMember("owner", .string()), APIMember("state", .named("TaskState")),
        ]))),
    .optional("more", .bool, "true: there are others, which one round has no room for."),
    .optional("receipts", .array(of: .named("Receipt")), "Not of a dry run."),
    .optional(
      "refused",
      .array(
        of: .object([APIMember("task", .string()), APIMember("code", .string()), APIMember("message", .string())])),
      "Those that were not taken, and why."),
  ])
}
