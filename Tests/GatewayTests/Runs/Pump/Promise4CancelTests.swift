import A2A
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Closing cancels nothing; a cancel has a verdict.
@Suite struct Promise4CancelTests {
  /// A task at work, and its run.
  private static func atWork(
    _ agent: StagedAgent, _ body: (PumpStage, RunPump) async throws -> Void
  ) async throws {
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
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
      #expect(await pump.cancel(by: "kim") == .stopped)
      #expect(try await stage.task().isFinal)
      try await stage.expectWhole(as: .canceled)
      #expect(try await stage.trail().suffix(2) == ["command", "event canceled"])
      #expect(await pump.cancel(by: "kim") == .stopped)
    }
    #expect(await agent.calls == ["stream m1", "cancel a1"])
  }

  @Test func `a cancel that the agent refuses says so in its words, and the task goes on`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      await agent.refuse("cancel", with: A2AError(.taskNotCancelable, "It is being written."))
      guard case .refused(let words) = await pump.cancel(by: "kim") else {
        Issue.record("It was not refused.")
        return await pump.stop()
      }
      #expect(words.contains("It is being written."))
      #expect(try await stage.trail().suffix(2) == ["command", "note cancel-refused"])
      await agent.status(.completed)
      #expect(try await stage.heard("event completed"))
      #expect(await pump.cancel(by: "kim") == .ended(.completed))
    }
  }

  @Test func `two who cancel at once ask the agent once`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      async let one = pump.cancel(by: "kim")
      async let two = pump.cancel(by: "alex")
      #expect(await [one, two] == [.stopped, .stopped])
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
      #expect(await outcome == .stopped)
      await over
      try await stage.expectWhole(as: .canceled)
    }
  }

  @Test func `a cancel that cannot be delivered says why`() async throws {
    let agent = StagedAgent()
    try await Self.atWork(agent) { stage, pump async throws in
      await stage.agent.close()
      guard case .undelivered(let why) = await pump.cancel(by: "kim") else {
        Issue.record("It was delivered.")
        return await pump.stop()
      }
      #expect(why.contains("CancelTask failed"), "\(why)")
      await pump.stop()
      #expect(try await stage.task().isFinal == false)
    }
  }
}
