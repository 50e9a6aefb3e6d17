import HTTP
import Identity

extension APITable {
  static let questions = [
    APIOperation(
      .get, "/api/questions", .may(.watch), "listQuestions",
      "The questions that wait for an answer, of all tasks that one may watch, oldest first.",
      parameters: [
        APIParameter(.query, "agent", "Only those of this agent."),
        APIParameter(.query, "before", "The `next` of the page before."),
        APIParameter(.query, "limit", .integer, "How many, 1 to 200. Default 50."),
      ],
      .json(
        "One page.",
        .object([
          APIMember("questions", .array(of: .named("OpenQuestion"))),
          .optional("next", .string(), "The `before` of the next page; missing on the last one."),
          APIMember("cursor", .cursor, "A stream from here misses nothing that the list does not show."),
        ])),
      refusals: [400: ["bad-query", "bad-cursor"], 503: ["journal-failed", "journal-away", "draining"]]),
    APIOperation(
      .get, "/api/tasks/{id}/questions", .may(.watch), "listTaskQuestions",
      "All questions of a task, with how they were closed.", parameters: [task],
      .json(
        "All of them, in the order in which they were asked.",
        .object([
          APIMember("questions", .array(of: taskQuestion)),
          APIMember("cursor", .cursor, "Where a stream of the task goes on behind what is written here."),
        ])),
      refusals: [404: ["not-found"], 503: ["journal-failed", "journal-away", "draining"]]),
  ]

  private static let taskQuestion = APISchema.object(
    APISchemas.asked + [
      APIMember("state", .words(["open", "closed"])),
      .optional("how", .words(QuestionEnd.How.allCases.map(\.rawValue)), "How it was closed."),
      .optional("closed", .time, "When."), .optional("by", .string(), "Who has answered."),
      .optional("why", .string(), "A sentence, where there is more to say."),
    ])
}

extension APISchemas {
  /// What is known of a question wherever it is shown.
  static let asked = [
    APIMember("question", .string(), "Its name in its task: `q1`, `q2`, and so on."),
    APIMember("kind", .words(["input", "auth"]), "`auth`: the agent waits for a permission that is given elsewhere."),
    APIMember("text", .string(), "For readers who see text only."),
    .optional(
      "form", .anything, "`prompt`, `why`, `deadline`, `onExpiry`, `fields`, `allow`; none: any text is an answer."),
    .optional("deadline", .time, "Until then an answer counts."), APIMember("asked", .time),
    .optional("claimedBy", .string(), "Who has said that an answer comes. Others may answer all the same."),
    .optional("claimedUntil", .time, "When that is over."),
  ]

  static let openQuestion = APISchema.object(
    [
      APIMember("task", .string()), APIMember("title", .string()), APIMember("agent", .string()),
      APIMember("owner", .string()),
    ] + asked + [APIMember("mayAnswer", .bool, "Whoever asks may answer it.")])
}
