import Identity
import Journal
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// What has been kept long enough goes, while the gateway runs.
@Suite struct RetentionRoundsTests {
  private func store(_ task: String, isFinal: Bool, in journal: any Journal) async throws {
    _ = try await journal.append(
      Batch(
        task: task, entries: [Entry(.event, origin: "test", payload: Array("{}".utf8))],
        opening: TaskOpening(owner: "oscar", tenant: nil, agent: "a"),
        change: TaskChange(state: isFinal ? "completed" : "working", isFinal: isFinal)))
  }

  @Test func `an ended task goes when its time is over, a running one never`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) {
      $0.journal.retention = Retention(age: 2 * 3_600_000, tasks: nil)
    } _: { gateway async throws in
      let journal = try #require(await gateway.gateway.records?.journal)
      try await store("ended", isFinal: true, in: journal)
      try await store("running", isFinal: false, in: journal)
      // An hour and a half: the clock has run evenly for long enough, and the task is not old enough.
      for _ in 1...90 { clock.turn(seconds: 60) }
      #expect(try await journal.task("ended") != nil)
      #expect(
        try await eventually {
          clock.turn(seconds: 60)
          return try await journal.task("ended") == nil
        })
      #expect(try await journal.task("running") != nil)
      let line = #""message":"old tasks removed","tasks":1,"records":1"#
      #expect(await eventually { gateway.log.all.contains { $0.contains(line) } })
    }
  }

  @Test func `a clock that is set removes nothing, and it is said`() async throws {
    let clock = TurnedClock()
    let lead = Mutex(Int64(0))
    let wrong = GatewayClock(
      now: { clock.now }, milliseconds: { clock.now.seconds * 1000 + lead.withLock { $0 } },
      steady: { clock.now.seconds * 1000 }, sleepUntil: clock.clock.sleepUntil)
    try await TestGateway.run(clock: wrong) {
      $0.journal.retention = Retention(age: 86_400_000, tasks: nil)
    } _: { gateway async throws in
      let journal = try #require(await gateway.gateway.records?.journal)
      try await store("ended", isFinal: true, in: journal)
      #expect(await eventually { clock.sleeperCount >= 3 })
      // A year ahead.
      lead.withLock { $0 = 365 * 86_400_000 }
      #expect(
        await eventually {
          clock.turn(seconds: 60)
          return gateway.log.all.contains { $0.contains("the clock was set") }
        })
      #expect(try await journal.task("ended") != nil)
    }
  }

  @Test func `a reload brings another number of tasks that are kept`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) {
      $0.journal.retention = Retention(age: nil, tasks: nil)
    } _: { gateway async throws in
      let records = try #require(await gateway.gateway.records)
      for number in 1...5 { try await store("t\(number)", isFinal: true, in: records.journal) }
      records.rounds.retention = Retention(age: nil, tasks: 2)
      #expect(
        try await eventually {
          clock.turn(seconds: 61)
          return try await records.journal.task("t3") == nil
        })
      for number in 4...5 { #expect(try await records.journal.task("t\(number)") != nil) }
    }
  }
}
