import A2A
import Journal

extension APISchemas {
  static let operations = APISchema.object([
    APIMember("version", .string()), APIMember("time", .time, "When this was read."),
    APIMember(
      "monotonicMilliseconds", .integer,
      "The same on a clock that nobody sets: what a counter has grown, by what this has grown, is a rate."),
    APIMember("started", .time, "Another one: counters have begun anew."), APIMember("uptimeSeconds", .integer),
    APIMember("phase", .words(["starting", "ready", "draining", "stopping"])), APIMember("ready", .bool),
    APIMember("loops", .integer), APIMember("mayAdminister", .bool, "The asker may drain, and sees who was refused."),
    APIMember("settingsPending", .array(of: .string()), "Settings that take a new start."),
    APIMember("tasks", operationsTasks),
    APIMember("agents", .array(of: operationsAgent), "Those that are not well first, at most 40."),
    APIMember("agentsLeftOut", .integer, "How many more there are."),
    APIMember("connections", operationsConnections), APIMember("counters", operationsCounters),
    APIMember("journal", operationsJournal),
    APIMember(
      "hub",
      .object([
        APIMember("queue", .integer, "Commits that wait for a loop."), APIMember("overflows", .integer),
        APIMember("slowReaders", .integer), APIMember("resumes", .anything, "Streams asked for, by how they went on."),
      ])), APIMember("listeners", .array(of: listener)),
    APIMember(
      "process",
      .object([
        APIMember("cpuSeconds", .number), .optional("residentBytes", .integer),
        .optional("openDescriptors", .integer, "As of when somebody asked before."),
        APIMember("descriptorLimit", .integer),
      ])),
    APIMember("refusals", .array(of: operationsRefusal), "The last 50, newest first."),
    APIMember("history", operationsHistory),
  ])

  private static let operationsTasks = APISchema.object([
    APIMember("running", .integer), APIMember("waiting", .integer), .optional("questionsOpen", .integer),
    APIMember(
      "ended", .object(TaskState.allCases.filter(\.isTerminal).map { APIMember($0.word, .integer) }),
      "Since the start, by state."),
    APIMember("failures", .anything, "Of these, those that the gateway had to end, by code."),
    APIMember("gaps", .integer, "Times that an agent's events were lost."),
    APIMember("late", .integer, "Events that came behind the end of their task."),
  ])

  private static func times(_ shares: [Int], _ windows: [String]) -> APISchema {
    .object(
      shares.map { APIMember("p\($0)", .number, "Below it lie \($0) of 100, in milliseconds.") } + [
        APIMember("count", .integer, "Of how many."),
        APIMember("over", .words(windows), "Since when; since the start where there was none since."),
      ])
  }

  /// How an agent does, beside its state.
  static let agentFigures = [
    APIMember("running", .integer, "Tasks that have a place at it."),
    APIMember("waiting", .integer, "Tasks that wait for one."),
    .optional(
      "handOver", times([50, 95], ["ten-minutes", "start"]),
      "From the place of a task to the agent's first event; not before the first one."),
    .optional(
      "lastError", .object([APIMember("text", .string()), APIMember("time", .time)]),
      "The last that was found wrong, though all may be well by now."),
    APIMember("certificates", .array(of: agentCertificate)),
  ]

  private static let operationsAgent = APISchema.object(
    [
      APIMember("name", .string()), APIMember("default", .bool), APIMember("state", agentStates),
      .optional("since", .time), .optional("lastSeen", .time), .optional("reason", .string()),
    ] + agentFigures)

  private static let operationsConnections = APISchema.object([
    APIMember("open", .integer),
    APIMember(
      "byTransport",
      .object([
        APIMember("sse", .integer), APIMember("webSocket", .integer), APIMember("a2a", .integer),
        APIMember("http", .integer, "All others."),
      ])), APIMember("accepted", .integer), APIMember("refused", .integer), APIMember("handshakesFailed", .integer),
    APIMember("evicted", .integer),
  ])

  private static let operationsCounters = APISchema.object([
    APIMember(
      "requests", .object((1...5).map { APIMember("\($0)xx", .integer) }), "Answered, by class of status."),
    APIMember("records", .integer, "Stored."), APIMember("events", .integer, "Put on their way, one for each client."),
    APIMember("eventBytes", .integer), APIMember("verdicts", .anything, "By command, then by verdict."),
    APIMember("socketAnswers", .object([APIMember("ack", .integer), APIMember("nack", .integer)])),
  ])

  private static let operationsJournal = APISchema.object(
    [
      .optional("commit", times([50, 95, 99], ["minute", "start"]), "Not before the first one."),
      APIMember("waitingJobs", .integer), APIMember("failedCommits", .integer),
    ] + journalFigures)

  private static let operationsRefusal = APISchema.object([
    APIMember("time", .time, "Of the last one."), APIMember("status", .integer), APIMember("code", .string()),
    APIMember("route", .string(), "Method and pattern."), APIMember("count", .integer, "So many in a row."),
    .optional("who", .string(), "With `mayAdminister` only: the principal, where one is known."),
    .optional("from", .string(), "With `mayAdminister` only: the address."),
  ])

  private static let operationsHistory = APISchema.object([
    APIMember("every", .integer, "Seconds between two numbers."),
    APIMember("from", .time, "Where the five seconds begin in which the first one was read."),
    APIMember(
      "series", .object(OperationsSeries.allCases.map { APIMember($0.rawValue, .array(of: .anything)) }),
      "Oldest first, all of the same length; null where nothing is known."),
  ])
}
