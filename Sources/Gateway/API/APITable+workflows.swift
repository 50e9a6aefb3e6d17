import HTTP
import Identity

extension APITable {
  static let workflows = [
    APIOperation(
      .post, "/chat", .may(.submit), "chat", "Says something to the agent for conversations, and streams what it does.",
      details: """
        The agent is the one of work.chatAgent. The answer is a stream of server-sent events without names, whose data have a `type`: \
        workflow_started, agent_thinking, reasoning_step, tool_start, tool_end, heartbeat, and workflow_completed or workflow_error at \
        the end. Closing it ends nothing: the task goes on, and GET /api/workflows/{id} has it.
        """,
      parameters: [APIParameter(.header, "Idempotency-Key", "The same as `key`.")],
      body: APIBody(
        "application/json",
        schema: .object([
          APIMember("message", .string(), "What is asked or said; at most 32,768 characters."),
          .optional(
            "workflow_id", .string(),
            "An earlier one: at work, it hears the message, as the answer to its question if it has one; behind its end, a new "
              + "one begins in the same conversation."),
          .optional("key", .string(), "The sender's word against saying it twice."),
        ])),
      .events("The workflow, from its beginning on, or from what was said on."),
      refusals: [
        400: ["bad-query", "bad-body", "bad-task", "bad-cursor", "bad-command"], 404: ["no-such-agent", "not-found"],
        409: [
          "key-taken", "command-id-taken", "task-ended", "task-waiting", "too-many-commands", "not-run-here",
          "question-closed", "answered",
        ],
        413: ["content-too-large"], 415: ["unsupported-media-type"], 422: ["bad-answer"],
        503: ["agent-quarantined", "too-much-work", "journal-failed", "journal-away", "draining"],
        507: ["journal-full"],
      ]),
    APIOperation(
      .get, "/api/workflows/{id}", .may(.watch), "getWorkflow", "A task as a workflow, with its chain of reasoning.",
      parameters: [workflow], .json("The workflow.", document),
      refusals: [400: ["bad-query"], 404: ["not-found"], 503: ["journal-failed", "journal-away", "draining"]]),
    APIOperation(
      .get, "/api/workflows/{id}/status", .may(.watch), "getWorkflowStatus", "How a workflow stands.",
      parameters: [workflow],
      .json(
        "How it stands.",
        .object(standing + [APIMember("has_final_response", .bool, "There is an answer.")])),
      refusals: [400: ["bad-query"], 404: ["not-found"], 503: ["journal-failed", "journal-away", "draining"]]),
  ]

  private static let workflow = APIParameter(.path, "id", "The workflow: `wf_` and the task's id, or the task's id.")

  private static let standing = [
    APIMember("workflow_id", .string()), APIMember("status", .words(WorkflowStatus.words)),
    APIMember("created_at", .time), APIMember("updated_at", .time),
  ]

  private static let document = APISchema.object(
    standing + [
      APIMember("state", .named("TaskState")), APIMember("agent_type", .string(), "The agent's name."),
      .optional("initial_prompt", .string(), "What it was begun with; not before it is at work."),
      APIMember(
        "reasoning_chain",
        .array(
          of: .object([
            APIMember("timestamp", .time), APIMember("step_id", .string()), APIMember("thought", .string()),
            .optional("action", .string()), .optional("action_input", .anything), APIMember("step_number", .integer),
          ])), "The latest 1,000 steps."),
      APIMember(
        "tool_calls",
        .array(
          of: .object([
            APIMember("tool_name", .string()), .optional("tool_call_id", .string()),
            APIMember("tool_input", .anything), .optional("description", .string()), APIMember("started_at", .time),
            .optional("tool_output", .string(), "At most 500 characters."), .optional("success", .bool),
            .optional("error_message", .string()), .optional("execution_time_ms", .integer),
          ])), "The latest 1,000; without `success`, one that has not ended."),
      APIMember("tools_used", .array(of: .string()), "Each once."), APIMember("total_steps", .integer),
      .optional("final_response", .string(), "Of one that is completed."),
      .optional("error_message", .string(), "Of one that has failed."), .optional("error_type", .string()),
      .optional("recovery_suggestion", .string()), .optional("partial_response", .string()),
      .optional("execution_time_ms", .integer),
    ])
}
