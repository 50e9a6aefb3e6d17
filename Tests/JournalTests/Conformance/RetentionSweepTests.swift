import Journal
import TestSupport
import Testing

/// Removal by a clock that somebody sets.
@Suite struct RetentionSweepTests {
  private static let day: Int64 = 86_400_000
  private static let minute: Int64 = 60_000

  /// A journal with a task that has just ended and one that runs; rounds of ten minutes, by a clock that the test sets.
  private struct Rounds {
    let test: TestJournal
    var sweep: RetentionSweep
    var steady: Int64 = 7

    init(_ engine: Engine, _ retention: Retention) async throws {
      test = try await engine.make()
      sweep = RetentionSweep(retention)
      try await test.journal.store(.opening("running"))
      try await end("ended")
    }

    func end(_ task: String) async throws {
      try await test.journal.store(.opening(task))
      try await test.journal.store(.end(task))
    }

    mutating func run(_ count: Int = 1) async throws -> [RetentionSweep.Round] {
      var rounds: [RetentionSweep.Round] = []
      for _ in 0..<count {
        steady += 10 * RetentionSweepTests.minute
        test.clock.now += 10 * RetentionSweepTests.minute
        rounds.append(try await sweep.run(on: test.journal, now: test.clock.now, steady: steady))
      }
      return rounds
    }

    func kept() async throws -> [String] {
      try await test.journal.tasks(TaskQuery(visible: [.init()])).map(\.id).sorted()
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is old goes, once the clock has run evenly for an hour`(_ engine: Engine) async throws {
    var rounds = try await Rounds(engine, Retention(age: Self.day))
    rounds.test.clock.now += 2 * Self.day
    _ = try await rounds.run(6)
    #expect(try await rounds.kept() == ["ended", "running"])
    #expect(try await rounds.run() == [.init(trimmed: Trimmed(tasks: 1, records: 2), jump: nil)])
    #expect(try await rounds.kept() == ["running"])
    await rounds.test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a clock that is set ahead by mistake and put right removes nothing`(_ engine: Engine) async throws {
    var rounds = try await Rounds(engine, Retention(age: Self.day))
    _ = try await rounds.run(12)
    rounds.test.clock.now += 300 * Self.day
    #expect(try await rounds.run(3).map(\.jump) == [300 * Self.day, nil, nil])
    rounds.test.clock.now -= 300 * Self.day
    #expect(try await rounds.run(12).first?.jump == -300 * Self.day)
    #expect(try await rounds.kept() == ["ended", "running"])
    _ = try await rounds.run(144)
    #expect(try await rounds.kept() == ["running"])
    await rounds.test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a clock that is set back keeps things longer, and what was stored meanwhile is in nobody's way`(
    _ engine: Engine
  ) async throws {
    var rounds = try await Rounds(engine, Retention(age: Self.day))
    rounds.test.clock.now += 300 * Self.day
    // Ended by a clock that is ahead: young for a long time, and older by offset than what follows.
    try await rounds.end("from the future")
    rounds.test.clock.now -= 300 * Self.day
    try await rounds.end("later")
    _ = try await rounds.run(160)
    #expect(try await rounds.kept() == ["from the future", "running"])
    await rounds.test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `a clock that is put right little by little has not jumped`(_ engine: Engine) async throws {
    var rounds = try await Rounds(engine, Retention(age: Self.day))
    for _ in 0..<200 {
      rounds.test.clock.now -= 500
      #expect(try await rounds.run().first?.jump == nil)
    }
    #expect(try await rounds.kept() == ["running"])
    await rounds.test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `numbers count at once, whatever the clock`(_ engine: Engine) async throws {
    var rounds = try await Rounds(engine, Retention(age: Self.day, tasks: 1))
    try await rounds.end("newest")
    rounds.test.clock.now = 5
    #expect(try await rounds.run().first?.trimmed == Trimmed(tasks: 1, records: 2))
    #expect(try await rounds.kept() == ["newest", "running"])
    await rounds.test.journal.close()
  }

  @Test(arguments: Engine.allCases)
  func `tasks of any length go whole, and who writes meanwhile is not held up for ever`(_ engine: Engine) async throws {
    let test = try await engine.make()
    let journal = test.journal
    for (task, size) in [("long", 12_000), ("longer", 20_000), ("short", 1)] {
      try await journal.store(.opening(task))
      try await journal.store(.events(task, Array(repeating: "x", count: size)))
      try await journal.store(.end(task))
    }
    try await journal.store(.opening("running"))
    async let trimmed = journal.trim(Retention(tasks: 0), now: 0)
    for number in 0..<20 { try await journal.store(.events("running", ["\(number)"])) }
    #expect(try await trimmed == Trimmed(tasks: 3, records: 32_007))
    #expect(try await journal.all(of: "running").count == 21)
    await journal.close()
  }
}
