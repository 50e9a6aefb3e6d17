import HTTP
import Identity

extension APITable {
  static let work = [
    APIOperation(
      .post, "/api/tasks", .may(.submit), "submitTask", "Has an agent do something.",
      details: """
        It is in the journal when this answers; its agent hears of it as soon as there is a place. Closing a stream never cancels it.
        """,
      parameters: [APIParameter(.header, "Idempotency-Key", "The same as `key`.")],
      body: APIBody(
        "application/json",
        schema: .object(
          [
            .optional("agent", .string(), "Its name; the default one's where it is not said."),
            .optional("title", .string(), "For lists; the name of its file or its beginning where it is not said."),
            .optional("key", .string(), "The sender's word against beginning it twice."),
            .optional("acceptedOutputModes", .array(of: .string()), "Media types that the sender takes."),
          ] + said)),
      .json("It has begun.", begun, status: 201, fields: ["location"]),
      .json("It was begun before with this key.", begun, fields: ["location"]),
      refusals: [
        400: ["bad-body", "bad-task"], 404: ["no-such-agent"], 409: ["key-taken"], 413: ["content-too-large"],
        415: ["unsupported-media-type"],
        503: ["agent-quarantined", "too-much-work", "journal-failed", "journal-away", "draining"],
        507: ["journal-full"],
      ]),
    APIOperation(
      .post, "/api/analyze", .may(.submit), "analyze", "Has an agent look at an alert.",
      details: "A form with the alert as `alert` or `file`, and perhaps `agent`; or the alert as it is.",
      parameters: [
        APIParameter(.query, "agent", "Its name; the default one's where it is not said."),
        APIParameter(.header, "Idempotency-Key", "The sender's word against beginning it twice."),
      ],
      body: APIBody("multipart/form-data", "application/xml", "text/xml", "application/json", schema: .anything),
      .json(
        "The task has begun.",
        .object([
          APIMember("task_id", .string()), APIMember("stream_url", .string(), "Its server-sent events."),
          APIMember("ws_url", .string(), "Where WebSockets are opened."),
        ])),
      refusals: [
        400: ["bad-query", "bad-body", "no-alert", "bad-task"], 404: ["no-such-agent"], 409: ["key-taken"],
        413: ["content-too-large"], 415: ["unsupported-media-type"],
        503: ["agent-quarantined", "too-much-work", "journal-failed", "journal-away", "draining"],
        507: ["journal-full"],
      ]),
  ]

  static let said: [APIMember] = [
    .optional(
      "message", .anything,
      "A2A's: `parts`, and where wanted `contextId`, `messageId`, `metadata`, `extensions`, `referenceTaskIds`."),
    .optional("text", .string(), "Instead of `message`: one of a single part."),
  ]

  private static let begun = APISchema.object([
    APIMember("id", .string()),
    APIMember("context", .string(), "The conversation that it belongs to: `contextId` of further messages."),
    APIMember("cursor", .cursor, "Behind its first records."),
    APIMember("streamUrl", .string(), "Its server-sent events."),
  ])
}
