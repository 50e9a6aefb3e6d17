import A2A
import A2AWire
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// The gateway goes away while somebody answers, and comes back.
@Suite(.timeLimit(.minutes(2))) struct QuestionRestartTests {
  private static let answer = RunCommand(
    id: "c1", by: "kim", act: .answer(QuestionReply(question: "q1", content: .text("This one."))))

  /// Up to the question.
  private static func asked(_ agent: StagedAgent, _ stage: PumpStage) async throws -> (RunPump, Task<Void, Never>) {
    let pump = stage.pump(try await stage.open())
    let over = Task { await pump.run() }
    #expect(await eventually { await agent.tasks["a1"] != nil })
    await agent.status(.inputRequired, "Which one?")
    #expect(try await eventually { try await stage.questions().count == 1 })
    return (pump, over)
  }

  private static func restarted(_ stage: PumpStage) async throws -> (RunPump, Task<Void, Never>) {
    let pump = stage.pump(try await stage.taken(up: "t1"))
    return (pump, Task { await pump.run() })
  }

  @Test func `an open question is the same one behind a restart, and is answered`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let (first, over) = try await Self.asked(agent, stage)
      _ = try await first.take(RunCommand(id: "k", by: "alex", act: .claim(question: "q1")))
      await first.stop()
      await over.value
      let (pump, end) = try await Self.restarted(stage)
      let refusal = await #expect(throws: Refusal.self) {
        try await pump.take(RunCommand(id: "k", by: "kim", act: .claim(question: "q1")))
      }
      #expect(refusal?.code == "claimed")
      _ = try await pump.take(Self.answer)
      #expect(await eventually { await agent.messages.count == 2 })
      await agent.status(.completed, "Done.")
      await end.value
      try await stage.expectWhole(as: .completed)
      #expect(try await stage.questions() == ["q1 open", "q1 claimed alex", "q1 closed answered kim"])
      #expect(await agent.messages.last?.text == "This one.")
    }
  }

  @Test func `an answer that was journaled and had not left is told once`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let (first, over) = try await Self.asked(agent, stage)
      await first.stop()
      await over.value
      // A gateway that takes the answer while it looks for the agent, and stops before it has found it.
      let image = try #require(try await RestartedRun("t1", in: stage.journal))
      let asked = try await stage.journal.memos(of: "t1", under: TaskQuestion.family).questions
      var machine = RunMachine(
        agent: "agent", memory: image.memory, image: image.image, first: nil, updated: 0, deadlines: RunDeadlines(),
        questions: RunQuestions(asked, isShown: true), random: { 0.5 })
      let now = RunTime.real.now()
      for action in machine.handle(.begin, at: now) + machine.handle(.command(Self.answer, ticket: 1), at: now) {
        if case .write(let write) = action {
          var batch = Batch(task: "t1", entries: write.entries)
          batch.memos = write.memos
          guard !batch.entries.isEmpty else { continue }
          guard case .stored = try await stage.journal.append(batch) else { throw PumpStage.NotOpened() }
        }
      }
      #expect(await agent.messages.count == 1)
      let (pump, end) = try await Self.restarted(stage)
      #expect(await eventually { await agent.messages.count == 2 })
      #expect(try await pump.verdict(on: pump.take(Self.answer), by: "kim")?.word == .taken)
      let late = await #expect(throws: Refusal.self) {
        try await pump.take(RunCommand(id: "c2", by: "alex", act: Self.answer.act))
      }
      #expect(late?.code == "answered" && late?.detail.contains("kim") == true)
      await agent.status(.completed)
      await end.value
      #expect(await agent.messages.map(\.text) == ["Do it.", "This one."])
      #expect(try await stage.questions() == ["q1 open", "q1 closed answered kim"])
      try await stage.expectWhole(as: .completed)
    }
  }

  /// The agent has taken it, or never gets to see that call: nobody knows which when the gateway stops.
  @Test(arguments: [true, false]) func `an answer that had left is told again where the agent still asks`(
    _ isTaken: Bool
  )
    async throws
  {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let (first, over) = try await Self.asked(agent, stage)
      let gate = Gate()
      await agent.hold { await gate.pass() }
      _ = try await first.take(Self.answer)
      #expect(await eventually { gate.arrived == 1 })
      await first.stop()
      await over.value
      if isTaken {
        gate.open()
        #expect(await eventually { await agent.tasks["a1"]?.status.state == .working })
      }
      await agent.hold(at: nil)
      let (pump, end) = try await Self.restarted(stage)
      #expect(await eventually { await agent.messages.count == 2 })
      #expect(try await pump.verdict(on: pump.take(Self.answer), by: "kim")?.word == .taken)
      let ids = await agent.messages.map(\.id)
      #expect(ids.count == 2 && ids.last?.hasPrefix("a1-c") == true)
      await agent.status(.completed)
      await end.value
      gate.open()
      #expect(try await stage.questions() == ["q1 open", "q1 closed answered kim"])
      try await stage.expectWhole(as: .completed)
    }
  }

  @Test func `an agent that says no opens the question again, for others`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let (pump, end) = try await Self.asked(agent, stage)
      await agent.refuse("send", with: A2AError(.invalidParams, "Not like this."))
      let verdict = try await pump.verdict(on: pump.take(Self.answer), by: "kim")
      #expect(verdict?.word == .refused && verdict?.why?.contains("Not like this.") == true)
      await agent.refuse("send", with: nil)
      let receipt = try await pump.take(RunCommand(id: "c1", by: "alex", act: Self.answer.act))
      #expect(try await pump.verdict(on: receipt, by: "alex")?.word == .taken)
      await agent.status(.completed)
      await end.value
      #expect(
        try await stage.questions() == [
          "q1 open", "q1 closed answered kim", "q1 open again", "q1 closed answered alex",
        ])
    }
  }

  @Test func `what ended while it was asked has its questions closed`() async throws {
    let agent = StagedAgent()
    try await PumpStage.run(agent) { stage async throws in
      let (_, end) = try await Self.asked(agent, stage)
      await agent.status(.completed)
      await end.value
      #expect(try await stage.questions() == ["q1 open", "q1 closed ended"])
      try await stage.expectWhole(as: .completed)
    }
  }
}

extension PumpStage {
  /// What the records say of questions.
  fileprivate func questions(of id: String = "t1") async throws -> [String] {
    try await records(of: id).filter { $0.kind == .question }.map {
      Entry($0.kind, origin: $0.origin, payload: $0.payload).word
    }
  }
}
