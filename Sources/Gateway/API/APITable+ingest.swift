import HTTP
import Identity

extension APITable {
  static let ingest = [
    APIOperation(
      .post, "/ingest/tasks", .may(.submit), "openTask", "Begins a task, for a producer that does not speak A2A.",
      parameters: [
        APIParameter(.header, "Idempotency-Key", "The same as `key`.")
      ],
      body: APIBody(
        "application/json",
        schema: .object([
          APIMember("agent", .string(), "Whose work it is."), .optional("title", .string(), "For lists."),
          .optional("owner", .string(), "Whose task it is; the asker's own where it is not said."),
          .optional("tenant", .string()),
          .optional("id", .string(), "Where it is not said, the gateway finds one."),
          .optional("key", .string(), "The owner's word against opening it twice."),
        ])),
      .json("It is there, and has one record.", opened, status: 201, fields: ["location"]),
      .json("It was opened before with this key.", opened, fields: ["location"]),
      refusals: [
        400: ["bad-body", "bad-task"], 409: ["task-exists", "key-taken"], 413: ["content-too-large"],
        415: ["unsupported-media-type"], 503: ["journal-failed", "journal-away", "draining"], 507: ["journal-full"],
      ]),
    APIOperation(
      .post, "/ingest/tasks/{id}/events", .may(.submit), "publish", "Adds events to a task, all of them or none.",
      parameters: [
        task,
        APIParameter(
          .query, "state", .named("TaskState"),
          "How the task stands afterwards. Where it is not said, A2A events say it themselves."),
        APIParameter(.header, "Producer-Id", "Makes it safe to send again, with the next two."),
        APIParameter(.header, "Producer-Epoch", .integer, "Higher each time that the producer begins anew."),
        APIParameter(.header, "Producer-Seq", .integer, "Number of the first event; an epoch begins with 1."),
      ],
      body: APIBody("application/json", "application/x-ndjson", schema: .object([])),
      .json(
        "They are stored.",
        .object([
          APIMember("task", .string()), APIMember("from", .integer, "`seq` of the first."),
          APIMember("through", .integer, "`seq` of the last."), APIMember("cursor", .cursor),
        ]), status: 201),
      .json(
        "They were stored before.",
        .object([
          APIMember("task", .string()), APIMember("duplicate", .bool),
          APIMember("producerThrough", .integer, "The producer's number of the last that is here."),
        ])),
      refusals: [
        400: ["bad-query", "bad-event", "bad-state", "bad-producer"], 403: ["producer-fenced"], 404: ["not-found"],
        409: ["task-ended", "run-here", "producer-gap", "producer-overlap"],
        413: ["content-too-large", "event-too-large", "too-many-events"], 415: ["unsupported-media-type"],
        503: ["journal-failed", "journal-away", "draining"], 507: ["journal-full"],
      ]),
  ]

  private static let opened = APISchema.object([
    APIMember("id", .string()), APIMember("cursor", .cursor, "Behind its first record."),
  ])
}
