import HTTP
import Identity

extension APITable {
  static let streams = [
    APIOperation(
      .get, "/api/stream/{task}", .may(.watch), "streamTask", "A task's records as they come, history first.",
      details: details, parameters: [APIParameter(.path, "task", "The task."), profile] + places, .events(events),
      finished,
      refusals: [
        400: ["bad-query", "bad-cursor", "bad-profile"], 404: ["not-found"],
        503: ["journal-failed", "journal-away", "draining", "try-later"],
      ]),
    APIOperation(
      .get, "/api/stream", .may(.watch), "streamTasks", "The records of several tasks, or of all that one may watch.",
      details: details,
      parameters: [
        APIParameter(.query, "tasks", "Their ids, at most 100, with commas between them."),
        APIParameter(.query, "all", "Without a value: all tasks, those that are yet to begin included."),
        APIParameter(.query, "profile", .words(["native"]), "The others tell of one task, and are of its own stream."),
      ] + places,
      .events(events), finished,
      refusals: [
        400: ["bad-query", "bad-cursor", "bad-profile", "bad-scope", "too-many-tasks"], 404: ["not-found"],
        503: ["journal-failed", "journal-away", "draining", "try-later"],
      ]),
  ]

  private static let details = """
    Server-sent events. Records are events without a name, their id is the cursor behind them, their data is a Record. All that has a \
    name is about the stream: grant, resume, snapshot, reset, expiring, refreshed, crowded, bye. docs/open-streams.md tells more.
    """

  private static let events = "Records, and what is to be said of the stream."

  private static let finished = APIAnswer(
    204, "All of these tasks have ended, and the client has seen all of them: there is nothing to come back for.")

  /// Where to begin.
  private static let places = [
    APIParameter(.header, "Last-Event-ID", .cursor, "Where to begin; beats the query."),
    APIParameter(
      .query, "after", .cursor, "Where to begin: a cursor, `earliest` (the default for named tasks) or `latest`."),
    APIParameter(.query, "last_event_id", .cursor, "The same as `after`."),
    APIParameter(.query, "lastEventId", .cursor, "The same as `after`."),
    APIParameter(.query, "lastEventID", .cursor, "The same as `after`."),
  ]
}
