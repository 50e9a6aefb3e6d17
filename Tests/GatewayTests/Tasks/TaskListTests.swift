import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

@Suite struct TaskListTests {
  private func ids(_ answer: JSONValue) -> [String] {
    let tasks = answer["tasks"].map { Array($0.elements) } ?? []
    return tasks.compactMap { $0["id"]?.string }
  }

  @Test func `the newest tasks come first, and pages follow each other without a hole`() async throws {
    try await TaskScene.run { scene async throws in
      for number in 1...7 { try await scene.open("t\(number)") }
      var answer = try await scene.json("/api/tasks?limit=3")
      #expect(ids(answer) == ["t7", "t6", "t5"])
      // What is begun meanwhile shifts nothing.
      try await scene.open("t8")
      answer = try await scene.json("/api/tasks?limit=3&before=\(try #require(answer["next"]?.string))")
      #expect(ids(answer) == ["t4", "t3", "t2"])
      answer = try await scene.json("/api/tasks?limit=3&before=\(try #require(answer["next"]?.string))")
      #expect(ids(answer) == ["t1"])
      #expect(answer["next"] == nil, "There is no page behind the last.")
      #expect(try await scene.json("/api/tasks?limit=8")["next"] == nil, "A full page may be the last one.")
      #expect(ids(try await scene.json("/api/tasks")).count == 8)
    }
  }

  @Test func `filters choose, and go together`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one", agent: "checker", title: "Insider trading, March")
      try await scene.open("two", owner: "otto", agent: "prober", title: "Wash trade")
      try await scene.open("three", agent: "prober", title: "insider again")
      try await scene.add(1...1, to: "one", change: TaskChange(state: "completed", isFinal: true))
      try await scene.add(1...1, to: "three", change: TaskChange(state: "input-required"))
      let cases = [
        "": ["three", "two", "one"], "?state=completed": ["one"], "?state=completed,input-required": ["three", "one"],
        "?state=failed": [], "?final=true": ["one"], "?final=false": ["three", "two"],
        "?agent=prober": ["three", "two"],
        "?owner=otto": ["two"], "?owner=oscar&agent=prober": ["three"], "?text=INSIDER": ["three", "one"],
        "?text=two": ["two"], "?text=insider&final=false": ["three"], "?text=": ["three", "two", "one"],
        "?text=%25": [], "?agent=check": [],
      ]
      for (query, expected) in cases {
        #expect(ids(try await scene.json("/api/tasks\(query)")) == expected, "\(query)")
      }
    }
  }

  @Test func `a task is told as it stands, with the cursor where its stream goes on`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one", title: "First")
      let last = try await scene.add(
        1...3, to: "one",
        change: TaskChange(state: "completed", isFinal: true, snapshot: Array(#"{"result":1}"#.utf8)))
      try await scene.open("two", tenant: nil)
      let task = try await scene.json("/api/tasks/one")
      #expect(
        task.members.map { String($0.key) } == [
          "id", "title", "agent", "owner", "tenant", "state", "final", "opened", "updated", "lastSeq", "cursor",
          "may", "pausable", "snapshot",
        ])
      #expect(task["state"]?.string == "completed")
      #expect(task["final"]?.bool == true)
      #expect(task["lastSeq"]?.int == 4)
      #expect(task["snapshot"]?.description == #"{"result":1}"#)
      #expect(task["cursor"]?.string == scene.cursor(try #require(last.last).offset))
      let list = try await scene.json("/api/tasks")
      // Which leaves out what would make it grow beyond all bounds.
      let listed = try #require(list["tasks"]?[1])
      #expect(listed.members.map { String($0.key) } == task.members.map { String($0.key) }.dropLast(3))
      #expect(listed.members.allSatisfy { $0.value == task[String($0.key)] })
      #expect(list["tasks"]?[0]?["tenant"] == nil)
      #expect(list["cursor"]?.string == scene.cursor(try await scene.journal.bounds().tail))
      // Nothing was missed by a stream that begins where the document ends.
      #expect(try await scene.json("/api/tasks/one/events?after=\(scene.cursor(last[2].offset))")["events"]?.count == 0)
    }
  }

  @Test func `what lists show of a task stands in them, in its document, and where a stream begins`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      let outline = TaskOutline(
        message: "Read.", facts: [.init(name: "symbol", value: "VELQOR")],
        calls: [.init(tool: "news", id: "1", agent: nil, agentTask: nil, step: 1, total: 4)])
      var batch = Batch(task: "one", entries: [RunRecords.note("x")], change: TaskChange(state: "working"))
      batch.memos = [outline.memo]
      _ = try await scene.journal.append(batch)
      let expected = #"{"symbol":"VELQOR"}"#
      let calls = #"[{"tool":"news","callId":"1","step":1,"total":4}]"#
      for task in [try await scene.json("/api/tasks")["tasks"]?[0], try await scene.json("/api/tasks/one")] {
        #expect(task?["message"]?.string == "Read." && task?["facts"]?.description == expected)
        #expect(task?["calls"]?.description == calls)
      }
      let standing = try await scene.journal.standing(.visible([.init()]), limit: 1)
      let event = StreamEvents.state("snapshot", standing, epoch: "e")
      let told = try JSONValue(parsing: event.data)["tasks"]?[0]
      #expect(told?["facts"]?.description == expected && told?["calls"]?.description == calls)
    }
  }

  @Test(arguments: [
    ("?limit=0", "400 bad-query"), ("?limit=201", "400 bad-query"), ("?limit=x", "400 bad-query"),
    ("?limit=1&limit=1", "400 bad-query"), ("?state=done", "400 bad-query"), ("?state=", "400 bad-query"),
    ("?final=yes", "400 bad-query"), ("?colour=red", "400 bad-query"), ("?before=17", "400 bad-cursor"),
    ("?before=latest", "400 bad-cursor"), ("?before=elsewhere.17", "410 cursor-lost"),
    ("?text=" + String(repeating: "x", count: 257), "400 bad-query"),
  ])
  func `a wrong question is refused by its name`(query: String, expected: String) async throws {
    try await TaskScene.run { scene async throws in
      #expect(try await scene.refusal("/api/tasks\(query)") == expected)
    }
  }

  @Test func `each sees the tasks that the policy lets them watch`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("oscars")
      try await scene.open("ottos", owner: "otto")
      try await scene.open("tinas", owner: "tina", tenant: "globex")
      try await scene.open("agents", owner: "good-agent", tenant: nil)
      try await scene.open("nobodys", owner: "", tenant: nil)
      let acme = ["ottos", "oscars"]
      let all = ["nobodys", "agents", "tinas", "ottos", "oscars"]
      let expected: [AccessColumn: [String]] = [
        .viewer: acme, .analyst: acme, .owner: acme, .other: acme, .tenant: ["tinas"], .operator: all, .admin: all,
        .agent: ["agents"],
      ]
      for (column, tasks) in expected {
        #expect(ids(try await scene.json("/api/tasks", as: column)) == tasks, "\(column)")
        #expect(ids(try await scene.json("/api/tasks?owner=tina", as: column)) == tasks.filter { $0 == "tinas" })
      }
    }
  }

  @Test func `with a journal that takes nothing more, each question is answered, and by the reason`() async throws {
    try await TaskScene.run { scene async throws in
      try await scene.open("one")
      await scene.journal.close()
      for path in ["/api/tasks", "/api/tasks/one", "/api/tasks/one/events"] {
        #expect(try await scene.refusal(path) == "503 draining", "\(path)")
      }
    }
  }
}
