import A2A
import A2AWire
import AgentKit
import TestSupport
import Testing

/// Pausing as callers do it: over TLS, with the client.
@Suite(.timeLimit(.minutes(2)))
struct ServedPauseTests {
  @Test func `A caller reads in the card that it may pause, pauses, sees what began, and lets it go on`() async throws {
    let gates = [Gate(), Gate()]
    let agent = ScriptedAgent {
      $0.isPausable = true
    } work: { context in
      for (number, gate) in gates.enumerated() { try await context.tool("t\(number)") { _ in await gate.pass() } }
      return "done"
    }
    try await ServedAgent.run(agent) { served in
      try await served.calling { client in
        #expect(try await client.card().capabilities.extensions.contains { $0.uri == PauseRequest.extensionURI })
        let stream = try await client.stream(.text("go"))
        guard case .task(let task)? = try await stream.next() else { throw Unexpected(what: "no task") }
        #expect(await eventually { gates[0].arrived == 1 })
        guard case .task(let paused) = try await client.send(.pausing(.pause, task)) else {
          throw Unexpected(what: "a message")
        }
        #expect(paused.isPaused)
        gates[0].open()
        gates[1].open()
        var types: [ProgressReport.Kind] = []
        while types.last != .toolCompleted, let event = try await stream.next() {
          event.report.map { types.append($0.type) }
        }
        #expect(types == [.toolStarted, .paused, .toolCompleted])
        #expect(gates[1].arrived == 0)
        #expect(try await client.task(GetTaskRequest(id: task.id)).isPaused)
        _ = try await client.send(.pausing(.resume, task))
        let rest = try await stream.all()
        #expect(rest.compactMap(\.report?.type) == [.resumed, .toolStarted, .toolCompleted])
        #expect(rest.last?.short == "completed done")
      }
    }
  }

  @Test func `A caller of an agent that cannot be paused is told so`() async throws {
    let gate = Gate()
    let agent = ScriptedAgent { _ in
      await gate.pass()
      return nil
    }
    try await ServedAgent.run(agent) { served in
      try await served.calling { client in
        let stream = try await client.stream(.text("go"))
        guard case .task(let task)? = try await stream.next() else { throw Unexpected(what: "no task") }
        let failure = try await callFailure { _ = try await client.send(.pausing(.pause, task)) }
        guard case .refused(let error, _) = failure.reason else { throw Unexpected(what: "\(failure)") }
        #expect(error.code == .unsupportedOperation)
        #expect(error.message.contains("cannot be paused"))
        gate.open()
        #expect(try await stream.all().last?.state == .completed)
      }
    }
  }
}
