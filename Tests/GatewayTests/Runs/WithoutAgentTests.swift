import A2A
import HTTP
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Verdicts on what is wanted of tasks that no agent works on.
@Suite struct WithoutAgentTests {
  static let cancel = RunCommand(id: "c1", by: "kim", act: .cancel(why: nil))

  /// Puts into the journal what somebody said to a task before the gateway stopped.
  private static func said(_ id: String, isDelivered: Bool, _ stand: RunStand, _ task: String) async throws {
    let message = Message(id: id, role: .user, text: "More.", contextID: task, taskID: task)
    let command = RunCommand(id: id, by: "kim", act: .say(message))
    var memory = command.memory(seq: try await stand.task(task).lastSeq + 1, since: UnixClock.milliseconds())
    memory.isDelivered = isDelivered
    var batch = Batch(task: task, entries: [RunRecords.said("send", message, id: id, by: "kim")])
    batch.memos = [memory.memo]
    _ = try await stand.journal.append(batch)
  }

  /// Puts into the journal that somebody wanted it to stop.
  static func wanted(
    _ stand: RunStand, _ task: String, _ command: RunCommand = cancel, under fence: Fence? = nil
  ) async throws {
    let memory = command.memory(seq: try await stand.task(task).lastSeq + 1, since: UnixClock.milliseconds())
    var batch = Batch(task: task, entries: [RunRecords.command(command)])
    batch.memos = [memory.memo]
    batch.fence = fence
    _ = try await stand.journal.append(batch)
  }

  static func verdicts(_ task: String, _ stand: RunStand) async throws -> [String] {
    try await stand.records(task).compactMap { Verdict($0) }.map { "\($0.command) \($0.word.rawValue)" }
  }

  @Test func `whoever cancels a task that waits settles what else was wanted of it`() async throws {
    let folder = try TemporaryFolder()
    try await RunStand.run(folder, agents: ["checker": 1]) { stand in
      _ = try await stand.submit()
      let waiting = try await stand.submit().task
      try await Self.said("s1", isDelivered: false, stand, waiting)
      let receipt = try await stand.runs.take(Self.cancel, on: stand.task(waiting))
      #expect(receipt.verdict?.word == .stopped)
      #expect(try await Self.verdicts(waiting, stand) == ["send too-late", "cancel stopped"])
      let records = try await stand.records(waiting)
      #expect(records.map(\.seq) == (1...records.count).map(Int64.init))
      #expect(records[Int(receipt.seq) - 1].origin == "kim")
      #expect(receipt.verdict?.seq == Int64(records.count))
      #expect(try await RunCommands.of(waiting, in: stand.journal).open.isEmpty)
    }
  }

  @Test func `what is open when somebody else ends the task has a verdict all the same`() async throws {
    try await RunStand.run(TemporaryFolder()) { stand in
      let task = try await stand.submit().task
      let run = try await stand.made.run(of: task)
      try await Self.said("s1", isDelivered: true, stand, task)
      try await Self.said("s2", isDelivered: false, stand, task)
      try await run.finish()
      let isSettled = try await eventually {
        try await Self.verdicts(task, stand) == ["send undelivered", "send too-late"]
      }
      #expect(isSettled)
      let last = try #require(try await stand.records(task).last)
      let memory = try await stand.runs.memory(of: RunCommand.Key(by: "kim", id: "s2"), in: task)
      #expect(memory?.verdict?.seq == last.seq)
      #expect(await eventually { await stand.runs.figures.running == 0 })
    }
  }

  @Test func `a task whose agent is gone says what came of all that was wanted`() async throws {
    let folder = try TemporaryFolder()
    let task = try await RunStand.run(folder, agents: ["checker": 1]) { stand in
      let task = try await stand.submit().task
      try await stand.made.run(of: task).remember(.handedOver)
      try await Self.said("s1", isDelivered: true, stand, task)
      try await Self.said("s2", isDelivered: false, stand, task)
      return task
    }
    try await RunStand.run(folder, agents: ["other": 1]) { stand async throws in
      #expect(try await eventually { try await stand.task(task).isFinal })
      #expect(try await Self.verdicts(task, stand) == ["send undelivered", "send undelivered"])
    }
  }

  /// A journal that is full for the first of these batches.
  private static func full(
    for isMeant: @escaping @Sendable (Batch) -> Bool
  ) -> (wrap: @Sendable (any Journal) -> any Journal, isFull: Kept<Bool>) {
    let isFull = Kept(true)
    return (
      { journal in
        HeldJournal(base: journal) { batch async throws(JournalError) in
          if isMeant(batch), isFull.value { throw JournalError(.full, "It is full.") }
        }
      }, isFull
    )
  }

  @Test func `an end that the journal has no room for is told when it has, with what came of all that was wanted`()
    async throws
  {
    let folder = try TemporaryFolder()
    let task = try await RunStand.run(folder, agents: ["checker": 1]) { stand in
      let task = try await stand.submit().task
      try await stand.made.run(of: task).remember(.handedOver)
      try await Self.wanted(stand, task)
      return task
    }
    let clock = TurnedClock()
    let (wrap, isFull) = Self.full { $0.change?.isFinal == true }
    try await RunStand.run(folder, agents: ["other": 1], clock: clock.clock, wrap: wrap) { stand async throws in
      #expect(await eventually { clock.sleeperCount == 1 })
      clock.turn(seconds: 5)
      #expect(await eventually { clock.sleeperCount == 1 })
      #expect(try await !stand.task(task).isFinal)
      isFull.set(false)
      clock.turn(seconds: 5)
      #expect(try await eventually { try await stand.task(task).isFinal })
      #expect(try await Self.verdicts(task, stand) == ["cancel undelivered"])
    }
  }

  @Test func `verdicts that the journal has no room for are told when it has`() async throws {
    let clock = TurnedClock()
    let (wrap, isFull) = Self.full { $0.entries.allSatisfy { $0.kind == .verdict } }
    try await RunStand.run(TemporaryFolder(), clock: clock.clock, wrap: wrap) { stand async throws in
      let task = try await stand.submit().task
      let run = try await stand.made.run(of: task)
      try await Self.wanted(stand, task)
      try await run.finish(.canceled)
      #expect(await eventually { clock.sleeperCount == 1 })
      #expect(try await Self.verdicts(task, stand) == [])
      isFull.set(false)
      clock.turn(seconds: 5)
      #expect(try await eventually { try await Self.verdicts(task, stand) == ["cancel stopped"] })
      #expect(await eventually { await stand.runs.figures.running == 0 })
    }
  }

  @Test func `the same cancel from two places while the task is being ended is one`() async throws {
    let gate = Gate()
    let held: @Sendable (any Journal) -> any Journal = { journal in
      HeldJournal(base: journal) { batch async throws(JournalError) in
        if batch.change?.isFinal == true { await gate.pass() }
      }
    }
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1], wrap: held) { stand in
      _ = try await stand.submit()
      let waiting = try await stand.submit().task
      let task = try await stand.task(waiting)
      async let one = stand.runs.take(Self.cancel, on: task)
      #expect(await eventually { gate.arrived == 1 })
      async let two = stand.runs.take(Self.cancel, on: task)
      async let other = Self.refusal {
        try await stand.runs.take(Asker.probe("alex").wanting(.cancel(why: nil)), on: task)
      }
      #expect(
        await eventually {
          if case .leaving(let others) = await stand.runs.live[waiting] { others.count == 2 } else { false }
        })
      gate.open()
      let receipts = try await [one, two]
      #expect(receipts.map(\.seq) == [4, 4] && receipts.map(\.isRepeated) == [false, true])
      #expect(receipts[1].verdict == receipts[0].verdict)
      #expect(await other == .ended(.canceled))
    }
  }

  private static func refusal(_ body: () async throws -> CommandReceipt) async -> Refusal? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? Refusal
    }
  }

  @Test func `a place that is told at the same time is counted before the cancel`() async throws {
    let gate = Gate()
    let clock = TurnedClock()
    let held: @Sendable (any Journal) -> any Journal = { journal in
      HeldJournal(base: journal) { batch async throws(JournalError) in
        if batch.opening == nil, batch.change == nil { await gate.pass() }
      }
    }
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1], clock: clock.clock, wrap: held) { stand in
      let running = try await stand.submit().task
      let next = try await stand.submit().task
      let waiting = try await stand.submit().task
      try await stand.made.run(of: running).finish()
      _ = try await stand.made.run(of: next)
      _ = await eventually { clock.sleeperCount > 0 }
      clock.turn(seconds: 1)
      #expect(await eventually { gate.arrived == 1 })
      async let receipt = stand.runs.take(Self.cancel, on: stand.task(waiting))
      #expect(await eventually { if case .leaving = await stand.runs.live[waiting] { true } else { false } })
      #expect(try await stand.records(waiting).count == 3)
      gate.open()
      #expect(try await receipt.seq == 5)
      let kinds = try await stand.records(waiting).map(\.kind)
      #expect(kinds == [.command, .event, .event, .event, .command, .event, .verdict])
    }
  }

  @Test func `a number that somebody else has taken meanwhile is not what is remembered`() async throws {
    let other = Entry(.note, origin: "test", payload: Array(#"{"note":"between"}"#.utf8))
    let between: @Sendable (any Journal) -> any Journal = { journal in
      HeldJournal(base: journal) { batch async throws(JournalError) in
        if batch.change?.isFinal == true { _ = try await journal.append(Batch(task: batch.task, entries: [other])) }
      }
    }
    try await RunStand.run(try TemporaryFolder(), agents: ["checker": 1], wrap: between) { stand in
      _ = try await stand.submit()
      let waiting = try await stand.submit().task
      let receipt = try await stand.runs.take(Self.cancel, on: stand.task(waiting))
      #expect(receipt.seq == 5 && receipt.verdict?.seq == 7)
      var again = receipt
      again.isRepeated = true
      #expect(try await stand.runs.take(Self.cancel, on: stand.task(waiting)) == again)
    }
  }
}
