import A2A
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Things that happen at the same moment, hundreds of times, with pauses by dice between them.
@Suite struct CommandRaceTests {
  /// One task after another at one agent. Each is handed over, and raced for.
  private static func race(
    times: Int, _ body: @Sendable (Race) async throws -> Void
  ) async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      for number in 1...times {
        let id = "t\(number)"
        let pump = stage.pump(try await stage.open(id, message: "m-\(id)", context: "outer"))
        async let over: Void = pump.run()
        #expect(try await stage.heard("note handed-over", of: id))
        do {
          try await body(Race(stage: stage, pump: pump, agent: agent, number: number))
        } catch {
          await pump.stop()
          throw error
        }
        await over
      }
    }
  }

  struct Race: Sendable {
    let stage: PumpStage
    let pump: RunPump
    let agent: StagedAgent
    let number: Int

    var task: String { "t\(number)" }
    /// What the agent calls it.
    var inner: String { "a\(number)" }

    /// Up to a millisecond and a half, another time for each thing of each race.
    func pause(_ thing: UInt64) async {
      var random = SeededRandom(seed: UInt64(number) << 8 + thing)
      guard let time = [0, 0, 50, 200, 600, 1500].randomElement(using: &random), time > 0 else { return }
      try? await Task.sleep(for: .microseconds(time))
    }

    /// Nil where it was refused.
    func take(_ command: RunCommand, _ thing: UInt64) async throws -> CommandReceipt? {
      await pause(thing)
      do {
        return try await pump.take(command)
      } catch let refusal as Refusal {
        #expect(refusal.code == "task-ended" || refusal.code == "draining")
        return nil
      }
    }

    func verdicts() async throws -> [Verdict] { try await stage.records(of: task).compactMap { Verdict($0) } }
  }

  private static func cancel(_ id: String = "c1", by: String = "kim") -> RunCommand {
    RunCommand(id: id, by: by, act: .cancel(why: nil))
  }

  @Test func `a cancel and the end at the same time are one end and at most one verdict`() async throws {
    try await Self.race(times: 200) { race async throws in
      async let receipt = race.take(Self.cancel(), 1)
      await race.pause(2)
      if await race.agent.tasks[race.inner]?.status.state.isTerminal == false {
        await race.agent.status(.completed, of: race.inner)
      }
      let isTaken = try await receipt != nil
      #expect(await eventually { await race.pump.machine?.hasEnded == true })
      let state = try await #require(race.pump.machine).state
      _ = try await eventually { try await race.stage.task(race.task).isFinal }
      try await race.stage.expectWhole(race.task, as: state)
      let words = try await race.verdicts().map(\.word)
      #expect(words == (isTaken ? [state == .canceled ? .stopped : .tooLate] : []))
    }
  }

  @Test func `the same cancel from two places is one command with one receipt`() async throws {
    try await Self.race(times: 150) { race async throws in
      async let one = race.take(Self.cancel(), 1)
      async let two = race.take(Self.cancel(), 2)
      let receipts = try await [one, two].compactMap { $0 }
      // Who comes when all is over is refused by the run; from the journal the table of runs knows better.
      #expect(Set(receipts.map(\.seq)).count == 1)
      #expect(receipts.filter { !$0.isRepeated }.count == 1)
      #expect(await eventually { await race.pump.machine?.hasEnded == true })
      #expect(try await eventually { try await race.verdicts().map(\.word) == [.stopped] })
      #expect(try await race.stage.records(of: race.task).count { $0.kind == .command } == 2)
    }
  }

  @Test func `a cancel while a message is on its way leaves a verdict on both`() async throws {
    try await Self.race(times: 150) { race async throws in
      let message = Message(id: "more-\(race.number)", role: .user, text: "And this.")
      async let said = race.take(RunCommand(id: "s1", by: "kim", act: .say(message)), 1)
      async let cancelled = race.take(Self.cancel(), 2)
      let count = try await [said, cancelled].compactMap { $0 }.count
      #expect(count > 0)
      #expect(try await eventually { try await race.verdicts().count == count })
      let verdicts = try await race.verdicts()
      #expect(Set(verdicts.map(\.id)).count == count)
      for verdict in verdicts {
        let allowed: [Verdict.Word] = verdict.command == "send" ? [.taken, .tooLate] : [.stopped]
        #expect(allowed.contains(verdict.word), "\(verdict)")
      }
      // The agent has it where it is said so.
      let isTaken = verdicts.contains { $0.word == .taken }
      #expect(await race.agent.messages.contains { $0.id == message.id } == isTaken)
    }
  }

  @Test func `a gateway that stops at any moment loses nothing and says nothing twice`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      for number in 1...100 {
        let id = "t\(number)"
        let first = stage.pump(try await stage.open(id, message: "m-\(id)"))
        async let isOver: Void = first.run()
        #expect(try await stage.heard("note handed-over", of: id))
        let race = Race(stage: stage, pump: first, agent: agent, number: number)
        let message = Message(id: "more-\(number)", role: .user, text: "And this.")
        async let said = race.take(RunCommand(id: "s1", by: "kim", act: .say(message)), 1)
        await race.pause(2)
        await first.stop()
        await isOver
        _ = try await said
        let second = stage.pump(try await stage.taken(up: id))
        async let over: Void = second.run()
        // Whoever had no answer gives it again.
        let command = RunCommand(id: "s1", by: "kim", act: .say(message))
        let known = try await stage.journal.memos(of: id, under: CommandMemory.name(of: command.key))
        if known.isEmpty { _ = try await second.take(command) }
        #expect(try await eventually { try await race.verdicts().count == 1 })
        await agent.status(.completed, of: race.inner)
        await over
        try await stage.expectWhole(id, as: .completed)
        let verdicts = try await race.verdicts()
        #expect(verdicts.count == 1 && [.taken, .undelivered].contains(verdicts[0].word), "\(verdicts)")
        let arrived = await agent.messages.count { $0.id == message.id }
        #expect(arrived == 1 || (arrived == 0 && verdicts[0].word == .undelivered), "\(id): \(arrived), \(verdicts)")
      }
    }
  }
}
