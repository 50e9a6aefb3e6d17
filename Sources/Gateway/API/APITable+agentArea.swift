import HTTP
import Identity

// AgentArea's API. Its documents are told in docs/agentarea.md; here stands what there is, and how it is refused.
extension APITable {
  static let agentArea = [
    APIOperation(
      .get, AgentAreaEndpoints.path, .known, "agentAreaListAgents", "AgentArea: the agents that one may know of.",
      .json("All of them.", .array(of: areaAgent))),
    APIOperation(
      .get, "\(AgentAreaEndpoints.path)/{agent}", .known, "agentAreaGetAgent", "AgentArea: an agent.",
      parameters: [areaAgentName], .json("The agent.", areaAgent), refusals: [404: ["no-such-agent"]]),
    APIOperation(
      .get, "\(AgentAreaEndpoints.path)/{agent}/tasks", .may(.watch), "agentAreaListTasks",
      "AgentArea: the agent's tasks, newest first.",
      parameters: [areaAgentName, APIParameter(.query, "limit", .integer, "1 to 100; 50 where it is not said.")],
      .json(
        "The tasks.",
        .object([APIMember("tasks", .array(of: areaTask)), APIMember("total", .integer, "Of those here.")])),
      refusals: [400: ["bad-query"], 404: ["no-such-agent"]]),
    APIOperation(
      .post, "\(AgentAreaEndpoints.path)/{agent}/tasks", .may(.submit), "agentAreaCreateTask",
      "AgentArea: has the agent do something.",
      details: """
        With `enable_streaming` false it answers at the end, with all events. With Accept: text/event-stream the answer is the stream.
        """,
      parameters: [
        areaAgentName, APIParameter(.header, "Idempotency-Key", "The sender's word against beginning it twice."),
      ],
      body: APIBody(
        "application/json",
        schema: .object([
          APIMember("description", .string(), "What is to be done."),
          .optional("user_id", .string(), "Told to the agent. The task is whose credential begins it."),
          .optional("enable_streaming", .bool, "The same as in `task_parameters`."),
          .optional(
            "task_parameters", .anything, "`enable_streaming`, `model`, `instructions`, and what the agent knows."),
        ])),
      .json("It has begun.", areaTask, status: 201, fields: ["location"]),
      .json("It has ended, or was begun before with this key.", areaTask, fields: ["location"]),
      refusals: [
        400: ["bad-body", "bad-task"], 404: ["no-such-agent"], 409: ["key-taken"], 413: ["content-too-large"],
        415: ["unsupported-media-type"],
        503: ["agent-quarantined", "too-much-work", "journal-failed", "journal-away", "draining"],
        507: ["journal-full"],
      ]),
    APIOperation(
      .post, "\(AgentAreaEndpoints.taskPath)/execute", .may(.watch), "agentAreaExecute",
      "AgentArea: says something more to the agent of a task.", parameters: areaTaskPath,
      body: APIBody(
        "application/json",
        schema: .object([
          APIMember("query", .string(), "What is said."), .optional("enable_streaming", .bool),
        ])),
      .json("It is on its way.", areaTask, status: 202, fields: ["location"]),
      .json("The task has ended.", areaTask, fields: ["location"]),
      refusals: areaCommandRefusals),
    reading("", "agentAreaGetTask", "AgentArea: a task.", .json("The task.", areaTask)),
    reading("/status", "agentAreaGetStatus", "AgentArea: how a task stands.", .json("Its state.", .anything)),
    reading(
      "/response", "agentAreaGetResponse", "AgentArea: what a task has come to.",
      .json("Its final response and artifacts; null and none before the end.", .anything)),
    reading(
      "/events", "agentAreaListEvents", "AgentArea: a page of a task's events.",
      asking: [
        APIParameter(.query, "page", .integer, "From 1."),
        APIParameter(.query, "page_size", .integer, "1 to 100; 20 where it is not said."),
        APIParameter(.query, "event_type", "Only events of this type."),
      ],
      .json(
        "The page.",
        .object([
          APIMember("events", .array(of: .anything)), APIMember("total", .integer), APIMember("page", .integer),
          APIMember("page_size", .integer), APIMember("has_next", .bool),
        ])),
      refusals: [400: ["bad-query"]]),
    reading(
      "/events/stream", "agentAreaStream", "AgentArea: a task's events, history first, until its end.",
      APIAnswer(200, "Server-sent events.", type: "text/event-stream", .anything),
      refusals: [400: ["bad-query", "bad-cursor"], 503: ["draining", "try-later"]]),
    commanding(.post, "/pause", "agentAreaPause", "AgentArea: has the agent begin nothing new."),
    commanding(.post, "/resume", "agentAreaResume", "AgentArea: has the agent go on."),
    commanding(.delete, "", "agentAreaCancel", "AgentArea: cancels a task."),
  ]

  private static func reading(
    _ behind: String, _ name: String, _ summary: String, asking parameters: [APIParameter] = [], _ answer: APIAnswer,
    refusals: [Int: [String]] = [:]
  ) -> APIOperation {
    APIOperation(
      .get, AgentAreaEndpoints.taskPath + behind, .may(.watch), name, summary, parameters: areaTaskPath + parameters,
      answer, refusals: refusals.merging([404: ["not-found"]]) { $0 + $1 })
  }

  private static func commanding(
    _ method: HTTPMethod, _ behind: String, _ name: String, _ summary: String
  ) -> APIOperation {
    APIOperation(
      method, AgentAreaEndpoints.taskPath + behind, .may(.cancel), name, summary, parameters: areaTaskPath,
      .json("It is known what came of it.", areaVerdict), .json("It is on its way.", areaVerdict, status: 202),
      refusals: areaCommandRefusals)
  }

  private static let areaCommandRefusals: [Int: [String]] = [
    400: [
      "bad-body", "bad-task", "task-ended", "task-waiting", "not-run-here", "too-many-commands", "wrong-state",
    ],
    404: ["not-found", "task-ended", "wrong-state"],
    409: ["task-ended", "task-waiting", "not-run-here", "too-many-commands"], 413: ["content-too-large"],
    415: ["unsupported-media-type"], 503: ["journal-failed", "journal-away", "draining"], 507: ["journal-full"],
  ]

  private static let areaAgentName = APIParameter(.path, "agent", "Its name.")
  private static let areaTaskPath = [areaAgentName, APIParameter(.path, "task", "Its id.")]

  private static let areaAgent = APISchema.object([
    APIMember("id", .string(), "The agent's name at this gateway."), APIMember("name", .string(), "By its card."),
    APIMember("description", .string()), APIMember("status", .words(["active", "inactive", "error"])),
    .optional("version", .string()),
  ])

  private static let areaTask = APISchema.object([
    APIMember("id", .string()), APIMember("agent_id", .string()), APIMember("execution_id", .string(), "The id."),
    APIMember("title", .string()), APIMember("description", .string()), APIMember("user_id", .string(), "Its owner."),
    APIMember("status", .words(AgentAreaStatus.allCases.map(\.rawValue))),
    APIMember("result", .anything, "A text at the end; null before."),
    APIMember("error", .anything, "A text where it has failed; null otherwise."),
    APIMember("created_at", .time), APIMember("updated_at", .time),
    .optional("events_url", .string()), .optional("stream_url", .string()),
    .optional("events", .array(of: .anything), "Where the answer waited for the end."),
    .optional("complete", .bool, "Whether these are all events."),
  ])

  private static let areaVerdict = APISchema.object([
    APIMember("task_id", .string()), APIMember("command", .string()),
    APIMember("status", .string(), "The verdict, or `requested`."), .optional("message", .string()),
  ])
}
