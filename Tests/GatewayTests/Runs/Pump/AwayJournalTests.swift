import A2A
import HTTP
import Journal
import Synchronization
import TestSupport
import Testing

@testable import Gateway

/// A journal whose server is away for a while.
@Suite struct AwayJournalTests {
  /// Away for the first tries of each batch; says, as an engine does, under which name it may come again.
  private final class Absence: Sendable {
    private let seen = Mutex<[(name: String?, entries: [String])]>([])

    func meet(_ batch: Batch) throws(JournalError) {
      let tries = seen.withLock { seen in
        seen.append((batch.name, batch.entries.map(\.short)))
        return seen.count
      }
      guard tries % 3 == 0 else { throw JournalError(.unreachable, "It is away.", doubt: "batch \(tries / 3)") }
    }

    var names: [String?] { seen.withLock { $0.map(\.name) } }
  }

  @Test func `a run waits for it, sends batches again by their name, and misses nothing`() async throws {
    let agent = StagedAgent()
    let absence = Absence()
    try await PumpStage.run(agent) { stage async throws in
      let away = PumpStage(
        journal: HeldJournal(base: stage.journal) { batch async throws(JournalError) in try absence.meet(batch) },
        agent: stage.agent, log: stage.log)
      let pump = away.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { await agent.messages.count == 1 })
      await agent.status(.completed)
      await over
      try await stage.expectWhole(as: .completed)
      let names = absence.names
      #expect(names.count >= 3 && names.count % 3 == 0)
      for (index, name) in names.enumerated() { #expect((name == nil) == (index % 3 == 0)) }
      #expect(stage.log.all.contains { $0.contains("run waits for the journal") })
    }
  }

  @Test func `a run waits for room, says so to whoever commands it, and misses nothing`() async throws {
    let agent = StagedAgent()
    let isFull = Mutex(false)
    try await PumpStage.run(agent) { stage async throws in
      let full = PumpStage(
        journal: HeldJournal(base: stage.journal) { _ async throws(JournalError) in
          if isFull.withLock({ $0 }) { throw JournalError(.full, "It is full.") }
        }, agent: stage.agent, log: stage.log)
      let pump = full.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working)
      #expect(try await stage.heard("event working"))
      isFull.withLock { $0 = true }
      // Both are told at once, and not when there is room.
      for id in ["c1", "c2"] {
        let cancel = RunCommand(id: id, by: "kim", act: .cancel(why: nil))
        let refusal = await #expect(throws: Refusal.self) { try await pump.take(cancel) }
        #expect(refusal?.code == "journal-full")
      }
      #expect(stage.log.all.contains { $0.contains("run waits for the journal") })
      isFull.withLock { $0 = false }
      await over
      // The first had come before that was known: with room it is kept.
      try await stage.expectWhole(as: .canceled)
      #expect(try await stage.records().count { $0.kind == .command } == 2, "the message, and the first cancel")
      #expect(!stage.log.all.contains { $0.contains("run not stored") })
    }
  }

  @Test func `a gateway that stops does not wait for it`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let away = PumpStage(
        journal: HeldJournal(base: stage.journal) { _ async throws(JournalError) in
          throw JournalError(.unreachable, "It is away.")
        }, agent: stage.agent, log: stage.log)
      let pump = away.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { stage.log.all.contains { $0.contains("run waits for the journal") } })
      await pump.stop()
      await over
      #expect(try await stage.task().isFinal == false)
    }
  }
}
