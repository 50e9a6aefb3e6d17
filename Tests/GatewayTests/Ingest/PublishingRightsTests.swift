import FoundationEssentials
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Who may publish to which task, and that what is remembered of tasks changes nothing about that.
@Suite struct PublishingRightsTests {
  private static let table = """
    producer | own-import own-export all-import
    own      | 201 201 404
    stranger | 404 404 404
    tenant   | 201 201 404
    all      | 201 201 201
    narrow   | 201 404 404
    watcher  | 403 403 403
    blind    | 404 404 404
    """

  @Test func `each publishes to the tasks that the policy says, the first time and every other`() async throws {
    try await IngestScene.run { scene async throws in
      let tasks = [
        try await scene.open(), try await scene.open(#"{"agent":"export"}"#), try await scene.open(as: .all),
      ]
      for _ in 0..<3 {
        for line in Self.table.split(separator: "\n").dropFirst() {
          let cells = line.split(separator: " ").filter { $0 != "|" }.map(String.init)
          let producer = try #require(IngestScene.Producer(rawValue: cells[0]))
          for (task, expected) in zip(tasks, cells.dropFirst()) {
            #expect("\(try await scene.publish("{}", to: task, as: producer).status)" == expected, "\(line)")
          }
        }
      }
      #expect(try await scene.task(tasks[0]).lastSeq == 1 + 3 * 4)
    }
  }

  @Test func `a task of others answers as one that does not exist, byte for byte`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      _ = try await scene.publish("{}", to: id)
      let theirs = try await scene.publish("{}", to: id, as: .stranger)
      let nobodys = try await scene.publish("{}", to: "nobodys", as: .stranger)
      #expect(theirs.status == 404)
      #expect(theirs.body == nobodys.body)
      func constant(_ answer: Answer) -> [String] {
        answer.fields.map { ["date", "x-request-id"].contains($0.name) ? $0.name : "\($0.name): \($0.value)" }
      }
      #expect(constant(theirs) == constant(nobodys))
    }
  }

  @Test func `a right that was taken away is gone at once`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      #expect(try await scene.publish("{}", to: id).status == 201)
      try await put(IngestScene.policy.replacing(#""tasks": "own""#, with: #""tasks": "own", "agents": ["no"]"#), scene)
      #expect(try await scene.publish("{}", to: id).status == 404)
      try await put(IngestScene.policy, scene)
      #expect(try await scene.publish("{}", to: id).status == 201)
    }
  }

  private func put(_ policy: String, _ scene: IngestScene) async throws {
    try Data(policy.utf8).write(to: URL(filePath: scene.gateway.policyFile))
    try await scene.gateway.gateway.reload()
  }

  @Test func `who had a task is a stranger to the next one with its id`() async throws {
    try await IngestScene.run { scene async throws in
      _ = try await scene.open(#"{"agent":"import","id":"daily"}"#)
      #expect(try await scene.publish("{}", to: "daily", query: "?state=completed").status == 201)
      let trimmed = try await scene.journal.trim(Retention(tasks: 0), now: .max)
      #expect(trimmed.tasks == 1)
      #expect(try await scene.publish("{}", to: "daily").status == 404)
      _ = try await scene.open(#"{"agent":"import","id":"daily"}"#, as: .stranger)
      #expect(try await scene.publish("{}", to: "daily").status == 404)
      #expect(try await scene.publish("{}", to: "daily", as: .stranger).status == 201)
      #expect(try await scene.publish("{}", to: "daily", as: .all).status == 201)
      #expect(try await scene.task("daily").lastSeq == 3)
    }
  }

  @Test func `a task that an agent works on takes no events, not even of its owner`() async throws {
    try await IngestScene.run { scene async throws in
      let id = try await scene.open()
      let memory = RunMemory(agentContext: "inner", trace: "")
      #expect(try await scene.journal.remember([memory.memo], of: id))
      for _ in 0..<2 {
        let answer = try await scene.publish("{}", to: id)
        #expect(answer.status == 409)
        #expect(try JSONValue(parsing: answer.body)["code"]?.string == "run-here")
      }
      #expect(try await scene.publish("{}", to: id, as: .stranger).status == 404)
      #expect(try await scene.task(id).lastSeq == 1)
    }
  }

  @Test func `a bounded number of openings is remembered, those in use among them`() {
    var known = RecentTasks<TaskOpening>(limit: 100)
    func opening(_ number: Int) -> TaskOpening { TaskOpening(owner: "\(number)", tenant: nil, agent: "a") }
    known["used"] = opening(-1)
    for number in 0..<1000 {
      known["\(number)"] = opening(number)
      #expect(known.count <= 101)
      #expect(known["used"] == opening(-1) && known["\(number)"] == opening(number))
      if number >= 20 { #expect(known["\(number - 20)"] == opening(number - 20)) }
    }
    #expect(known["0"] == nil)
    known["used"] = opening(-2)
    #expect(known["used"] == opening(-2))
  }
}
