import A2A
import Identity
import Journal

/// The schemas that have names.
enum APISchemas {
  static let all: [(name: String, schema: APISchema, meaning: String)] = [
    ("Problem", problem, "An error, as RFC 9457 describes it. Programs go by the code."),
    ("Cursor", .string(), "A place in the journal: `<epoch>.<offset>`. To be sent back as it is, and not looked into."),
    ("Task", task, "A task as it stands."),
    ("TaskState", .words(TaskState.words), "A2A's states, in lower case with hyphens."),
    ("OpenQuestion", openQuestion, "A question of an agent's that waits for an answer."),
    ("Agent", agent, "One of the agents that the gateway has work done by."),
    ("Record", record, "What was journaled, in its envelope. Never changed afterwards."),
    ("Receipt", receipt, "What is answered to a command that was taken."),
    ("Verdict", verdict, "What came of a command."),
    ("Session", session, "Who somebody is here, and by what."),
    ("Status", status, "How the gateway is."),
    ("Operations", operations, "How the gateway does, with a short history, for the page that shows it."),
    ("AgentDetails", agentDetails, "One of the agents, and how it does."),
    ("AuditRecord", auditRecord, "A line of the audit trail."),
  ]

  private static let problem = APISchema.object([
    APIMember("type", .string()), APIMember("title", .string(), "The status in words."),
    APIMember("status", .integer), APIMember("code", .string(), "What kind of problem it is."),
    APIMember("detail", .string(), "A sentence for people: what was wrong, and what to do."),
    .optional("problems", .array(of: .string()), "Of a reload: everything that was wrong."),
    .optional(
      "violations",
      .array(of: .object([APIMember("field", .string()), APIMember("description", .string())])),
      "Of an answer: what does not fit."),
    .optional("by", .string(), "Who was first, or who has the claim."), .optional("at", .time, "When that was."),
    .optional("until", .time, "How long the claim lasts."),
    .optional("how", .words(QuestionEnd.How.allCases.map(\.rawValue)), "Of a question that is closed: how."),
  ])

  static let reviewOpinions = TaskReview.Opinion.allCases.map(\.rawValue)

  private static let task = APISchema.object([
    APIMember("id", .string()),
    APIMember("title", .string(), "What it is called now: its agent may have found a better one. May be empty."),
    APIMember("agent", .string()), APIMember("owner", .string(), "The principal whose task it is."),
    .optional("tenant", .string()), APIMember("state", .named("TaskState")),
    APIMember("final", .bool, "It has ended: no event follows, and the state stays."),
    APIMember("opened", .time), APIMember("updated", .time, "Time of the last record."),
    APIMember("lastSeq", .integer, "Number of the last record."),
    APIMember("cursor", .cursor, "Where a stream of this task goes on behind what is written here."),
    .optional("message", .string(), "What was said last, in one line; of a task that has failed, why."),
    .optional("facts", .anything, "What it is about, as its agents say: an object of texts."),
    .optional("paused", .bool, "Its agent begins nothing new."),
    .optional(
      "calls",
      .array(
        of: .object([
          APIMember("tool", .string()), .optional("callId", .string()), .optional("agent", .string()),
          .optional("agentTask", .string()), .optional("message", .string()), .optional("step", .integer),
          .optional("total", .integer),
        ])), "Calls of tools that have begun and not ended, the latest eight at most, the last to begin being last."),
    .optional("place", .integer, "While it is submitted: its place in the line for its agent, from 1 on."),
    .optional(
      "may", .array(of: .words(TaskRights.words)),
      "Not in lists: the commands that the asker may give it by the policy of this moment, and `submit` where its agent may be given work."
    ),
    .optional("pausable", .bool, "Not in lists: its agent says that it takes pauses."),
    .optional(
      "reviews",
      .array(
        of: .object([
          APIMember("by", .string(), "The principal."), APIMember("opinion", .words(reviewOpinions)),
          .optional("why", .string()), APIMember("time", .time), APIMember("seq", .integer, "Of its record."),
        ])),
      "Not in lists: what people think of what the task has come to, each one's last word, in the order in which it was said."
    ),
    .optional(
      "snapshot", .anything,
      "Not in lists: what a reader needs who does not read the history. `task` as A2A shows it, with all records up to `seq`."
    ),
  ])

  private static let record = APISchema.object([
    APIMember("offset", .integer, "Its place in the whole journal; increases, with holes."),
    APIMember("task", .string()),
    APIMember("seq", .integer, "Its place in its task: 1, 2, 3 without a hole."),
    APIMember("time", .time), APIMember("kind", .words(RecordKind.allCases.map(\.name))),
    APIMember("origin", .string(), "Who said it: an agent, a principal, the gateway."),
    APIMember("data", .anything, "What was journaled, its fields unchanged."),
  ])

  private static let receipt = APISchema.object([
    APIMember("id", .string(), "The command's: the sender's own, or one that the gateway has made."),
    APIMember("task", .string()),
    APIMember("command", .words(CommandKind.allCases.map(\.rawValue))),
    APIMember("seq", .integer, "Of its record in the task."),
    APIMember("repeated", .bool, "It had come before, and nothing was done again."),
    .optional("verdict", .named("Verdict"), "What came of it, where that is known."),
  ])

  private static let verdict = APISchema.object([
    APIMember("verdict", .words(Verdict.Word.allCases.map(\.rawValue))), .optional("why", .string(), "A sentence."),
    APIMember("afterMilliseconds", .integer, "Since the command came."),
    APIMember("seq", .integer, "Of its record in the task."),
  ])

  private static let session = APISchema.object([
    APIMember("principal", .string()), .optional("tenant", .string()),
    APIMember("roles", .array(of: .words(Role.allCases.map(\.rawValue).sorted()))),
    APIMember(
      "may", .array(of: .words(Action.allCases.map(\.rawValue))),
      "The actions of the policy that one may do at all, whatever it is to."),
    APIMember("credential", .words(["certificate", "token", "session"])),
    APIMember("expires", .time, "When it ends, unless it is used or renewed before."),
    .optional("ends", .time, "Of a session: the end that no use defers."),
    .optional("session", .string(), "The session's id."),
    .optional("csrf", .string(), "What pages send as `x-signalbox-csrf` to change something."),
  ])

  static let listener = APISchema.object([
    APIMember("name", .words(ListenerName.allCases.map(\.rawValue))), APIMember("url", .string()),
    APIMember("clientCertificates", .words(["none", "optional", "required"])),
    APIMember("connections", .integer),
    APIMember(
      "certificates",
      .array(
        of: .object([
          APIMember("use", .words(CertificateEnd.Use.allCases.map(\.rawValue))), APIMember("notAfter", .time),
          APIMember("daysLeft", .integer, "Negative when it is over."),
        ]))),
  ])

  static let journalFigures = [
    APIMember("engine", .words(["sqlite", "redis"])),
    APIMember("durability", .words(Durability.allCases.map(\.rawValue))),
    APIMember("epoch", .string()), .optional("tail", .cursor), .optional("trimmed", .cursor),
    .optional("error", .string(), "Instead of these two: why nobody knows."),
    .optional("bytes", .integer, "Of a file."),
    .optional("sizeLimitBytes", .integer), .optional("diskFreeBytes", .integer),
  ]

  private static let streamIngest = APISchema.object([
    APIMember("server", .string()), APIMember("stream", .string()), APIMember("group", .string()),
    APIMember("principal", .string()), APIMember("state", .words(StreamFacts.Phase.allCases.map(\.rawValue))),
    .optional("lag", .integer, "Entries that no gateway has taken yet."),
    .optional("pending", .integer, "Entries that were taken and are not settled."),
    .optional("refused", .integer, "Entries in the stream of what was refused."),
    .optional("lastError", .string()), .optional("lastErrorAt", .time),
  ])

  private static let status = APISchema.object([
    APIMember("version", .string()), APIMember("phase", .words(["starting", "ready", "draining", "stopping"])),
    APIMember("ready", .bool), APIMember("started", .time), APIMember("uptimeSeconds", .integer),
    APIMember("loops", .integer),
    APIMember("listeners", .array(of: listener)),
    APIMember(
      "journal",
      .object([.optional("file", .string(), "Of SQLite."), .optional("server", .string(), "Redis.")] + journalFigures)),
    APIMember(
      "streams",
      .object([
        APIMember("open", .integer),
        APIMember(
          "waiting", .object(AdmissionTicket.Kind.allCases.map { APIMember($0.rawValue, .integer) }),
          "For their turn to be opened."),
      ])),
    APIMember(
      "work",
      .object([
        APIMember("running", .integer), APIMember("waiting", .integer),
        .optional("lease", .string(), "Where gateways share a journal: under which this one has its runs."),
        .optional("leaseSecondsLeft", .integer, "Until it is over, unless it is renewed."),
      ])),
    .optional("ingest", streamIngest, "Of a Redis stream that events are taken from."),
    APIMember("agents", .array(of: agentFacts)),
    APIMember("settingsPending", .array(of: .string()), "Settings that take a new start."),
  ])

  private static let auditRecord = APISchema.object([
    APIMember("id", .integer), APIMember("time", .time),
    APIMember("event", .words(AuditRecord.Event.allCases.map(\.rawValue))),
    APIMember("result", .words(AuditRecord.Result.allCases.map(\.rawValue))), .optional("who", .string()),
    .optional("credential", .string()), .optional("session", .string()), APIMember("from", .string()),
    .optional("request", .string()), .optional("route", .string()),
    .optional("action", .words(Action.allCases.map(\.rawValue))), .optional("task", .string()),
    .optional("detail", .string()),
  ])
}
