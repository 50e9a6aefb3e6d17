import A2A
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What was wanted of a task when the gateway went away.
@Suite struct CancelVerdictTests {
  /// Two gateways, one after the other, on one task at one agent.
  private static func across(
    _ agent: StagedAgent, atWork: Bool = true,
    before: (PumpStage, RunPump) async throws -> CommandReceipt, between: () async throws -> Void = {},
    after: (PumpStage, RunPump, CommandReceipt) async throws -> Void
  ) async throws {
    try await PumpStage.run(agent) { stage async throws in
      let first = stage.pump(try await stage.open(), time: TurnedRunTime().time)
      async let isOver: Void = first.run()
      if atWork { #expect(try await stage.heard("note handed-over")) }
      let receipt = try await before(stage, first)
      await first.stop()
      await isOver
      try await between()
      let second = stage.pump(try await stage.taken(up: "t1"))
      async let over: Void = second.run()
      do {
        try await after(stage, second, receipt)
      } catch {
        await second.stop()
        throw error
      }
      await over
      #expect(try await stage.records().count { $0.kind == .verdict } == 1)
    }
  }

  private static let more = Message(id: "m2", role: .user, text: "And this.")
  private static let cancel = RunCommand(id: "c1", by: "kim", act: .cancel(why: nil))

  @Test func `a cancel of which the agent had not heard is asked once the task is found`() async throws {
    let agent = StagedAgent()
    let gate = Gate()
    await agent.hold { await gate.pass() }
    try await Self.across(agent, atWork: false) { stage, pump async throws in
      #expect(await eventually { gate.arrived == 1 })
      return try await pump.take(Self.cancel)
    } between: {
      gate.open()
      #expect(await eventually { await agent.tasks["a1"] != nil })
    } after: { stage, pump, receipt async throws in
      #expect(try await pump.verdict(on: receipt, by: "kim")?.word == .stopped)
      #expect(try await stage.trail().count { $0 == "note delivered" } == 1)
    }
    #expect(await agent.calls.filter { $0 == "cancel a1" }.count == 1)
  }

  @Test func `a cancel that the agent has heard is asked again`() async throws {
    let agent = StagedAgent()
    await agent.heedNoCancel()
    try await Self.across(agent) { stage, pump async throws in
      let receipt = try await pump.take(Self.cancel)
      #expect(await eventually { await pump.machine?.cancelling.hasAgreed == true })
      return receipt
    } after: { stage, pump, receipt async throws in
      #expect(await eventually { await agent.calls.filter { $0 == "cancel a1" }.count == 2 })
      // It is known by its name, whoever asks.
      var again = receipt
      again.isRepeated = true
      #expect(try await pump.take(Self.cancel) == again)
      await agent.status(.canceled)
      #expect(try await pump.verdict(on: receipt, by: "kim")?.word == .stopped)
      #expect(try await stage.trail().count { $0 == "note delivered" } == 1)
    }
  }

  @Test func `what the agent had not been told is told once`() async throws {
    let agent = StagedAgent()
    let gate = Gate()
    await agent.hold { await gate.pass() }
    try await Self.across(agent, atWork: false) { stage, pump async throws in
      #expect(await eventually { gate.arrived == 1 })
      return try await pump.send(Self.more, by: "kim")
    } between: {
      gate.open()
      #expect(await eventually { await agent.tasks["a1"] != nil })
    } after: { stage, pump, receipt async throws in
      #expect(try await pump.verdict(on: receipt, by: "kim")?.word == .taken)
      await agent.status(.completed)
    }
    #expect(await agent.messages.map(\.id) == ["m1", "m2"])
  }

  @Test(arguments: [RunCommand.Act.say(more), .pause(why: nil)])
  func `what may have arrived is not sent again, and that is said`(_ act: RunCommand.Act) async throws {
    let agent = StagedAgent()
    await agent.canPause()
    let gate = Gate()
    try await Self.across(agent) { stage, pump async throws in
      await agent.hold { await gate.pass() }
      let receipt = try await pump.take(RunCommand(id: "c1", by: "kim", act: act))
      #expect(await eventually { gate.arrived == 1 })
      return receipt
    } after: { stage, pump, receipt async throws in
      let verdict = try await pump.verdict(on: receipt, by: "kim")
      #expect(verdict?.word == .undelivered)
      #expect(verdict?.why?.contains("was not sent again") == true)
      gate.open()
      #expect(await eventually { await agent.calls.contains("subscribe a1") })
      await agent.status(.completed)
    }
    #expect(await eventually { await agent.messages.count == 2 })
  }

  @Test func `a pause is not refused before it is known what the agent can`() async throws {
    let agent = StagedAgent()
    await agent.canPause()
    try await PumpStage.run(agent) { stage async throws in
      let first = stage.pump(try await stage.open())
      async let isOver: Void = first.run()
      #expect(try await stage.heard("note handed-over"))
      await first.stop()
      await isOver
      let second = stage.pump(try await stage.taken(up: "t1"))
      async let over: Void = second.run()
      // Taken while the card is being read, or just after.
      let receipt = try await second.take(RunCommand(id: "p", by: "kim", act: .pause(why: nil)))
      #expect(try await second.verdict(on: receipt, by: "kim")?.word == .paused)
      await agent.status(.completed)
      await over
    }
  }

  @Test func `a gateway that is killed between request and delivery delivers once, when it is back`() async throws {
    let agent = StagedAgent()
    let gate = Gate()
    await agent.hold { await gate.pass() }
    try await PumpStage.run(agent) { stage async throws in
      // That it was delivered is never stored, because the gateway dies of it.
      let dying = Gate()
      let held = PumpStage(
        journal: HeldJournal(base: stage.journal) { batch async throws(JournalError) in
          guard batch.entries.contains(where: { $0.short == "note delivered" }) else { return }
          await dying.pass()
          throw JournalError(.failed, "It is killed.")
        }, agent: stage.agent, log: stage.log)
      let first = held.pump(try await stage.open())
      async let isOver: Void = first.run()
      #expect(await eventually { gate.arrived == 1 })
      let receipt = try await first.send(Self.more, by: "kim")
      await agent.hold(at: nil)
      gate.open()
      #expect(await eventually { dying.arrived == 1 })
      dying.open()
      await isOver
      // Nothing left before it was stored that it would.
      #expect(await agent.messages.map(\.id) == ["m1"])
      #expect(try await stage.trail() == ["command", "event", "command"])
      let second = stage.pump(try await stage.taken(up: "t1"))
      async let over: Void = second.run()
      #expect(try await second.verdict(on: receipt, by: "kim")?.word == .taken)
      await agent.status(.completed)
      await over
      try await stage.expectWhole(as: .completed)
      #expect(await agent.messages.map(\.id) == ["m1", "m2"])
    }
  }
}
