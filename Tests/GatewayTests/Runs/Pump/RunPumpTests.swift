import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing
import Wire

@testable import Gateway

/// Runs at an agent behind a real listener.
@Suite struct RunPumpTests {
  @Test func `a task goes from its first message to its end, and all of it is in the journal`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working, "Looking.")
      await agent.piece("one ", append: false)
      await agent.piece("two", append: true)
      await agent.status(.completed, "Done.")
      await over
      #expect(
        try await stage.trail() == [
          "command", "event", "note handed-over", "event", "event working", "event artifact",
          "event artifact", "event completed",
        ])
      try await stage.expectWhole(as: .completed)
      let records = try await stage.records()
      // Names inside and outside do not mix.
      for record in records {
        let text = String(decoding: record.payload, as: UTF8.self)
        if record.kind == .event { #expect(text.contains("\"t1\"") && text.contains("\"outer\"")) }
        #expect(!text.contains("\"a1\"") && !text.contains("\"inner\""), "\(text)")
      }
      let message = try #require(await agent.messages.first)
      #expect(message.contextID == "inner" && message.taskID == nil && message.text == "Do it.")
      let memory = try await stage.memory()
      #expect(memory.phase == .handedOver && memory.agentTask == "a1")
      #expect(stage.news.value.last == .ended(.completed, nil, why: nil))
      #expect(await agent.calls == ["stream m1"])
    }
  }

  @Test func `what lists show of a task is stored with its records, and goes on after a restart`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let first = stage.pump(try await stage.open())
      async let stopped: Void = first.run()
      #expect(try await stage.heard("note handed-over"))
      var report = ProgressReport(.routing)
      report.payload = try JSONValue(parsing: Array(#"{"symbol":"V"}"#.utf8))
      await agent.say(
        .status(
          .init(taskID: "a1", contextID: "inner", status: TaskStatus(.working), metadata: report.metadata())))
      await agent.status(.working, "Looking.")
      func outline() async throws -> TaskOutline { TaskOutline(try await stage.task().outline) }
      #expect(try await eventually { try await outline().message == "Looking." })
      await first.stop()
      await stopped
      let second = stage.pump(try await stage.taken())
      async let over: Void = second.run()
      #expect(await eventually { await agent.calls.contains("subscribe a1") })
      await agent.status(.completed, "Done.")
      await over
      let end = try await outline()
      #expect(end == TaskOutline(message: "Done.", facts: [TaskOutline.Fact(name: "symbol", value: "V")]))
    }
  }

  /// How a task ends that its agent did not end.
  private static func failure(
    _ agent: StagedAgent = StagedAgent(), deadlines: RunDeadlines = RunDeadlines(),
    _ meanwhile: (PumpStage) async throws -> Void = { _ in }
  ) async throws -> String {
    let text = Kept("")
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open(), deadlines: deadlines)
      async let over: Void = pump.run()
      try await meanwhile(stage)
      await over
      try await stage.expectWhole(as: .failed)
      text.set(String(decoding: try #require(try await stage.records().last).payload, as: UTF8.self))
    }
    return text.value
  }

  @Test func `an agent that refuses the message ends the task with its words`() async throws {
    let agent = StagedAgent()
    await agent.refuse("stream", with: A2AError(.invalidParams, "Not on a Sunday."))
    let text = try await Self.failure(agent)
    #expect(text.contains("AGENT_REFUSED") && text.contains("Not on a Sunday."), "\(text)")
  }

  @Test func `an agent that cannot be called fails the task at once`() async throws {
    try await PumpStage.run(StagedAgent()) { stage async throws in
      await stage.agent.close()
      await stage.pump(try await stage.open()).run()
      try await stage.expectWhole(as: .failed)
      let text = String(decoding: try #require(try await stage.records().last).payload, as: UTF8.self)
      #expect(text.contains("AGENT_UNAVAILABLE") && text.contains("Reading the agent card failed"), "\(text)")
      #expect(try await stage.memory().phase == .waiting)
    }
  }

  @Test func `an agent that says nothing has its time`() async throws {
    let agent = StagedAgent()
    let gate = Gate()
    await agent.hold { await gate.pass() }
    var deadlines = RunDeadlines()
    (deadlines.connect, deadlines.firstEvent) = (.milliseconds(100), .milliseconds(200))
    let text = try await Self.failure(agent, deadlines: deadlines)
    gate.open()
    #expect(text.contains("TIMEOUT") && text.contains("sent nothing within 200 ms"), "\(text)")
    // It is looked for twice, and there is nothing to be stopped.
    #expect(await agent.calls == ["stream m1", "list", "list"])
  }

  @Test func `a task that takes too long is cancelled at its agent, and then ends`() async throws {
    let agent = StagedAgent()
    var deadlines = RunDeadlines()
    deadlines.whole = .milliseconds(300)
    let text = try await Self.failure(agent, deadlines: deadlines)
    #expect(text.contains("TIMEOUT") && text.contains("within 300 ms"), "\(text)")
    #expect(await agent.calls == ["stream m1", "cancel a1"])
    #expect(await agent.tasks["a1"]?.status.state == .canceled)
  }

  /// Agents leave the stream open on which they have asked, or close it, or have none.
  @Test(arguments: ["open", "closed", "closed twice", "none"])
  func `a question is answered, once`(_ stream: String) async throws {
    let agent = StagedAgent()
    if stream == "none" { await agent.doNotStream() }
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { await agent.tasks["a1"] != nil })
      await agent.status(.inputRequired, "Which one?")
      #expect(try await stage.heard("event input_required"))
      if stream.hasPrefix("closed") {
        await agent.closeStreams()
        #expect(await eventually { await agent.calls.contains("subscribe a1") })
        if stream == "closed twice" { await agent.closeStreams() }
      }
      try await pump.send(Message(id: "m2", role: .user, text: "This one."), by: "alex")
      #expect(await eventually { await agent.messages.count == 2 })
      await agent.status(.completed, "Done.")
      await over
      #expect(await agent.messages.map(\.id) == ["m1", "m2"])
      try await stage.expectWhole(as: .completed)
      let answer = try #require(await agent.messages.last)
      #expect(answer.taskID == "a1" && answer.contextID == "inner" && answer.id == "m2")
      let image = try #require(try await stage.task().snapshot.flatMap(TaskImage.init(reading:)))
      #expect(image.task.history?.map(\.text) == ["Do it.", "Which one?", "This one."])
      // Without a stream, what happened is seen when the agent is looked at again.
      if stream != "closed twice" { #expect(try await stage.records().count { $0.kind == .gap } == 0) }
      await #expect(throws: Refusal.self) { try await pump.send(answer, by: "alex") }
    }
  }

  @Test func `an agent that closes everything before it takes an answer is subscribed to again at once`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      // Nothing comes by a time that is over.
      let moment = RunMoment(wall: 1_772_357_400_000, steady: 1000)
      let still = RunTime(now: { moment }, sleep: { _ in try await Task.sleep(for: .seconds(3600)) })
      let pump = stage.pump(try await stage.open(), time: still)
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.inputRequired, "Which one?")
      #expect(try await stage.heard("event input_required"))
      // A subscription takes the place of the stream.
      await agent.closeStreams()
      #expect(await eventually { await agent.calls.contains("subscribe a1") })
      #expect(await eventually { await pump.machine?.phase.short == "following" })
      let gate = Gate()
      await agent.hold { await gate.pass() }
      try await pump.send(Message(id: "m2", role: .user, text: "This one."), by: "alex")
      #expect(await eventually { gate.arrived == 1 })
      await agent.closeStreams()
      #expect(await eventually { await pump.machine?.phase.short == "waiting" })
      gate.open()
      #expect(try await stage.heard("event working"))
      await agent.status(.completed, "Done.")
      await over
      try await stage.expectWhole(as: .completed)
      #expect(await agent.messages.map(\.id) == ["m1", "m2"])
    }
  }

  @Test func `an agent that does not stream is asked for its answer`() async throws {
    let agent = StagedAgent()
    await agent.doNotStream()
    try await PumpStage.run(agent) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(await eventually { await agent.tasks["a1"] != nil })
      await agent.piece("all of it", append: false)
      await agent.status(.completed, "Done.")
      await over
      try await stage.expectWhole(as: .completed)
      #expect(await agent.calls == ["send m1"])
      let image = try #require(try await stage.task().snapshot.flatMap(TaskImage.init(reading:)))
      #expect(image.task.artifacts?.first?.parts.count == 1)
    }
  }

  @Test func `an answer without a task completes ours`() async throws {
    let agent = StagedAgent()
    await agent.reply("Forty-two.")
    try await PumpStage.run(agent) { stage async throws in
      await stage.pump(try await stage.open()).run()
      try await stage.expectWhole(as: .completed)
      let image = try #require(try await stage.task().snapshot.flatMap(TaskImage.init(reading:)))
      #expect(image.answer?.text == "Forty-two." && image.answer?.contextID == "outer")
      #expect(image.task.status.message?.text == "Forty-two.")
    }
  }

  @Test func `an agent of A2A 0.3 is looked at before it is subscribed to again`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent, versions: [.v0_3]) { stage async throws in
      let pump = stage.pump(try await stage.open())
      async let over: Void = pump.run()
      #expect(try await stage.heard("note handed-over"))
      await agent.status(.working)
      #expect(try await stage.heard("event working"))
      await agent.cut()
      await agent.piece("unheard", append: false, unheard: true)
      #expect(await eventually { await agent.calls.contains("subscribe a1") })
      #expect(try await stage.heard("event artifact"))
      await agent.status(.completed)
      await over
      try await stage.expectWhole(as: .completed)
      #expect(await agent.calls == ["stream m1", "get a1", "subscribe a1"])
      #expect(try await stage.records().count { $0.kind == .gap } == 1)
    }
  }
}
