import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

/// What becomes of another agent's part when the task that it is for is paused. Both over TLS.
@Suite(.timeLimit(.minutes(2)))
struct ChildPauseTests {
  /// An agent that has the other do its work, and passes on what it asks.
  private static func parent(of child: AgentClient, before: Gate? = nil) -> ScriptedAgent {
    ScriptedAgent {
      $0.isPausable = true
    } work: { context in
      await before?.pass()
      var message = Message(id: "part", role: .user, text: context.message.text)
      while true {
        let result = try await context.call(child, message)
        guard case .task(let task) = result, task.status.state.isInterrupted else { return "done" }
        let outcome = try await context.ask(QuestionDraft("The other asks."))
        message = Message(id: "answer", role: .user, text: outcome.message?.text ?? "", taskID: task.id)
      }
    }
  }

  private static func run(
    _ child: ScriptedAgent, before: Gate? = nil, _ body: (_ child: ServedAgent, AgentClient) async throws -> Void
  ) async throws {
    try await ServedAgent.run(child) { served in
      try await served.calling { own in
        try await ServedAgent.run(parent(of: own, before: before)) { parent in
          try await parent.calling(as: .goodOperator) { client in try await body(served, client) }
        }
      }
    }
  }

  private static func begun(_ client: AgentClient) async throws -> (TaskEventStream, AgentTask) {
    let stream = try await client.stream(.text("go"))
    guard case .task(let task)? = try await stream.next() else { throw Unexpected(what: "no task") }
    return (stream, task)
  }

  private static func tasks(_ child: ServedAgent) async throws -> [AgentTask] {
    try await child.calling { try await $0.tasks(ListTasksRequest()).tasks }
  }

  @Test func `The child begins nothing behind the answer to its parent's pause, and goes on with it`() async throws {
    let gates = [Gate(), Gate()]
    let child = ScriptedAgent {
      $0.isPausable = true
    } work: { context in
      for (number, gate) in gates.enumerated() { try await context.tool("t\(number)") { _ in await gate.pass() } }
      return nil
    }
    try await Self.run(child) { served, client in
      let (stream, task) = try await Self.begun(client)
      #expect(await eventually { gates[0].arrived == 1 })
      _ = try await client.send(.pausing(.pause, task))
      #expect(try await Self.tasks(served).map(\.isPaused) == [true], "It has heard of it before the answer.")
      gates[0].open()
      gates[1].open()
      _ = try await client.send(.pausing(.resume, task))
      #expect(try await stream.all().last?.state == .completed)
      #expect(gates[1].arrived == 1)
      #expect(try await Self.tasks(served).map(\.isPaused) == [false])
    }
  }

  @Test func `A part begins as a tool does, not while its parent is paused`() async throws {
    let before = Gate()
    try await Self.run(ScriptedAgent { _ in "child" }, before: before) { served, client in
      let (stream, task) = try await Self.begun(client)
      #expect(await eventually { before.arrived == 1 })
      _ = try await client.send(.pausing(.pause, task))
      before.open()
      #expect(try await Self.tasks(served).isEmpty)
      _ = try await client.send(.pausing(.resume, task))
      #expect(try await stream.all().last?.state == .completed)
      #expect(try await Self.tasks(served).count == 1)
    }
  }

  @Test func `An answer arrives at a paused child, which goes on when it is told to`() async throws {
    let gate = Gate()
    let child = ScriptedAgent {
      $0.isPausable = true
    } work: { context in
      let outcome = try await context.ask(QuestionDraft("Which?"))
      try await context.tool("use") { _ in gate.open() }
      return AgentMessage(outcome.message?.text ?? "")
    }
    try await Self.run(child) { served, client in
      guard case .task(let task) = try await client.send(.text("go")) else { throw Unexpected(what: "no task") }
      #expect(task.status.state == .inputRequired)
      _ = try await client.send(.pausing(.pause, task))
      var answer = SendMessageRequest.text("this", id: "said", to: task)
      answer.configuration.returnImmediately = true
      _ = try await client.send(answer)
      #expect(await eventually { (try? await Self.tasks(served).first?.status.state) == .working })
      #expect(try await Self.tasks(served).map(\.isPaused) == [true])
      _ = try await client.send(.pausing(.resume, task))
      #expect(await eventually { (try? await Self.tasks(served).first?.status.state) == .completed })
      #expect(try await Self.tasks(served).first?.status.message?.text == "this")
    }
  }

  @Test func `A child that cannot be paused goes on, and its parent is paused all the same`() async throws {
    let gate = Gate()
    let child = ScriptedAgent { _ in
      await gate.pass()
      return nil
    }
    try await Self.run(child) { _, client in
      let (stream, task) = try await Self.begun(client)
      #expect(await eventually { gate.arrived == 1 })
      guard case .task(let paused) = try await client.send(.pausing(.pause, task)) else {
        throw Unexpected(what: "a message")
      }
      #expect(paused.isPaused)
      gate.open()
      #expect(try await stream.all().last?.state == .completed, "What has begun ends, and there is nothing else.")
    }
  }
}
