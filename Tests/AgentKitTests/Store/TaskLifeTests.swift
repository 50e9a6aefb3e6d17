import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2)))
struct TaskLifeTests {
  @Test func `Work that returns completes its task with its last word`() async throws {
    let made = TestStore { _ in "All done." }
    let task = try await made.send()
    #expect(task.status.state == .completed)
    #expect(task.status.message?.text == "All done.")
    #expect(task.status.message?.role == .agent)
    #expect(task.status.message?.taskID == task.id)
    #expect(task.status.timestamp == Timestamp(millisecondsSince1970: ManualTime.start))
    #expect(task.history?.map(\.text) == ["do it"])
    #expect(task.history?.first?.taskID == task.id)
    #expect(task.history?.first?.contextID == task.contextID)
  }

  @Test func `Work that returns nothing completes its task without a word`() async throws {
    let task = try await TestStore { _ in nil }.send()
    #expect(task.status.state == .completed)
    #expect(task.status.message == nil)
  }

  @Test func `A failure of the agent's own is told in its words`() async throws {
    let task = try await TestStore { _ in throw AgentFailure("There is no such alert.") }.send()
    #expect(task.status.state == .failed)
    #expect(task.status.message?.text == "There is no such alert.")
  }

  @Test func `A foreign error fails the task and tells nothing of itself`() async throws {
    let made = TestStore { _ in throw Unexpected(what: "password hunter2 at /etc/secret") }
    let task = try await made.send()
    #expect(task.status.state == .failed)
    #expect(task.status.message?.text.contains("hunter2") == false)
    #expect(task.status.message?.text.contains(task.id) == true)
    #expect(made.log.lines.contains { $0.contains("hunter2") }, "Those who run the agent need it.")
  }

  @Test func `A rejection rejects`() async throws {
    let task = try await TestStore { _ in throw AgentRejection("Not my business.") }.send()
    #expect(task.status.state == .rejected)
    #expect(task.status.message?.text == "Not my business.")
  }

  @Test func `A stream has the task, all that happens to it in order, and an end`() async throws {
    let made = TestStore { context in
      try await context.progress("one")
      try await context.artifact(Artifact(id: "a", parts: [.text("x")]), lastChunk: false)
      try await context.artifact(Artifact(id: "a", parts: [.text("y")]), append: true)
      try await context.progress("two")
      return "bye"
    }
    let events = try await made.stream().all()
    #expect(
      events.map(\.short) == [
        "task submitted", "working", "working one", "artifact a x", "artifact a y appended last", "working two",
        "completed bye",
      ])
    let task = try await made.list().tasks[0]
    #expect(task.artifacts == nil)
    let whole = try await made.get(task)
    #expect(whole.artifacts?.map { $0.parts.map(\.short) } == [["x", "y"]])
  }

  @Test func `A direct answer makes no task`() async throws {
    let made = TestStore(profile: { $0.repliesDirectly = true }) { context in
      try await context.reply("Just this.")
      return nil
    }
    guard case .message(let message) = try await made.sendForResult() else {
      throw Unexpected(what: "a task")
    }
    #expect(message.text == "Just this.")
    #expect(message.taskID == nil)
    #expect(message.contextID != nil)
    #expect(try await made.list().tasks == [])
    #expect(try await made.stream().all().map(\.short) == ["message Just this."])
  }

  @Test func `An agent that may answer directly and does not makes a task at its first sign`() async throws {
    let made = TestStore(profile: { $0.repliesDirectly = true }) { context in
      try await context.progress("working on it")
      return "done"
    }
    #expect(
      try await made.stream().all().map(\.short) == ["task submitted", "working working on it", "completed done"])
  }

  @Test func `A direct answer after something else is the agent's mistake, and fails its task`() async throws {
    let made = TestStore(profile: { $0.repliesDirectly = true }) { context in
      try await context.progress("hm")
      try await context.reply("too late")
      return nil
    }
    let task = try await made.send()
    #expect(task.status.state == .failed)
    #expect(task.status.message?.text.contains("first thing") == true)
    let unannounced = try await TestStore { context in
      try await context.reply("no")
      return nil
    }.send()
    #expect(unannounced.status.message?.text.contains("repliesDirectly") == true)
  }

  @Test func `An answer at once has the task as it begins`() async throws {
    let gate = Gate()
    let made = TestStore { _ in
      await gate.pass()
      return "done"
    }
    let task = try await made.begin()
    #expect(task.status.state == .working)
    let feed = try await made.subscribe(task)
    gate.open()
    #expect(try await feed.all().map(\.short) == ["task working", "completed done"])
  }

  @Test func `A task that has ended takes no message, no stream and no cancel`() async throws {
    let made = TestStore { _ in nil }
    let task = try await made.send()
    #expect(try await refusal { try await made.send("more", to: task) }.code == .unsupportedOperation)
    #expect(try await refusal { _ = try await made.subscribe(task) }.code == .unsupportedOperation)
    #expect(try await refusal { try await made.cancel(task) }.code == .taskNotCancelable)
  }

  @Test func `What work tells behind the end of its task is dropped, and logged once`() async throws {
    let gate = Gate()
    let tried = Gate()
    let made = TestStore(profile: { $0.timeLimit = .seconds(60) }) { context in
      await gate.pass()
      for _ in 0..<3 {
        // On its own, because cancelling would stop it before the store is asked.
        await Task.detached { try? await context.progress("late") }.value
      }
      tried.open()
      return "very late"
    }
    let task = try await made.begin()
    #expect(await eventually { made.time.due == [.seconds(60)] })
    made.time.advance(by: .seconds(60))
    #expect(await eventually { (try? await made.get(task).status.state) == .failed })
    gate.open()
    await tried.pass()
    #expect(await eventually { made.log.lines.contains { $0.contains("late event dropped") } })
    let ended = try await made.get(task)
    #expect(ended.status.state == .failed)
    #expect(ended.status.message?.text.contains("60 s") == true)
    #expect(made.log.lines.filter { $0.contains("late event dropped") }.count == 1)
  }

  @Test func `Messages to a task at work wait, and each gets a turn`() async throws {
    let gate = Gate()
    let made = TestStore { context in
      if context.message.text == "first" { await gate.pass() }
      return "said \(context.message.text)"
    }
    let task = try await made.begin("first")
    let feed = try await made.subscribe(task)
    async let second = made.send("second", to: task)
    // The second message is in before the gate opens, because it is in the history then.
    #expect(await eventually { (try? await made.get(task).history?.count) == 2 })
    gate.open()
    #expect(try await second.status.message?.text == "said second")
    #expect(try await feed.all().map(\.short) == ["task working", "working said first", "completed said second"])
    #expect(try await made.get(task).history?.map(\.text) == ["first", "second", "said first"])
  }

  @Test func `Messages that the agent takes midway get no turn`() async throws {
    let gate = Gate()
    let made = TestStore { context in
      await gate.pass()
      let more = try await context.takeMessages().map(\.text)
      return "\(context.message.text) and \(more.joined(separator: ","))"
    }
    let task = try await made.begin("first")
    async let second = made.send("second", to: task)
    #expect(await eventually { (try? await made.get(task).history?.count) == 2 })
    gate.open()
    #expect(try await second.status.message?.text == "first and second")
  }

  @Test func `A context is the caller's, or made; another one is refused for a task that is there`() async throws {
    let made = TestStore { context in
      _ = try await context.ask(QuestionDraft("And?"))
      return nil
    }
    let task = try await made.send { $0.message.contextID = "mine" }
    #expect(task.contextID == "mine")
    let error = try await refusal { try await made.send("x", to: task) { $0.message.contextID = "other" } }
    #expect(error.code == .invalidParams)
    let again = try await made.send("x", to: task) { $0.message.contextID = "mine" }
    #expect(again.contextID == "mine")
    let fresh = try await made.send()
    #expect(fresh.contextID?.isEmpty == false && fresh.contextID != "mine")
  }
}
