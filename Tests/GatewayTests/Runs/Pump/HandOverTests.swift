import A2A
import A2AWire
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What is on disk when a message leaves.
@Suite struct HandOverTests {
  @Test func `a message leaves when it is stored that it may have left, and not before`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let gate = Gate()
      let held = PumpStage(
        journal: HeldJournal(base: stage.journal, gate: gate), agent: stage.agent, log: stage.log)
      let pump = held.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { gate.arrived == 1 })
      // Whatever had left by now would be there before these.
      for _ in 0..<20 { _ = try await stage.agent.client.tasks(.init()) }
      #expect(await agent.messages.isEmpty)
      #expect(await !agent.calls.contains("stream m1"))
      #expect(try await stage.memory().phase == .waiting)
      gate.open()
      #expect(await eventually { await agent.messages.count == 1 })
      #expect(try await stage.memory().phase != .waiting)
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.completed)
      await over
      try await stage.expectWhole(as: .completed)
    }
  }

  @Test func `a task that is cancelled while its message may not leave yet never gets to its agent`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let gate = Gate()
      let held = PumpStage(
        journal: HeldJournal(base: stage.journal, gate: gate), agent: stage.agent, log: stage.log)
      let pump = held.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { gate.arrived == 1 })
      async let outcome = pump.cancel(by: "kim")
      // The cancel is taken, and stored behind what is held.
      #expect(await eventually { await pump.machine?.hasEnded == true })
      gate.open()
      #expect(try await outcome?.word == .stopped)
      await over
      for _ in 0..<20 { _ = try await stage.agent.client.tasks(.init()) }
      try await stage.expectWhole(as: .canceled)
      #expect(await agent.messages.isEmpty)
    }
  }
}
