import A2A
import A2AWire
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Upstream loss is written down.
@Suite struct Promise7UpstreamLossTests {
  @Test func `a stream that is cut is taken up again, and nothing is said where nothing was missed`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working)
      #expect(try await stage.heard("event working"))
      await agent.cut()
      #expect(try await stage.heard("note agent-found"))
      await agent.status(.completed)
      await over
      #expect(
        try await stage.trail() == [
          "command", "event", "note handed-over", "event", "event working", "note agent-lost", "note agent-found",
          "event completed",
        ])
      try await stage.expectWhole(as: .completed)
      #expect(await agent.calls == ["stream m1", "subscribe a1"])
    }
  }

  @Test(arguments: [false, true]) func `what an agent says again is in the record once, and counted`(
    _ afterRestart: Bool
  ) async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      var pump = stage.pump(try await stage.open())
      var work = Task { [pump] in await pump.run() }
      #expect(try await stage.heard("note handed-over"))
      var told: [TaskEvent] = []
      for number in 1...3 {
        await agent.status(.working, "Step \(number).")
        guard let status = await agent.tasks["a1"]?.status else { continue }
        told.append(.status(.init(taskID: "a1", contextID: "inner", status: status)))
      }
      #expect(try await stage.heard("event working", times: 3))
      if afterRestart {
        await pump.stop()
        await work.value
        pump = stage.pump(try await stage.taken(up: "t1"))
        work = Task { [pump] in await pump.run() }
        #expect(await eventually { await pump.machine?.phase.short == "following" })
      } else {
        await agent.cut()
        #expect(try await stage.heard("note agent-found"))
      }
      for event in told { await agent.say(event) }
      await agent.status(.completed)
      await work.value
      #expect(try await stage.trail().count { $0 == "event working" } == 3)
      #expect(try await stage.trail().allSatisfy { !$0.hasPrefix("gap") })
      #expect(stage.news.value.count { $0 == .repeated } == 3)
    }
  }

  @Test func `what was missed is named, and the task comes to what the agent shows`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working)
      await agent.piece("one ", append: false)
      #expect(try await stage.heard("event artifact"))
      await agent.cut()
      await agent.piece("two ", append: true, unheard: true)
      await agent.status(.working, "Half of it.", unheard: true)
      #expect(try await stage.heard("note agent-found"))
      await agent.piece("three", append: true)
      await agent.status(.completed)
      await over
      try await stage.expectWhole(as: .completed)
      let gap = try #require(try await stage.records().first { $0.kind == .gap })
      let text = String(decoding: gap.payload, as: UTF8.self)
      #expect(text.contains("the rest of the artifact report"), "\(text)")
      #expect(text.contains("what it reported while it was working"), "\(text)")
      let image = try #require(try await stage.task().snapshot.flatMap(TaskImage.init(reading:)))
      #expect(image.task.artifacts?.first?.parts.map(\.content) == [.text("one "), .text("two "), .text("three")])
      #expect(stage.news.value.contains(.gap))
    }
  }

  @Test func `a task that ended while nobody heard comes to its end`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working, unheard: true)
      await agent.status(.completed, "Done.", unheard: true)
      await agent.cut()
      await over
      try await stage.expectWhole(as: .completed)
      #expect(
        try await stage.trail().suffix(4) == [
          "note agent-lost", "note agent-found", "gap completed", "event completed",
        ])
    }
  }

  @Test func `an agent that has forgotten the task ends it with a clear error`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.forgetTasks()
      await over
      try await stage.expectWhole(as: .failed)
      let last = try #require(try await stage.records().last)
      let text = String(decoding: last.payload, as: UTF8.self)
      #expect(text.contains("AGENT_LOST") && text.contains("does not know the task any more"), "\(text)")
    }
  }

  @Test func `an agent that stays away ends the task when its time is up`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      var deadlines = RunDeadlines()
      deadlines.lost = .milliseconds(600)
      let pump = stage.pump(try await stage.open(), deadlines: deadlines)
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.refuse("subscribe", with: A2AError(.internalError, "Not now."))
      await agent.refuse("get", with: A2AError(.internalError, "Not now."))
      await agent.cut()
      await over
      try await stage.expectWhole(as: .failed)
      #expect(stage.news.value.contains { if case .ended(.failed, .agentLost, _) = $0 { true } else { false } })
    }
  }

  @Test func `a message whose answer was lost is not sent again, and its task is found`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      await agent.cutNewStreams(true)
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { await agent.calls.contains("list") })
      await agent.cutNewStreams(false)
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.completed)
      await over
      try await stage.expectWhole(as: .completed)
      #expect(await agent.messages.map(\.id) == ["m1"])
      #expect(await agent.calls.filter { $0.hasPrefix("stream") } == ["stream m1"])
    }
  }

  @Test func `a message of which the agent knows nothing is not sent again`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      await agent.cutNewStreams(true)
      await agent.refuse("list", with: A2AError(.unsupportedOperation, "There are no lists."))
      let pump = stage.pump(try await stage.open())
      await pump.run()
      try await stage.expectWhole(as: .failed)
      #expect(stage.news.value.contains { if case .ended(.failed, .handOverLost, _) = $0 { true } else { false } })
      #expect(await agent.messages.map(\.id) == ["m1"])
    }
  }

  /// Cuts at any moment, with events that come on the stream and events that do not.
  @Test func `wherever it is cut, the task becomes what the agent says, and every hole has its record`() async throws {
    for seed in 0..<8 {
      var random = SeededRandom(seed: UInt64(seed))
      let agent = StagedAgent()
      try await PumpStage.run(agent) { stage async throws in
        let pump = stage.pump(try await stage.open())
        async let over: Void = pump.run()
        #expect(try await stage.heard("note handed-over"))
        var cuts = 0
        for number in 0..<30 {
          switch Int.random(in: 0..<10, using: &random) {
          case 0:
            cuts += 1
            await agent.cut()
            if Bool.random(using: &random) {
              await agent.piece("unheard \(number) ", append: number > 0, unheard: true)
            }
            #expect(try await stage.heard("note agent-found", times: cuts), "seed \(seed)")
          case 1...5: await agent.piece("piece \(number) ", append: number > 0)
          default: await agent.status(.working, "Step \(number).")
          }
        }
        await agent.status(.completed, "Done.")
        await over
        try await stage.expectWhole(as: .completed)
        let image = try #require(try await stage.task().snapshot.flatMap(TaskImage.init(reading:)))
        let theirs = await agent.tasks["a1"]
        let same = image.task.artifacts == theirs?.artifacts
        #expect(same, "seed \(seed)")
        #expect(await agent.messages.count == 1)
      }
    }
  }

  // MARK: After a restart

  @Test(arguments: ["told everything", "missed something", "ended", "forgotten"])
  func `after a restart the agent is asked how far it is`(_ meanwhile: String) async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let first = stage.pump(try await stage.open())
      async let over: Void = first.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working)
      #expect(try await stage.heard("event working"))
      await first.stop()
      await over
      switch meanwhile {
      case "missed something": await agent.status(.working, "Half of it.")
      case "ended": await agent.status(.completed, "Done.")
      case "forgotten": await agent.forgetTasks()
      default: break
      }
      let second = stage.pump(try await stage.taken())
      async let end: Void = second.run()
      if meanwhile != "ended", meanwhile != "forgotten" {
        #expect(await eventually { await agent.calls.contains("subscribe a1") })
        if meanwhile == "missed something" {
          #expect(try await eventually { try await stage.trail().contains { $0.hasPrefix("gap") } })
        }
        await agent.status(.completed, "Done.")
      }
      await end
      try await stage.expectWhole(as: meanwhile == "forgotten" ? .failed : .completed)
      let gaps = try await stage.records().count { $0.kind == .gap }
      #expect(gaps == (["missed something", "ended"].contains(meanwhile) ? 1 : 0))
      #expect(await agent.messages.count == 1)
      #expect(await agent.calls.filter { $0.hasPrefix("cancel") } == [])
    }
  }

  @Test func `after a crash within the hand-over the task is found among others, or given up`() async throws {
    for isThere in [true, false] {
      let agent = StagedAgent()
      try await PumpStage.run(agent) { stage async throws in
        // An earlier task of the same conversation, which is not to be taken for this one.
        let earlier = stage.pump(try await stage.open("t0", message: "m0"))
        async let before: Void = earlier.run()
        #expect(try await stage.heard("note handed-over", of: "t0"))
        await agent.status(.completed)
        await before
        guard case .fresh(let task, var memory, _) = try await stage.open() else { return }
        memory.phase = .handingOver
        memory.begun = task.opened
        #expect(try await stage.journal.remember([memory.memo], of: "t1"))
        var request = SendMessageRequest(
          message: Message(id: "m1", role: .user, text: "Do it.", contextID: "inner"))
        request.configuration.returnImmediately = true
        if isThere { _ = try await stage.agent.client.send(request) }
        let pump = stage.pump(try await stage.taken())
        async let over: Void = pump.run()
        if isThere {
          #expect(try await stage.heard("note handed-over"))
          await agent.status(.completed, of: "a2")
        }
        await over
        try await stage.expectWhole(as: isThere ? .completed : .failed)
        #expect(await agent.messages.map(\.id) == (isThere ? ["m0", "m1"] : ["m0"]))
      }
    }
  }
}
