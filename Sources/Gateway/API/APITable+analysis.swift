import HTTP
import Identity

extension APITable {
  static let analysis = [
    APIOperation(
      .get, "/api/status/{id}", .may(.watch), "analysisStatus", "How an analysis stands, for who asks once.",
      parameters: [task],
      .json(
        "As it stands.",
        .object([
          APIMember("task_id", .string()), APIMember("status", .words(["processing", "complete", "error"])),
          APIMember("state", .named("TaskState")), APIMember("message", .string(), "What its agent said last."),
          APIMember("final", .bool), APIMember("updated", .time, "Time of the last record."),
          .optional(
            "progress",
            .object([
              APIMember("event_type", .string(), "As agents report it: `tool_progress` and others."),
              .optional("tool_name", .string()), .optional("step", .integer), .optional("total", .integer),
              .optional("message", .string()),
            ]), "What its agent reported last, as long as it works."),
          .optional("alert_id", .string()), .optional("alert_type", .string()),
          .optional("decision", .anything, "Once it has ended with one: the artifact `decision`."),
          APIMember("stream_url", .string(), "Its server-sent events."),
        ])),
      refusals: [400: ["bad-query"], 404: ["not-found"], 503: ["journal-failed", "journal-away", "draining"]]),
    download("json", "downloadDecision", "The decision as a file.", type: "application/json"),
    download("html", "downloadReport", "The report as a file.", type: "text/html"),
  ]

  private static func download(_ kind: String, _ name: String, _ summary: String, type: String) -> APIOperation {
    APIOperation(
      .get, "/api/download/{id}/\(kind)", .may(.watch), name, summary,
      parameters: [task, APIParameter(.query, "artifact", "Which one, where there are several.")],
      APIAnswer(200, "The file.", type: type, .anything, fields: ["content-disposition"]),
      refusals: [
        400: ["bad-query"], 404: ["not-found", "no-result"], 409: ["analysis-not-complete"],
        503: ["journal-failed", "journal-away", "draining"],
      ])
  }
}
