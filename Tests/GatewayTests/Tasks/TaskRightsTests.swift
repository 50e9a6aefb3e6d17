import FoundationEssentials
import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// What the gateway says that one may do is what it lets one do.
@Suite(.timeLimit(.minutes(3)))
struct TaskRightsTests {
  private static let commands = ["cancel", "send", "answer", "claim", "release", "pause", "resume", "review"]

  /// Those who are analysts stop their own tasks only, and answer nothing.
  private static let ownRole = TestPeople.policy.replacing(
    "{\"principals\"",
    with: #"""
      {"roles": {"analyst": [{"actions": ["watch"], "tasks": "tenant"}, {"actions": ["submit", "cancel"], "tasks": "own"}]},
       "principals"
      """#)

  private func run(_ policy: String = TestPeople.policy, _ body: (WorkScene) async throws -> Void) async throws {
    try await WorkScene.run {
      try policy.write(toFile: $0.identity.policyFile ?? "", atomically: true, encoding: .utf8)
    } _: { scene async throws in
      // Who may begin a task there is known once the agent is.
      let directory = try #require(await scene.gateway.gateway.work?.directory)
      #expect(await eventually { directory["checker"]?.card != nil })
      try await body(scene)
    }
  }

  private func words(_ document: JSONValue) -> [String] { document["may"]?.elements.compactMap(\.string) ?? ["?"] }

  private func may(_ scene: WorkScene, _ id: String, as column: AccessColumn) async throws -> [String] {
    words(try await scene.get("/api/tasks/\(id)", as: column))
  }

  // MARK: Tasks

  @Test func `by the roles that come with the gateway`() async throws {
    try await run { scene async throws in
      let id = try await scene.holding()
      let all = Self.commands + ["submit"]
      let expected: [AccessColumn: [String]] = [
        .viewer: [], .owner: all, .operator: all, .admin: all,
        .other: ["answer", "claim", "release", "review", "submit"],
      ]
      for (column, words) in expected { #expect(try await may(scene, id, as: column) == words, "\(column)") }
      let task = try await scene.get("/api/tasks/\(id)")
      #expect(task["pausable"]?.bool == false)
      // Lists do not say it.
      let listed = try #require(try await scene.get("/api/tasks")["tasks"]?[0])
      #expect(listed["id"]?.string == id && listed["may"] == nil && listed["pausable"] == nil)

      // To say something to a task that asks takes no more than to answer.
      let asking = try await scene.begin("ask")
      try await scene.wait(asking, for: "input-required")
      #expect(try await may(scene, asking, as: .other) == ["send", "answer", "claim", "release", "review", "submit"])
    }
  }

  @Test func `by roles of one's own`() async throws {
    try await run(Self.ownRole) { scene async throws in
      let id = try await scene.holding()
      let all = Self.commands + ["submit"]
      let expected: [AccessColumn: [String]] = [
        .viewer: [], .owner: ["cancel", "send", "pause", "resume", "submit"], .other: ["submit"], .operator: all,
      ]
      for (column, words) in expected { #expect(try await may(scene, id, as: column) == words, "\(column)") }
    }
  }

  @Test func `an agent that is another's is given no more work, and its tasks are`() async throws {
    try await run { scene async throws in
      let answer = try await scene.post("/api/tasks", #"{"agent":"hidden","text":"echo"}"#, as: .other)
      let id = try #require(try answer.member("id")?.string, "\(answer.text)")
      #expect(try await may(scene, id, as: .operator) == Self.commands)
      #expect(try await may(scene, id, as: .other) == Self.commands + ["submit"])
    }
  }

  private func path(_ word: String, _ id: String) -> (String, String) {
    switch word {
    case "submit": ("/api/tasks", #"{"agent":"checker","text":"echo"}"#)
    case "send": ("/api/tasks/\(id)/messages", #"{"text":"More."}"#)
    case "answer": ("/api/tasks/\(id)/questions/q1:answer", #"{"text":"This one."}"#)
    case "claim", "release": ("/api/tasks/\(id)/questions/q1:\(word)", "{}")
    case "review": ("/api/tasks/\(id):review", #"{"opinion":"accept"}"#)
    default: ("/api/tasks/\(id):\(word)", "{}")
    }
  }

  @Test(arguments: [false, true])
  func `what is said to be allowed is not forbidden, and all else is`(isOwnRole: Bool) async throws {
    try await run(isOwnRole ? Self.ownRole : TestPeople.policy) { scene async throws in
      let id = try await scene.begin("echo")
      try await scene.wait(id, for: "completed")
      for column in [AccessColumn.viewer, .analyst, .owner, .other, .operator, .admin] {
        let may = try await may(scene, id, as: column)
        for word in TaskRights.words {
          let (path, body) = path(word, id)
          let answer = try await scene.post(path, body, as: column)
          #expect(
            (answer.status == 403) == !may.contains(word), "\(word) as \(column): \(answer.status) \(answer.text)")
        }
      }
    }
  }

  @Test func `another policy is another answer, at once`() async throws {
    try await run { scene async throws in
      let id = try await scene.holding()
      #expect(try await may(scene, id, as: .owner) == Self.commands + ["submit"])
      let stream = try await scene.gateway.stream(try AccessColumn.owner.lines())
      _ = try await stream.next("grant")
      try scene.gateway.files.folder.replace(Self.ownRole, at: "policy.json")
      try await scene.gateway.gateway.reload()
      #expect(try await may(scene, id, as: .owner) == ["cancel", "send", "pause", "resume", "submit"])
      #expect(words(try await scene.get("/api/session")) == ["watch", "submit", "cancel"])
      // Whoever listens hears that there is something to ask for, though the roles are called the same.
      #expect(try await stream.next("grant")["roles"]?.elements.map(\.string) == ["analyst"])
      // The same policy from another place says nothing new.
      try scene.gateway.files.folder.replace("\n\n" + Self.ownRole, at: "policy.json")
      try await scene.gateway.gateway.reload()
      try scene.gateway.files.folder.replace(TestPeople.policy, at: "policy.json")
      try await scene.gateway.gateway.reload()
      _ = try await stream.next("grant")
      #expect(stream.types == ["grant", "grant", "grant"])
      stream.disconnect()
    }
  }

  // MARK: At all

  @Test func `the session says what one may do at all`() async throws {
    try await run { scene async throws in
      let analyst = ["watch", "submit", "cancel", "answer"]
      let expected: [AccessColumn: [String]] = [
        .viewer: ["watch"], .analyst: analyst, .tenant: analyst, .operator: analyst + ["observe"],
        .admin: analyst + ["observe", "administer"],
      ]
      for (column, words) in expected {
        #expect(self.words(try await scene.get("/api/session", as: column)) == words, "\(column)")
      }
    }
  }

  @Test func `whoever signs in is told it at once, and a grant for no agent is none`() async throws {
    let policy = TestPeople.policy.replacing(
      #""name": "vera", "tenant": "acme", "roles": ["viewer"]"#,
      with: #"""
        "name": "vera", "tenant": "acme",
         "grants": [{"actions": ["watch"], "tasks": "all"}, {"actions": ["submit"], "tasks": "own", "agents": ["gone"]}]
        """#)
    try await run(policy) { scene async throws in
      let session = try await scene.gateway.signIn(.vera)
      let answer = try #require(try await scene.gateway.ask("GET", "/api/session", [session.cookie]))
      #expect(words(try JSONValue(parsing: answer.body)) == ["watch", "submit"])
      let id = try await scene.begin("echo")
      #expect(try await may(scene, id, as: .viewer) == [])
    }
  }
}
