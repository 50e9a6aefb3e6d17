import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

/// Who does not know whether a message has come sends it again.
@Suite(.timeLimit(.minutes(2)))
struct RepeatedMessageTests {
  @Test func `an answer that comes again is answered as before, and counts once`() async throws {
    let made = TestStore { context in
      let first = try await context.ask(QuestionDraft("Which?"))
      let second = try await context.ask(QuestionDraft("And then?"))
      return "\(first.message?.text ?? "-") and \(second.message?.text ?? "-")"
    }
    let task = try await made.send()
    let named = Answer(questionID: "question-1", .values([:])).metadata()
    let asked = try await made.send("one", to: task) { $0.message.id = "a" }
    #expect(asked.status.state == .inputRequired && asked.status.message?.text.hasPrefix("And then?") == true)
    // It names what it answers, which is not what is asked now.
    let again = try await made.send("one", to: task) {
      $0.message.id = "a"
      $0.message.metadata = named
    }
    #expect(again.status == asked.status && again.history?.count == asked.history?.count)
    let ended = try await made.send("two", to: task) { $0.message.id = "b" }
    #expect(ended.status.state == .completed && ended.status.message?.text == "one and two")
    #expect(try await made.send("two", to: task) { $0.message.id = "b" } == ended, "Also when the task has ended.")
    let error = try await refusal { try await made.send("three", to: task) { $0.message.id = "c" } }
    #expect(error.code == .unsupportedOperation)
  }

  @Test func `a stream that is asked for again begins with the task, and ends with it`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(QuestionDraft("Which?"))
      return "Done."
    }
    let task = try await made.send()
    let request = SendMessageRequest(message: Message(id: "a", role: .user, text: "This.", taskID: task.id))
    let call = CallContext.by(.named("a"))
    #expect(try await made.store.stream(request, call).all().last?.state == .completed)
    #expect(try await made.store.stream(request, call).all().map(\.short) == ["task completed"])
  }

  @Test func `what was refused was not heard`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(.choice("Which?", [.init("a"), .init("b")]))
      return nil
    }
    let task = try await made.send()
    _ = try await refusal { try await made.send("neither", to: task) { $0.message.id = "x" } }
    #expect(try await made.send("a", to: task) { $0.message.id = "x" }.status.state == .completed)
  }

  @Test func `messages to a task at work wait once`() async throws {
    let gate = Gate()
    let made = TestStore { context in
      await gate.pass()
      return "\(try await context.takeMessages().map(\.text))"
    }
    let task = try await made.send { $0.configuration.returnImmediately = true }
    for _ in 1...20 {
      try await made.send("more", to: task) {
        $0.message.id = "m"
        $0.configuration.returnImmediately = true
      }
    }
    gate.open()
    #expect(try await eventually { try await made.get(task).status.message?.text == #"["more"]"# })
  }

  @Test func `other words under the same id are another message, and so is what the task began with`() async throws {
    let gate = Gate()
    let made = TestStore { context in
      await gate.pass()
      return "\(try await context.takeMessages().map(\.text))"
    }
    let task = try await made.send("one") { $0.configuration.returnImmediately = true }
    for text in ["one", "two", "two"] {
      try await made.send(text, to: task) {
        $0.message.id = "m-one"
        $0.configuration.returnImmediately = true
      }
    }
    gate.open()
    #expect(try await eventually { try await made.get(task).status.message?.text == #"["one", "two"]"# })
  }
}
