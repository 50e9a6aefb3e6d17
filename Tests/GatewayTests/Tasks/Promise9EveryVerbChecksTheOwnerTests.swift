import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Promise 9: every verb checks the owner, and somebody else's task answers exactly like one that does not exist. Over real TLS, for
/// everything that can be done to a task; `TaskVerbTests` has the same for verbs that have no route yet.
///
/// `oscars` is Oscar's, of the tenant acme; `absent` is not there.
@Suite struct Promise9EveryVerbChecksTheOwnerTests {
  private struct Verb: Sendable {
    let name: String
    let method: String
    /// With `ID` where the task's id stands.
    let path: String
    var door = TestGateway.Door.people
    var body: String?
    var isStream = false
  }

  private static let verbs = [
    Verb(name: "get", method: "GET", path: "/api/tasks/ID"),
    Verb(name: "events", method: "GET", path: "/api/tasks/ID/events"),
    Verb(name: "watchers", method: "GET", path: "/api/tasks/ID/watchers"),
    Verb(name: "status", method: "GET", path: "/api/status/ID"),
    Verb(name: "download", method: "GET", path: "/api/download/ID/json"),
    Verb(name: "stream", method: "GET", path: "/api/stream/ID", isStream: true),
    Verb(name: "streams", method: "GET", path: "/api/stream?tasks=mine,ID", isStream: true),
    Verb(name: "publish", method: "POST", path: "/ingest/tasks/ID/events", door: .agents, body: #"{"n":1}"#),
    Verb(name: "cancel", method: "POST", path: "/api/tasks/ID:cancel"),
    Verb(name: "pause", method: "POST", path: "/api/tasks/ID:pause", body: #"{"why":"Lunch."}"#),
    Verb(name: "resume", method: "POST", path: "/api/tasks/ID:resume"),
    Verb(name: "review", method: "POST", path: "/api/tasks/ID:review", body: #"{"opinion":"accept"}"#),
    Verb(name: "say", method: "POST", path: "/api/tasks/ID/messages?wait=1", body: #"{"text":"Go on."}"#),
    Verb(name: "answer", method: "POST", path: "/api/tasks/ID/questions/q1:answer", body: #"{"text":"Yes."}"#),
    Verb(name: "decline", method: "POST", path: "/api/tasks/ID/questions/q1:answer", body: #"{"decline":1}"#),
    Verb(name: "claim", method: "POST", path: "/api/tasks/ID/questions/q1:claim"),
    Verb(name: "release", method: "POST", path: "/api/tasks/ID/questions/q1:release", body: "{}"),
  ]

  /// A producer's task: commands that get as far as it are told 409, because nobody runs it, and 400 for a body that is none. Who may not
  /// do such a thing to any task is told 403 whatever the task.
  private static let table = """
    verb    | none expired audience viewer analyst owner other tenant operator admin agent revoked
    get     | 401 401 401 200 200 200 200 404 200 200 404 -
    events  | 401 401 401 200 200 200 200 404 200 200 404 -
    watchers | 401 401 401 200 200 200 200 404 200 200 404 -
    status  | 401 401 401 200 200 200 200 404 200 200 404 -
    download | 401 401 401 409 409 409 409 404 409 409 404 -
    stream  | 401 401 401 200 200 200 200 404 200 200 404 -
    streams | 401 401 401 404 404 200 404 404 200 200 404 -
    publish | 401 401 401 403 403 201 403 404 201 201 404 -
    cancel  | 401 401 401 403 403 409 403 404 409 409 403 -
    pause   | 401 401 401 403 403 409 403 404 409 409 403 -
    resume  | 401 401 401 403 403 409 403 404 409 409 403 -
    review  | 401 401 401 403 409 409 409 404 409 409 403 -
    say     | 401 401 401 403 403 409 403 404 409 409 404 -
    answer  | 401 401 401 403 409 409 409 404 409 409 403 -
    decline | 401 401 401 403 400 400 400 404 400 400 403 -
    claim   | 401 401 401 403 409 409 409 404 409 409 403 -
    release | 401 401 401 403 409 409 409 404 409 409 403 -
    """

  private static let rows = table.split(separator: "\n").dropFirst().map { line in
    let parts = line.split(separator: "|")
    return (name: String(parts[0].prefix { $0 != " " }), cells: AccessColumn.cells(parts[1]))
  }

  private static func run(_ body: (TaskScene) async throws -> Void) async throws {
    try await TaskScene.run {
      $0.identity.rates.streamsPerAddress = 1000
      // People publish here too, with their tokens, so that each column gets as far as the task.
      if case .optional(let trust) = $0.publicListener.clients { $0.agentListener?.clients = .optional(trust) }
    } _: { scene async throws in
      try await scene.open("oscars")
      // Of no tenant, so that others of acme do not see it.
      try await scene.open("mine", tenant: nil)
      try await body(scene)
    }
  }

  private static func ask(_ scene: TaskScene, _ verb: Verb, _ id: String, _ column: AccessColumn) async throws
    -> Answer?
  {
    let path = verb.path.replacing("ID", with: id)
    let credential = try column.certificate()
    let lines = try column.lines()
    let head = try? await scene.gateway.ask(
      verb.method, path, lines, body: verb.body, door: verb.door, showing: credential, toHead: verb.isStream)
    guard verb.isStream, let head, head.status != 200 else { return head }
    // No stream, so there is a body to compare.
    return try await scene.gateway.ask(verb.method, path, lines, door: verb.door, showing: credential)
  }

  @Test func `each may do to a task what the table says, and no more`() async throws {
    let rows = Self.rows
    #expect(rows.map(\.name) == Self.verbs.map(\.name))
    try await Self.run { scene async throws in
      for (verb, row) in zip(Self.verbs, rows) {
        for column in AccessColumn.allCases {
          let answer = try await Self.ask(scene, verb, "oscars", column)
          #expect(answer.map { "\($0.status)" } ?? "-" == row.cells[column], "\(verb.name) as \(column)")
        }
      }
    }
  }

  @Test func `a task of others answers as one that does not exist, byte for byte, whatever the verb`() async throws {
    try await Self.run { scene async throws in
      for (verb, row) in zip(Self.verbs, Self.rows) {
        for column in [AccessColumn.tenant, .agent] {
          let theirs = try #require(try await Self.ask(scene, verb, "oscars", column), "\(verb.name)")
          let nobodys = try #require(try await Self.ask(scene, verb, "absent", column), "\(verb.name)")
          #expect("\(theirs.status)" == row.cells[column], "\(verb.name) as \(column)")
          #expect(theirs.status == nobodys.status && theirs.body == nobodys.body, "\(verb.name) as \(column)")
          #expect(Self.constant(theirs.fields) == Self.constant(nobodys.fields), "\(verb.name) as \(column)")
        }
        // And so does one that does not exist to those who may see all.
        let admins = try #require(try await Self.ask(scene, verb, "absent", .admin), "\(verb.name)")
        let tinas = try #require(try await Self.ask(scene, verb, "oscars", .tenant), "\(verb.name)")
        #expect(admins.status == 404 && admins.body == tinas.body, "\(verb.name)")
      }
      // What was refused has left nothing behind.
      #expect(try await scene.json("/api/tasks/oscars")["lastSeq"]?.int == 1)
    }
  }

  /// What the list shows is what may be got, for each task and everybody.
  @Test func `the list has what may be got, and nothing else`() async throws {
    try await Self.run { scene async throws in
      try await scene.open("ottos", owner: "otto")
      try await scene.open("tinas", owner: "tina", tenant: "globex")
      try await scene.open("agents", owner: "good-agent", tenant: nil)
      let all = ["agents", "mine", "oscars", "ottos", "tinas"]
      for column in AccessColumn.allCases where ![.none, .expired, .audience, .revoked].contains(column) {
        var got: [String] = []
        for id in all where try await scene.get("/api/tasks/\(id)", as: column).status == 200 { got.append(id) }
        let list = try await scene.json("/api/tasks", as: column)["tasks"].map { Array($0.elements) } ?? []
        #expect(list.compactMap { $0["id"]?.string }.sorted() == got, "\(column)")
      }
    }
  }

  @Test func `a stream of all tasks has those that may be seen, and nothing of the others`() async throws {
    try await RecordStand.run { stand async throws in
      let oscar = try await stand.watch("?all&after=earliest", as: .oscar)
      let tina = try await stand.watch("?all&after=earliest", as: .tina)
      let olaf = try await stand.watch("?all&after=earliest", as: .olaf)
      for (reader, tasks) in [(oscar, ["ottos", "oscars"]), (tina, ["tinas"]), (olaf, ["ottos", "oscars", "tinas"])] {
        reader.check(StreamChecker(of: Set(tasks)))
      }
      try await stand.open("tinas", owner: .tina)
      try await stand.open("ottos", owner: .otto)
      try await stand.open("oscars", owner: .oscar)
      for task in ["oscars", "tinas", "ottos"] { try await stand.say(task, 5) }
      // What comes last is seen by all but Tina, and what comes before it has been seen by then.
      try await stand.say("tinas", 1)
      try await stand.say("oscars", 1)
      #expect(await oscar.read(records: 13))
      #expect(await olaf.read(records: 20))
      #expect(await tina.read(records: 7))
      for reader in [oscar, tina, olaf] { #expect(reader.checker.faults == []) }
      #expect(oscar.checker.seqs == ["ottos": 6, "oscars": 7])
      #expect(tina.checker.seqs == ["tinas": 7])
      #expect(olaf.checker.seqs == ["ottos": 6, "oscars": 7, "tinas": 7])
    }
  }

  /// All fields in their order, but for what names the moment and the request.
  private static func constant(_ fields: HTTPFields) -> [String] {
    fields.map { ["date", "x-request-id"].contains($0.name) ? $0.name : "\($0.name): \($0.value)" }
  }
}
