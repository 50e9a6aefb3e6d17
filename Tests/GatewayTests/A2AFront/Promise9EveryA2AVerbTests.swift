import A2A
import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// Promise 9, by A2A: every operation checks the owner, and a task of others answers like one that does not exist.
@Suite struct Promise9EveryA2AVerbTests {
  struct Verb {
    let name: String
    let method: String
    let path: String
    var body: String?
    var isStream = false
  }

  private static func message(_ id: String) -> String {
    #"{"message":{"messageId":"m","role":"ROLE_USER","taskId":"\#(id)","parts":[{"text":"More."}]}}"#
  }

  private static let verbs = [
    Verb(name: "get", method: "GET", path: "/tasks/ID"),
    Verb(name: "subscribe", method: "POST", path: "/tasks/ID:subscribe", isStream: true),
    Verb(name: "cancel", method: "POST", path: "/tasks/ID:cancel"),
    Verb(name: "send", method: "POST", path: "/message:send", body: message("ID")),
    Verb(name: "stream", method: "POST", path: "/message:stream", body: message("ID"), isStream: true),
    Verb(name: "answer", method: "POST", path: "/message:send", body: message("asking-ID")),
  ]

  /// A producer's tasks: who gets as far as the run is told 409 or 400, because there is none.
  private static let table = """
    verb      | none expired audience viewer analyst owner other tenant operator admin agent revoked
    get       | 401 401 401 200 200 200 200 404 200 200 404 -
    subscribe | 401 401 401 200 200 200 200 404 200 200 404 -
    cancel    | 401 401 401 403 403 400 403 404 400 400 404 -
    send      | 401 401 401 403 403 400 403 404 400 400 404 -
    stream    | 401 401 401 403 403 400 403 404 400 400 404 -
    answer    | 401 401 401 403 400 400 400 404 400 400 404 -
    """

  private static func run(_ body: (FrontScene) async throws -> Void) async throws {
    try await FrontScene.run { front async throws in
      try await front.scene.open("oscars")
      try await front.scene.open("asking-oscars")
      try await front.status("asking-oscars", .inputRequired, "Which?")
      try await body(front)
    }
  }

  private static func ask(
    _ front: FrontScene, _ verb: Verb, _ id: String, _ column: AccessColumn, _ prefix: String = "/agents/checker",
    door: TestGateway.Door = .people, toHead: Bool = false
  ) async throws -> TestSupport.Answer? {
    let lines = try column.lines() + ["A2A-Version: 1.0"]
    return try await front.gateway.ask(
      verb.method, prefix + verb.path.replacing("ID", with: id), lines, body: verb.body?.replacing("ID", with: id),
      door: door, showing: try column.certificate(), toHead: toHead)
  }

  @Test func `each may do by A2A what the table says, at every address`() async throws {
    let rows = Self.table.split(separator: "\n").dropFirst().map { line in
      let parts = line.split(separator: "|")
      return (name: String(parts[0].prefix { $0 != " " }), cells: AccessColumn.cells(parts[1]))
    }
    #expect(rows.map(\.name) == Self.verbs.map(\.name))
    try await Self.run { front async throws in
      for (prefix, door) in [
        ("/agents/checker", TestGateway.Door.people), ("/a2a", .people), ("/a2a/checker", .agents),
      ] {
        for (verb, row) in zip(Self.verbs, rows) {
          for column in AccessColumn.allCases {
            let answer = try? await Self.ask(front, verb, "oscars", column, prefix, door: door, toHead: true)
            #expect(
              answer.map { "\($0.status)" } ?? "-" == row.cells[column], "\(verb.name) as \(column) at \(prefix)")
          }
        }
      }
    }
  }

  @Test func `a task of others answers as one that does not exist, byte for byte`() async throws {
    try await Self.run { front async throws in
      for verb in Self.verbs {
        for column in [AccessColumn.tenant, .agent] {
          let theirs = try #require(try await Self.ask(front, verb, "oscars", column))
          let nobodys = try #require(try await Self.ask(front, verb, "absent", column))
          #expect(theirs.status == 404 && theirs.body == nobodys.body, "\(verb.name) as \(column): \(theirs.text)")
        }
        let admins = try #require(try await Self.ask(front, verb, "absent", .admin))
        let tinas = try #require(try await Self.ask(front, verb, "oscars", .tenant))
        #expect(admins.status == 404 && admins.body == tinas.body, "\(verb.name)")
      }
      #expect(try await front.scene.json("/api/tasks/oscars")["lastSeq"]?.int == 1)
    }
  }

  @Test func `in JSON-RPC they are told the same, as codes`() async throws {
    try await Self.run { front async throws in
      for (method, params) in [
        ("GetTask", #"{"id":"oscars"}"#), ("SubscribeToTask", #"{"id":"oscars"}"#), ("CancelTask", #"{"id":"oscars"}"#),
        ("SendMessage", Self.message("oscars")), ("SendStreamingMessage", Self.message("oscars")),
      ] {
        let tinas = try #require(try await front.call(method, params, as: .tenant).error)
        let nobodys = try #require(
          try await front.call(method, params.replacing("oscars", with: "absent"), as: .tenant).error)
        #expect(tinas["code"]?.int == -32001 && tinas == nobodys, "\(method)")
        guard method != "GetTask", method != "SubscribeToTask" else { continue }
        let ottos = try #require(try await front.call(method, params, as: .other).error)
        #expect(ottos["code"]?.int == 403, "\(method): \(ottos)")
      }
    }
  }

  @Test func `who may not give an agent work is told so, and nothing has begun`() async throws {
    try await Self.run { front async throws in
      let body = #"{"message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"Go."}]}}"#
      for path in ["/agents/checker/message:send", "/agents/checker/message:stream"] {
        let answer = try await front.rest("POST", path, body: body, as: .viewer)
        #expect(answer?.status == 403, "\(answer?.text ?? "")")
      }
      let tasks = try await front.scene.json("/api/tasks", as: .admin)["tasks"]
      #expect(tasks?.count == 2)
    }
  }

  @Test func `a cookie needs its token to send, and a page of elsewhere gets nowhere`() async throws {
    try await Self.run { front async throws in
      let session = try await front.gateway.signIn(.oscar)
      let body = #"{"jsonrpc":"2.0","id":1,"method":"GetTask","params":{"id":"oscars"}}"#
      let lines = [session.cookie, "A2A-Version: 1.0"]
      let without = try await front.gateway.ask("POST", "/agents/checker", lines, body: body)
      #expect(without?.status == 403)
      let with = try await front.gateway.ask("POST", "/agents/checker", lines + [session.csrfLine], body: body)
      #expect(with?.status == 200 && with?.text.contains("\"result\"") == true)
      let foreign = try await front.gateway.ask(
        "POST", "/agents/checker", lines + [session.csrfLine, "Origin: https://elsewhere.test"], body: body)
      #expect(foreign?.status == 403)
    }
  }
}
