import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct AskingTests {
  private static let cleared = QuestionDraft.choice(
    "Was it cleared?", [.init("yes"), .init("no")], why: "The register is silent.", within: .seconds(300),
    otherwise: .init(["choice": .text("no")], consequence: "it is taken as not cleared."))

  @Test func `A question makes its task wait, with a form in the message, until somebody answers`() async throws {
    let made = TestStore { context in
      let outcome = try await context.ask(Self.cleared)
      #expect(outcome.source == .answered)
      #expect(outcome.message?.text == "yes")
      guard case .text(let choice)? = outcome["choice"] else { return nil }
      return "It was: \(choice)"
    }
    let task = try await made.send()
    #expect(task.status.state == .inputRequired)
    let question = try #require(Question(metadata: task.status.message?.metadata))
    #expect(question.id == "question-1")
    #expect(question.deadline == Timestamp(millisecondsSince1970: ManualTime.start + 300_000))
    #expect(question.onExpiry == "it is taken as not cleared.")
    #expect(task.status.message?.extensions == [Question.extensionURI])
    #expect(task.status.message?.text == question.text)
    let answered = try await made.send("yes", to: task)
    #expect(answered.status.state == .completed)
    #expect(answered.status.message?.text == "It was: yes")
    #expect(answered.history?.map(\.text) == ["do it", question.text, "yes"])
    #expect(made.time.due == [], "The deadline is not waited for any more.")
  }

  @Test func `An answer that does not fit is refused, and the question stays open`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(Self.cleared)
      return nil
    }
    let task = try await made.send()
    let error = try await refusal { try await made.send("perhaps", to: task) }
    #expect(error.code == .invalidParams)
    #expect(error.violations.map(\.field) == ["choice"])
    #expect(try await made.get(task) == task, "Nothing is kept of it.")
    #expect(try await made.send("no", to: task).status.state == .completed)
  }

  @Test func `The first answer wins; a second to the same question is told that it is not open`() async throws {
    let gate = Gate()
    let made = TestStore { context in
      _ = try await context.ask(Self.cleared)
      await gate.pass()
      return nil
    }
    let task = try await made.send()
    let answer = Answer(questionID: "question-1", .values(["choice": .text("yes")]))
    try await made.send("by form", to: task) {
      $0.message.metadata = answer.metadata()
      $0.configuration.returnImmediately = true
    }
    let error = try await refusal {
      try await made.send("me too", to: task) { $0.message.metadata = answer.metadata() }
    }
    #expect(error.code == .invalidParams)
    #expect(error.message.contains("not open"))
    gate.open()
  }

  @Test func `When nobody answers in time, the default counts, and everybody is told`() async throws {
    let made = TestStore { context in
      let outcome = try await context.ask(Self.cleared)
      #expect(outcome.source == .expired)
      #expect(outcome.message == nil)
      #expect(outcome["choice"] == .text("no"))
      return "done"
    }
    let task = try await made.send()
    let feed = try await made.subscribe(task)
    #expect(await eventually { made.time.due == [.seconds(300)] })
    made.time.advance(by: .seconds(300))
    #expect(
      try await feed.all().dropFirst().map(\.short) == [
        "working Nobody answered in time: it is taken as not cleared.", "completed done",
      ])
  }

  @Test func `Without a default an unanswered question fails its task, unless the agent can do without`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(QuestionDraft("Anybody?", within: .seconds(10)))
      return nil
    }
    let task = try await made.send()
    #expect(await eventually { made.time.due == [.seconds(10)] })
    made.time.advance(by: .seconds(10))
    #expect(await eventually { (try? await made.get(task).status.state) == .failed })
    #expect(try await made.get(task).status.message?.text == "Nobody answered in time: Anybody?")
  }

  @Test func `A question without a deadline has the service's`() async throws {
    let made = TestStore(limits: { $0.questionTime = .seconds(20) }) { context in
      _ = try await context.ask(QuestionDraft("Anybody?"))
      return nil
    }
    let task = try await made.send()
    #expect(
      Question(metadata: task.status.message?.metadata)?.deadline
        == Timestamp(millisecondsSince1970: ManualTime.start + 20_000))
    #expect(await eventually { made.time.due == [.seconds(20)] })
    try await made.cancel(task)
  }

  @Test func `A task's time does not run while somebody is asked`() async throws {
    let (first, second) = (Gate(), Gate())
    let made = TestStore(profile: { $0.timeLimit = .seconds(60) }) { context in
      await first.pass()
      _ = try await context.ask(QuestionDraft("Go on?", within: .seconds(1000)))
      await second.pass()
      return nil
    }
    let task = try await made.begin()
    #expect(await eventually { made.time.due == [.seconds(60)] && first.arrived == 1 })
    made.time.advance(by: .seconds(40))
    first.open()
    #expect(await eventually { made.time.due == [.seconds(1040)] })
    made.time.advance(by: .seconds(900))
    async let answered = made.send("yes", to: task)
    #expect(await eventually { made.time.due == [.seconds(960)] }, "20 of its 60 seconds are left.")
    made.time.advance(by: .seconds(20))
    #expect(try await answered.status.state == .failed)
    second.open()
  }

  @Test func `Questions that are asked at once are shown one after the other`() async throws {
    let made = TestStore { context in
      async let one = context.ask(.confirmation("One?"))
      async let two = context.ask(.confirmation("Two?"))
      let answers = try await [one["confirmed"], two["confirmed"]]
      return AgentMessage("\(answers.filter { $0 == .boolean(true) }.count) yes")
    }
    let task = try await made.send()
    // The second is shown as soon as the first is answered; whichever that was.
    #expect(await eventually { (try? await made.send("yes", to: task).status.state) == .inputRequired })
    let last = try await made.send("yes", to: task)
    #expect(last.status.state == .completed)
    #expect(last.status.message?.text == "2 yes")
  }

  @Test func `What a parallel part reports while a question is open does not cover the question`() async throws {
    let gate = Gate()
    let made = TestStore { context in
      try await withThrowingTaskGroup { group in
        group.addTask { _ = try await context.ask(.confirmation("Go on?")) }
        group.addTask {
          await gate.pass()
          try await context.progress("meanwhile", step: 3)
        }
        try await group.waitForAll()
      }
      return nil
    }
    let task = try await made.send()
    let feed = try await made.subscribe(task)
    gate.open()
    let events = try await feed.until { $0.report?.message == "meanwhile" }
    #expect(events.last?.state == .inputRequired)
    #expect(events.last?.report?.step == 3)
    #expect(try await made.get(task).status == task.status)
    #expect(try await made.send("yes", to: task).status.state == .completed)
  }

  @Test func `A question whose asker was cancelled is withdrawn`() async throws {
    let made = TestStore { context in
      let asking = Task { try await context.ask(.confirmation("Go on?")) }
      try await context.progress("asked")
      while try await context.history.count < 1 { await Task.yield() }
      asking.cancel()
      _ = try? await asking.value
      return "went on without"
    }
    #expect(try await made.stream().all().last.map { $0.state == .completed || $0.state == .inputRequired } == true)
    #expect(await eventually { (try? await made.list().tasks.first?.status.state) == .completed })
    #expect(made.time.due == [])
  }
}
