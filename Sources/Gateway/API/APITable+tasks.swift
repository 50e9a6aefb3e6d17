import HTTP
import Identity

extension APITable {
  static let tasks = [
    APIOperation(
      .get, "/api/tasks", .may(.watch), "listTasks", "The tasks that one may watch, newest first.",
      parameters: [
        APIParameter(.query, "state", "Only those in one of these states, with commas between them."),
        APIParameter(.query, "final", .bool, "true: only those that have ended; false: only those that have not."),
        APIParameter(.query, "agent", "Only those of this agent."),
        APIParameter(.query, "owner", "Only those of this principal."),
        APIParameter(.query, "text", "Only those with this in title or id, capitals or not."),
        APIParameter(.query, "before", .cursor, "The `next` of the page before."),
        APIParameter(.query, "limit", .integer, "How many, 1 to 200. Default 50."),
      ],
      .json(
        "One page.",
        .object([
          APIMember("tasks", .array(of: .named("Task"))),
          .optional("next", .cursor, "The `before` of the next page; missing on the last one."),
          APIMember("cursor", .cursor, "A stream from here misses nothing that the list does not show."),
        ])),
      refusals: [
        400: ["bad-query", "bad-cursor"], 410: ["cursor-lost"], 503: ["journal-failed", "journal-away", "draining"],
      ]),
    APIOperation(
      .get, "/api/tasks/{id}", .may(.watch), "getTask", "A task as it stands.", parameters: [task],
      .json("The task.", .named("Task")),
      refusals: [404: ["not-found"], 503: ["journal-failed", "journal-away", "draining"]]),
    APIOperation(
      .get, "/api/tasks/{id}/events", .may(.watch), "readTask", "A task's records, page by page.",
      parameters: [
        task,
        APIParameter(
          .query, "after", .cursor, "Where to begin: a cursor, `earliest` (the default) or `latest`."),
        APIParameter(.query, "limit", .integer, "How many at most, 1 to 1000. Default 100."),
        APIParameter(.query, "kind", "Only records of these kinds, with commas between them."),
        profile,
      ],
      .json(
        "One page. It may have fewer records than the limit, even none, and not be the last: go by `complete`.",
        .object([
          .optional("events", .array(of: .named("Record")), "Without a profile."),
          .optional("profile", .words(Profile.names), "The one that was asked for."),
          .optional("told", .array(of: toldEvent), "With a profile: what these records tell in it."),
          APIMember("next", .cursor, "The `after` of the next page, or of a stream that goes on from here."),
          APIMember("complete", .bool, "There was no more at the moment of reading."),
        ])),
      refusals: [
        400: ["bad-query", "bad-cursor", "bad-profile"], 404: ["not-found"], 410: ["cursor-lost"],
        503: ["journal-failed", "journal-away", "draining"],
      ]),
    APIOperation(
      .get, "/api/tasks/{id}/watchers", .may(.watch), "listWatchers", "Who watches a task just now.",
      details: "Those with an open stream that names the task. Streams of all tasks do not count.", parameters: [task],
      .json(
        "All of them, those who came first being first.",
        .object([
          APIMember(
            "watchers",
            .array(
              of: .object([
                APIMember("principal", .string()), APIMember("since", .time),
                APIMember("transport", .words(PresenceTransport.allCases.map(\.rawValue))),
                APIMember("streams", .integer, "How many they have open."),
              ]))),
          APIMember("count", .integer, "Of the watchers."),
        ])),
      refusals: [400: ["bad-query"], 404: ["not-found"], 503: ["journal-failed", "journal-away", "draining"]]),
  ]

  static let task = APIParameter(.path, "id", "The task.")

  /// In which vocabulary a task is told.
  static let profile = APIParameter(
    .query, "profile", .words(Profile.names), "The vocabulary of the events: docs/profiles.md. Default: native.")

  private static let toldEvent = APISchema.object([
    APIMember("id", .cursor, "Of the record that tells it."),
    .optional("event", .string(), "Its name, in profiles whose events have names."),
    APIMember("data", .anything, "As a stream in this profile has it."),
  ])
}
