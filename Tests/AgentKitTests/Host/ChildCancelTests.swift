import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

/// What becomes of another agent's task when the task that it is for is cancelled. Both over TLS.
@Suite(.timeLimit(.minutes(3)))
struct ChildCancelTests {
  /// An agent that has the other do its work, and asks for it where the other asks.
  private static func parent(of child: AgentClient) -> ScriptedAgent {
    ScriptedAgent { context in
      let result = try await context.call(child, Message(id: "part", role: .user, text: context.message.text)) {
        event in
        if let report = event.report { try await context.progress(report.message ?? "", step: report.step) }
      }
      if case .task(let task) = result, task.status.state.isInterrupted {
        _ = try await context.ask(QuestionDraft("The other asks."))
      }
      return "done"
    }
  }

  private static func run(
    _ child: ScriptedAgent, grace: Duration = .seconds(5),
    parent: (AgentClient) -> ScriptedAgent = ChildCancelTests.parent,
    _ body: (_ child: ServedAgent, _ parent: ServedAgent, AgentClient) async throws -> Void
  ) async throws {
    try await ServedAgent.run(child) { served in
      try await served.calling { own in
        try await ServedAgent.run(parent(own), configure: { $0.tasks.cancelGrace = grace }) { parent in
          try await parent.calling(as: .goodOperator) { client in try await body(served, parent, client) }
        }
      }
    }
  }

  /// The states of all tasks of the child.
  private static func states(_ child: ServedAgent) async throws -> [TaskState] {
    try await child.calling { try await $0.tasks(ListTasksRequest()).tasks.map(\.status.state) }
  }

  private static func begun(_ client: AgentClient) async throws -> (TaskEventStream, AgentTask) {
    let stream = try await client.stream(.text("go"))
    guard case .task(let task)? = try await stream.next() else { throw Unexpected(what: "no task") }
    return (stream, task)
  }

  @Test func `The child's end comes before the parent's, however long it takes within the time`() async throws {
    let order = Kept<String>()
    let (asked, ending) = (Gate(), Gate())
    let child = ScriptedAgent { context in
      try await context.progress("working", step: 1)
      do { try await forever() } catch {
        asked.open()
        await ending.pass()
        order.append("child")
        throw error
      }
      return nil
    }
    try await Self.run(child, grace: .seconds(60)) { served, _, client in
      let (stream, task) = try await Self.begun(client)
      while let event = try await stream.next(), event.report?.step != 1 {}
      let cancel = Task {
        let state = try await client.cancel(CancelTaskRequest(id: task.id)).status.state
        order.append("parent")
        return state
      }
      await asked.pass()
      #expect(try await client.task(GetTaskRequest(id: task.id)).status.state == .working)
      ending.open()
      #expect(try await cancel.value == .canceled)
      #expect(order.all == ["child", "parent"])
      #expect(try await Self.states(served) == [.canceled])
      let last = try await stream.all().last
      #expect(last?.short == "canceled The task was cancelled.")
    }
  }

  @Test func `A child that does not stop is given up in time, and the parent's last word names it`() async throws {
    let gate = Gate()
    let child = ScriptedAgent { context in
      try await context.progress("working", step: 1)
      await gate.pass()
      return "finished all the same"
    }
    try await Self.run(child, grace: .seconds(10)) { served, _, client in
      let (stream, task) = try await Self.begun(client)
      while let event = try await stream.next(), event.report?.step != 1 {}
      let canceled = try await client.cancel(CancelTaskRequest(id: task.id))
      #expect(canceled.status.state == .canceled)
      let left = try await served.calling { try await $0.tasks(ListTasksRequest()).tasks[0] }
      #expect(left.status.state == .working)
      #expect(
        canceled.status.message?.text
          == "The task was cancelled. What another agent does for it could not be stopped, and may go on: \"\(left.id)\"."
      )
      gate.open()
    }
  }

  @Test func `A child that has not said a word yet is found and cancelled`() async throws {
    let (arrived, word) = (Gate(), Gate())
    // It decides late whether there is a task, so its answer has no head before that.
    let child = ScriptedAgent {
      $0.repliesDirectly = true
    } work: { context in
      arrived.open()
      await word.pass()
      try await context.progress("working")
      try await forever()
      return nil
    }
    try await Self.run(child, grace: .seconds(60)) { served, parent, client in
      let (stream, task) = try await Self.begun(client)
      await arrived.pass()
      let cancel = Task { try await client.cancel(CancelTaskRequest(id: task.id)).status.state }
      #expect(await eventually { parent.log.lines.contains { $0.contains("task being cancelled") } })
      word.open()
      #expect(try await cancel.value == .canceled)
      #expect(try await Self.states(served) == [.canceled])
      #expect(try await stream.all().last?.state == .canceled)
    }
  }

  @Test func `A child that waits for an answer is cancelled when its parent is`() async throws {
    let child = ScriptedAgent { context in
      _ = try await context.ask(QuestionDraft("Who is it?"))
      return nil
    }
    try await Self.run(child) { served, _, client in
      guard case .task(let task) = try await client.send(.text("go")) else { throw Unexpected(what: "a message") }
      #expect(task.status.state == .inputRequired)
      #expect(try await Self.states(served) == [.inputRequired])
      #expect(try await client.cancel(CancelTaskRequest(id: task.id)).status.state == .canceled)
      #expect(try await Self.states(served) == [.canceled])
    }
  }

  @Test func `A child that waits and refuses to be cancelled is named in the parent's last word`() async throws {
    let child = ScriptedAgent { context in
      try await context.refusingCancel(because: "It is being written.") {
        _ = try await context.ask(QuestionDraft("Who is it?"))
      }
      return nil
    }
    try await Self.run(child) { served, _, client in
      guard case .task(let task) = try await client.send(.text("go")) else { throw Unexpected(what: "a message") }
      let left = try await served.calling { try await $0.tasks(ListTasksRequest()).tasks[0] }
      let canceled = try await client.cancel(CancelTaskRequest(id: task.id))
      #expect(canceled.status.message?.text.hasSuffix(#"may go on: "\#(left.id)"."#) == true)
    }
  }

  @Test func `A child that waits when its parent is done is cancelled`() async throws {
    let child = ScriptedAgent { context in
      _ = try await context.ask(QuestionDraft("Who is it?"))
      return nil
    }
    try await Self.run(child) { own in
      ScriptedAgent { context in
        _ = try await context.call(own, Message(id: "part", role: .user, text: "go"))
        return "done"
      }
    } _: { served, _, client in
      _ = try await client.send(.text("go"))
      #expect(try await eventually { try await Self.states(served) == [.canceled] })
    }
  }

  @Test func `A child that was answered and is done is not looked for again`() async throws {
    let gate = Gate()
    let child = ScriptedAgent { context in
      _ = try await context.ask(QuestionDraft("Who is it?"))
      return "Known."
    }
    try await Self.run(child) { own in
      ScriptedAgent { context in
        let asked = try await context.call(own, Message(id: "part", role: .user, text: "go"))
        if case .task(let part) = asked {
          _ = try await context.call(own, Message(id: "answer", role: .user, text: "Kim.", taskID: part.id))
        }
        gate.open()
        try await forever()
        return nil
      }
    } _: { _, _, client in
      let (stream, task) = try await Self.begun(client)
      await gate.pass()
      let canceled = try await client.cancel(CancelTaskRequest(id: task.id))
      #expect(canceled.status.message?.text == "The task was cancelled.")
      _ = try await stream.all()
    }
  }

  @Test func `A parent that reads slowly makes its child wait, and loses nothing`() async throws {
    let child = ScriptedAgent { context in
      for step in 1...500 { try await context.progress("step", step: step) }
      return "all"
    }
    try await Self.run(child) { _, _, client in
      let (stream, _) = try await Self.begun(client)
      let events = try await stream.all()
      #expect(events.compactMap(\.report?.step) == Array(1...500))
      #expect(events.last?.short == "completed done")
    }
  }
}
