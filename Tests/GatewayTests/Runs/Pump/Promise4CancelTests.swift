import A2A
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Closing cancels nothing; a cancel has a verdict.
@Suite struct Promise4CancelTests {
  /// A task at work, and its run.
  private static func atWork(
    _ agent: StagedAgent, time: TurnedRunTime = TurnedRunTime(), holding gate: Gate? = nil,
    _ body: (PumpStage, RunPump) async throws -> Void
  ) async throws {
    try await PumpStage.run(agent) { stage async throws in
      let stage = gate.map { stage.holding("Wait here.", at: $0) } ?? stage
      let pump = stage.pump(try await stage.open(), time: time.time)
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working)
      #expect(try await stage.heard("event working"))
      do {
        try await body(stage, pump)
      } catch {
        await pump.stop()
        throw error
      }
      await over
    }
  }

  /// The agent has ended the task, and behind the gate is its answer to what it was told just before.
  private static func saidAtTheEnd(
    to agent: StagedAgent, time: TurnedRunTime = TurnedRunTime(),
    _ body: (PumpStage, RunPump, CommandReceipt, Gate) async throws -> Void
  ) async throws {
    let gate = Gate()
    try await atWork(agent, time: time) { stage, pump async throws in
      await agent.hold { await gate.pass() }
      let receipt = try await pump.send(Message(id: "m2", role: .user, text: "And this."), by: "kim")
      #expect(await eventually { gate.arrived == 1 })
      await agent.status(.completed)
      #expect(await eventually { await pump.machine?.hasEnded == true })
      try await body(stage, pump, receipt, gate)
      try await stage.expectWhole(as: .completed)
    }
  }

  @Test func `the gateway may leave, and the task goes on`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      await pump.stop()
      #expect(try await stage.task().isFinal == false)
      #expect(await agent.tasks["a1"]?.status.state == .working)
    }
    #expect(await agent.calls == ["stream m1"])
  }

  @Test func `a cancel that the agent follows says stopped, when the end is in the journal`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      #expect(try await pump.cancel(by: "kim")?.word == .stopped)
      #expect(try await stage.task().isFinal)
      try await stage.expectWhole(as: .canceled)
      #expect(try await stage.trail().suffix(4) == ["command", "note delivered", "event canceled", "verdict stopped"])
      await #expect(throws: Refusal.ended(.canceled)) { try await pump.cancel(by: "alex") }
    }
    #expect(await agent.calls == ["stream m1", "cancel a1"])
  }

  @Test func `a cancel that the agent refuses says so in its words, and the task goes on`() async throws {
    let agent = StagedAgent()
    let time = TurnedRunTime()
    try await Self.atWork(agent, time: time) { stage, pump async throws in
      await agent.refuse("cancel", with: A2AError(.taskNotCancelable, "It is being written."))
      async let first = pump.cancel(by: "kim")
      // It might have ended just now.
      await time.pass(500)
      let verdict = try await first
      #expect(verdict?.word == .refused && verdict?.after == 500)
      #expect(verdict?.why?.contains("It is being written.") == true)
      #expect(try await stage.trail().suffix(3) == ["command", "note delivered", "verdict refused"])
      // Another one is asked anew.
      await agent.refuse("cancel", with: nil)
      #expect(try await pump.cancel(by: "kim", id: "c2")?.word == .stopped)
      await #expect(throws: Refusal.ended(.canceled)) { try await pump.cancel(by: "alex") }
    }
    #expect(await agent.calls == ["stream m1", "cancel a1", "cancel a1"])
  }

  @Test func `an agent that refuses because it has just ended was too fast`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      await agent.refuse("cancel", with: A2AError(.taskNotCancelable, "It has ended."))
      async let outcome = pump.cancel(by: "kim")
      #expect(await eventually { await pump.machine?.cancelling.refusal != nil })
      await agent.status(.completed)
      let verdict = try await outcome
      #expect(verdict?.word == .tooLate && verdict?.why == "The task had ended as completed.")
    }
  }

  @Test func `an agent that does not stop is asked again, and then the gateway ends the task`() async throws {
    let agent = StagedAgent()
    let time = TurnedRunTime()
    await agent.heedNoCancel()
    try await Self.atWork(agent, time: time) { stage, pump async throws in
      async let one = pump.cancel(by: "kim")
      #expect(await eventually { await pump.machine?.cancelling.hasAgreed == true })
      await time.pass(10_000)
      #expect(await eventually { await agent.calls.filter { $0 == "cancel a1" }.count == 2 })
      // Who joins now has no time of the own.
      async let two = pump.cancel(by: "alex")
      #expect(try await stage.heard("command", times: 3))
      #expect(try await stage.task().isFinal == false)
      await time.pass(3000)
      let verdicts = try await [one, two]
      #expect(verdicts.map { $0?.word } == [.ignored, .ignored])
      #expect(verdicts.map { $0?.after } == [13_000, 3000])
      #expect(verdicts[0]?.why?.contains("again after 10 s") == true)
      #expect(try await stage.task().state == "canceled")
      // What it still does is kept, and changes nothing.
      await agent.status(.working)
      #expect(try await stage.heard("late working"))
      time.turn(29_000)
      await agent.status(.working)
      #expect(try await stage.heard("late working", times: 2))
      await time.pass(1000)
    }
  }

  @Test func `an agent that dies after it has said yes is not waited for`() async throws {
    let agent = StagedAgent()
    let time = TurnedRunTime()
    await agent.heedNoCancel()
    try await Self.atWork(agent, time: time) { stage, pump async throws in
      async let outcome = pump.cancel(by: "kim")
      #expect(await eventually { await pump.machine?.cancelling.hasAgreed == true })
      await stage.agent.close()
      await agent.cut()
      #expect(try await stage.heard("note agent-lost"))
      await time.pass(10_000)
      #expect(await eventually { await pump.machine?.cancelling.trouble != nil })
      await time.pass(3000)
      let verdict = try await outcome
      #expect(verdict?.word == .ignored && verdict?.why?.contains("CancelTask failed") == true, "\(verdict?.why ?? "")")
      #expect(try await stage.task().state == "canceled")
    }
  }

  @Test func `two who cancel at once ask the agent once`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      async let one = pump.cancel(by: "kim")
      async let two = pump.cancel(by: "alex")
      #expect(try await [one?.word, two?.word] == [.stopped, .stopped])
      try await stage.expectWhole(as: .canceled)
    }
    #expect(await agent.calls.filter { $0 == "cancel a1" }.count == 1)
  }

  @Test func `a cancel before the agent has answered reaches it when it has`() async throws {
    let agent = StagedAgent()
    let gate = Gate()
    try await PumpStage.run(agent) { stage async throws in
      await agent.hold { await gate.pass() }
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { gate.arrived == 1 })
      async let outcome = pump.cancel(by: "kim")
      #expect(try await eventually { try await stage.trail().count { $0 == "command" } == 2 })
      gate.open()
      #expect(try await outcome?.word == .stopped)
      await over
      try await stage.expectWhole(as: .canceled)
    }
  }

  @Test func `a cancel that cannot be delivered says why, and another one is tried anew`() async throws {
    let agent = StagedAgent()
    let time = TurnedRunTime()
    try await Self.atWork(agent, time: time) { stage, pump async throws in
      await stage.agent.close()
      for id in ["c1", "c2"] {
        async let outcome = pump.cancel(by: "kim", id: id)
        // It is tried again and again.
        for _ in 1...3 {
          #expect(await eventually { await pump.machine?.cancelling.againAt != nil })
          await time.pass(1000)
        }
        await time.pass(7000)
        let verdict = try await outcome
        #expect(verdict?.word == .undelivered)
        #expect(verdict?.why?.contains("CancelTask failed") == true, "\(verdict?.why ?? "")")
      }
      #expect(try await stage.trail().count { $0 == "note delivered" } == 0)
      await pump.stop()
      #expect(try await stage.task().isFinal == false)
    }
  }

  @Test func `an agent that waits for somebody is stopped as well`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      await agent.status(.inputRequired, "Which one?")
      #expect(try await stage.heard("event input_required"))
      await agent.closeStreams()
      #expect(await eventually { await agent.calls.contains("subscribe a1") })
      await agent.closeStreams()
      #expect(await eventually { await pump.machine?.phase.short == "waiting" })
      #expect(try await pump.cancel(by: "kim")?.word == .stopped)
    }
  }

  @Test func `what was said just before the end is taken, where the agent says so`() async throws {
    let agent = StagedAgent()
    try await Self.saidAtTheEnd(to: agent) { stage, pump, receipt, gate async throws in
      await agent.closeStreams()
      #expect(try await stage.task().isFinal == false)
      // Who comes now is told of the end when it is there for all.
      async let late = Self.code { try await pump.cancel(by: "alex") }
      gate.open()
      #expect(try await stage.end().suffix(2) == ["event completed", "verdict taken"])
      #expect(try await pump.verdict(on: receipt, by: "kim")?.word == .taken)
      #expect(await late == "task-ended")
    }
  }

  @Test func `an end waits no longer than two seconds for the agent's answer`() async throws {
    let time = TurnedRunTime()
    try await Self.saidAtTheEnd(to: StagedAgent(), time: time) { stage, _, _, gate async throws in
      await time.pass(2000)
      #expect(try await stage.end().suffix(2) == ["event completed", "verdict undelivered"])
      gate.open()
    }
  }

  @Test func `what was said before the end, and is not stored when it comes, reaches the agent and is settled`()
    async throws
  {
    let (agent, gate) = (StagedAgent(), Gate())
    try await Self.atWork(agent, holding: gate) { stage, pump async throws in
      await agent.status(.working, "Wait here.")
      #expect(await eventually { gate.arrived == 1 })
      async let receipt = pump.send(Message(id: "m2", role: .user, text: "And this."), by: "kim")
      #expect(await eventually { await pump.machine?.commands.inFlight.count == 1 })
      await agent.status(.completed)
      #expect(await eventually { await pump.machine?.hasEnded == true })
      gate.open()
      #expect(try await stage.end().suffix(4) == ["command", "note delivered", "event completed", "verdict taken"])
      let last = try await stage.task().lastSeq
      #expect(try await receipt.seq == last - 3)
      #expect(try await pump.verdict(on: receipt, by: "kim")?.seq == last)
      try await stage.expectWhole(as: .completed)
    }
    #expect(await agent.messages.map(\.id) == ["m1", "m2"])
  }

  private static func code(_ body: () async throws -> Verdict?) async -> String? {
    do {
      _ = try await body()
      return nil
    } catch {
      return (error as? Refusal)?.code
    }
  }

  @Test func `a gateway that leaves settles what its agents were told before the end`() async throws {
    try await Self.saidAtTheEnd(to: StagedAgent()) { stage, pump, receipt, gate async throws in
      await pump.stop()
      gate.open()
      #expect(try await pump.verdict(on: receipt, by: "kim")?.word == .undelivered)
      #expect(try await stage.trail().suffix(2) == ["event completed", "verdict undelivered"])
    }
  }

  @Test func `an agent that can is paused and goes on, and one that cannot refuses`() async throws {
    let agent = StagedAgent()
    await agent.canPause()
    try await Self.atWork(agent) { stage, pump async throws in
      for (act, word) in [(RunCommand.Act.pause(why: "Wait."), Verdict.Word.paused), (.resume, .resumed)] {
        let receipt = try await pump.take(RunCommand(id: word.rawValue, by: "kim", act: act))
        #expect(try await pump.verdict(on: receipt, by: "kim")?.word == word)
      }
      #expect(await agent.messages.dropFirst().map { PauseRequest(metadata: $0.metadata) } == [.pause, .resume])
      #expect(await agent.messages.last?.taskID == "a1")
      await agent.status(.completed)
    }
    let other = StagedAgent()
    try await Self.atWork(other) { stage, pump async throws in
      let receipt = try await pump.take(RunCommand(id: "p", by: "kim", act: .pause(why: nil)))
      #expect(try await pump.verdict(on: receipt, by: "kim")?.word == .refused)
      await other.status(.completed)
    }
    #expect(await other.messages.count == 1)
  }
}
