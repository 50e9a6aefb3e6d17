import Journal
import TestSupport
import Testing

@Suite struct TrimmingTests {
  @Test(arguments: Engine.allCases)
  func `what has ended goes by age, and what runs stays however old`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    for task in ["old", "running"] { try await journal.store(.opening(task)) }
    try await journal.store(.end("old"))
    test.clock.now += 1000
    try await journal.store(.opening("young"))
    try await journal.store(.end("young"))
    #expect(try await journal.trim(Retention(), now: .max) == Trimmed())
    #expect(try await journal.trim(Retention(age: 1000), now: test.clock.now - 1) == Trimmed())
    #expect(try await journal.trim(Retention(age: 1000), now: test.clock.now) == Trimmed(tasks: 1, records: 2))
    #expect(try await journal.task("old") == nil)
    #expect(try await journal.all(of: "old") == [])
    #expect(try await journal.bounds() == Bounds(tail: 5, trimmed: 3))
    #expect(try await journal.all(of: "running").count == 1)
    #expect(try await journal.all(of: "young").count == 2)
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `of what has ended the newest are kept by number`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    try await journal.store(.opening("running"))
    for task in 0..<200 {
      try await journal.store(.opening("\(task)"))
      try await journal.store(.end("\(task)"))
    }
    #expect(try await journal.trim(Retention(tasks: 10), now: 0) == Trimmed(tasks: 190, records: 380))
    let kept = try await journal.tasks(TaskQuery(visible: [.init()], limit: 100)).map(\.id)
    #expect(kept == (190..<200).reversed().map { "\($0)" } + ["running"])
    await journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `no offset is given twice, even when the newest records have gone`(_ engine: Engine) async throws {
    let test = try await engine.make()
    try await test.journal.store(.opening("a"))
    try await test.journal.store(.end("a"))
    _ = try await test.journal.trim(Retention(tasks: 0), now: 0)
    try await test.reopen()
    #expect(try await test.journal.bounds() == Bounds(tail: 2, trimmed: 2))
    let records = try await test.journal.store(.opening("a"))
    #expect(records.map(\.offset) == [3])
    #expect(records.map(\.seq) == [1])
    await test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `with a task go its keys, its producers and its snapshot`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    func fill() async throws -> Appended {
      try await journal.store(.opening("a", key: "opening"))
      var batch = Batch(task: "a", entries: [Entry("x")], key: "command")
      batch.stamp = ProducerStamp(producer: "p", epoch: 1, seq: 1)
      return try await journal.append(batch)
    }
    #expect(try await fill().records.count == 1)
    try await journal.store(
      Batch(
        task: "a", entries: [Entry("end")],
        change: TaskChange(state: "completed", isFinal: true, snapshot: Array("{}".utf8))))
    _ = try await journal.trim(Retention(tasks: 0), now: 0)
    #expect(try await fill().records.count == 1)
    #expect(try await journal.task("a")?.snapshot == nil)
    await journal.close()
  }
}
