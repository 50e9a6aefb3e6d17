import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Questions as those read them who may see their tasks.
@Suite struct QuestionListTests {
  /// A task that waits, with questions of before and the open one.
  private static func ask(
    _ id: String, in scene: TaskScene, owner: String = "oscar", agent: String = "checker", asked: Int64,
    isFinal: Bool = false
  ) async throws {
    try await scene.open(id, owner: owner, agent: agent, title: "Title of \(id)")
    let before = TaskQuestion(
      number: 1, kind: .input, text: "Which?", form: nil, message: "m1", asked: asked - 1000,
      state: .closed(
        QuestionEnd(
          how: .answered, at: asked - 500, by: "mia", answer: .init(command: .init(by: "mia", id: "c"), message: "m"))))
    let open = TaskQuestion(
      number: 2, kind: .input, text: "Cleared?", form: QuestionStage.form, message: "m2", asked: asked,
      state: .open(QuestionClaim(by: "kim", until: asked + 120_000)))
    var batch = Batch(
      task: id, entries: [RunRecords.asked(before), RunRecords.asked(open)],
      change: TaskChange(state: TaskState.inputRequired.word))
    batch.memos = [before.memo, open.memo]
    _ = try await scene.journal.append(batch)
    guard isFinal else { return }
    _ = try await scene.journal.append(
      Batch(
        task: id, entries: [RunRecords.note("over")], change: TaskChange(state: TaskState.failed.word, isFinal: true)))
  }

  @Test func `open questions come oldest first, page by page, with all that a form needs`() async throws {
    try await TaskScene.run { scene async throws in
      for number in [3, 1, 2, 5, 4] {
        try await Self.ask("t\(number)", in: scene, asked: 1_772_357_400_000 + Int64(number))
      }
      let all = try await scene.json("/api/questions")
      #expect(all["questions"]?.elements.compactMap { $0["task"]?.string } == ["t1", "t2", "t3", "t4", "t5"])
      #expect(all["next"] == nil && all["cursor"]?.string?.contains(".") == true)
      let first = try #require(all["questions"]?[0])
      #expect(first["question"]?.string == "q2" && first["title"]?.string == "Title of t1")
      #expect(first["agent"]?.string == "checker" && first["owner"]?.string == "oscar")
      #expect(first["form"]?["fields"]?.count == 2 && first["form"]?["questionId"] == nil)
      #expect(
        first["asked"]?.string == "2026-03-01T09:30:00.001Z" && first["deadline"]?.string == "2026-03-01T09:31:00.000Z")
      #expect(first["claimedBy"]?.string == "kim" && first["claimedUntil"]?.string == "2026-03-01T09:32:00.001Z")
      var found: [String] = []
      var path: String? = "/api/questions?limit=2"
      while let next = path {
        let page = try await scene.json(next)
        found += page["questions"]?.elements.compactMap { $0["task"]?.string } ?? []
        path = page["next"]?.string.map { "/api/questions?limit=2&before=\($0)" }
      }
      #expect(found == ["t1", "t2", "t3", "t4", "t5"])
      #expect(try await scene.refusal("/api/questions?before=x") == "400 bad-cursor")
      #expect(try await scene.refusal("/api/questions?limit=0") == "400 bad-query")
      #expect(try await scene.refusal("/api/questions?state=open") == "400 bad-query")
    }
  }

  @Test func `one sees those of tasks that one may watch, and whether one may answer`() async throws {
    try await TaskScene.run { scene async throws in
      try await Self.ask("mine", in: scene, asked: 1)
      try await Self.ask("theirs", in: scene, owner: "someone", agent: "other", asked: 2)
      let owner = try await scene.json("/api/questions", as: .owner)["questions"]
      let operators = try await scene.json("/api/questions", as: .operator)["questions"]
      let viewer = try await scene.json("/api/questions", as: .viewer)["questions"]
      let tenant = try await scene.json("/api/questions", as: .tenant)["questions"]
      #expect(operators?.elements.compactMap { $0["task"]?.string } == ["mine", "theirs"])
      #expect(operators?.elements.allSatisfy { $0["mayAnswer"]?.bool == true } == true)
      #expect(owner?.elements.contains { $0["task"]?.string == "mine" && $0["mayAnswer"]?.bool == true } == true)
      #expect(viewer?.elements.allSatisfy { $0["mayAnswer"]?.bool == false } == true)
      #expect(tenant?.elements.contains { $0["task"]?.string == "mine" } == false)
      let agents = try await scene.json("/api/questions?agent=other", as: .operator)["questions"]
      #expect(agents?.elements.compactMap { $0["task"]?.string } == ["theirs"])
      #expect(try await scene.refusal("/api/tasks/mine/questions", as: .tenant) == "404 not-found")
    }
  }

  @Test func `all questions of a task are there, with how they were closed`() async throws {
    try await TaskScene.run { scene async throws in
      try await Self.ask("t1", in: scene, asked: 1_772_357_400_000)
      let list = try await scene.json("/api/tasks/t1/questions")["questions"]
      #expect(list?.elements.compactMap { $0["question"]?.string } == ["q1", "q2"])
      #expect(list?[0]?["state"]?.string == "closed" && list?[0]?["how"]?.string == "answered")
      #expect(list?[0]?["by"]?.string == "mia" && list?[0]?["closed"]?.string == "2026-03-01T09:29:59.500Z")
      #expect(list?[1]?["state"]?.string == "open" && list?[1]?["how"] == nil)
      #expect(list?.elements.allSatisfy { $0["task"] == nil } == true)
    }
  }

  @Test func `a task that has ended asks nothing, whatever is remembered of it`() async throws {
    try await TaskScene.run { scene async throws in
      try await Self.ask("t1", in: scene, asked: 1_772_357_400_000, isFinal: true)
      #expect(try await scene.json("/api/questions")["questions"]?.count == 0)
      let last = try await scene.json("/api/tasks/t1/questions")["questions"]?[1]
      #expect(last?["state"]?.string == "closed" && last?["how"]?.string == "ended")
    }
  }
}
