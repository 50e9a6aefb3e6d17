import A2A
import A2AWire
import AgentKit
import HTTP
import JSON
import TestSupport
import Testing
import Wire

/// Agents over real sockets, with certificates on both sides.
@Suite(.timeLimit(.minutes(3)))
struct ServedAgentTests {
  @Test func `A client finds the card, sends, follows, answers, cancels and lists`() async throws {
    let agent = ScriptedAgent { context in
      switch context.message.text {
      case "wait": try await forever()
      case "ask":
        let outcome = try await context.ask(.choice("Cleared?", [.init("yes"), .init("no")]))
        return "Told: \(outcome.message?.text ?? "nothing")"
      default: break
      }
      try await context.tool("count", input: try JSONValue(parsing: #"{"n":3}"#)) { tool in
        try await tool.progress(step: 1, total: 1)
        tool.summary("Three.")
      }
      try await context.artifact(Artifact(id: "a", parts: [.text("xyz")]))
      return "done"
    }
    try await ServedAgent.run(agent) { served in
      try await served.calling { client in
        let card = try await client.card()
        #expect(card.name == "scripted")
        #expect(card.interfaces.allSatisfy { $0.url.hasPrefix(served.origin) })
        #expect(card.securitySchemes.map(\.name) == ["mutual-tls"])
        #expect(card.securityRequirements == [SecurityRequirement(schemes: ["mutual-tls": []])])

        let events = try await client.stream(.text("go")).all()
        #expect(
          events.map(\.short) == [
            "task submitted", "working", "working count: started.", "working count: 1 of 1 under way.",
            "working count: Three.", "artifact a xyz last", "completed done",
          ])
        let reports = events.compactMap(\.report)
        #expect(reports.map(\.type) == [.toolStarted, .toolProgress, .toolCompleted])
        #expect(reports[0].input?["n"]?.int == 3)

        guard case .task(let asking) = try await client.send(.text("ask")) else {
          throw Unexpected(what: "a message")
        }
        let question = try #require(Question(metadata: asking.status.message?.metadata))
        #expect(question.fields.map(\.name) == ["choice"])
        let refused = try await callFailure { _ = try await client.send(.text("perhaps", to: asking)) }
        guard case .refused(let error, _) = refused.reason else { throw Unexpected(what: "\(refused)") }
        #expect(error.violations.map(\.field) == ["choice"])
        guard case .task(let answered) = try await client.send(.text("yes", to: asking)) else {
          throw Unexpected(what: "a message")
        }
        #expect(answered.status.message?.text == "Told: yes")

        let following = try await client.stream(.text("wait"))
        guard case .task(let waiting)? = try await following.next() else { throw Unexpected(what: "no task") }
        let subscription = try await client.subscribe(SubscribeToTaskRequest(id: waiting.id))
        #expect(try await client.cancel(CancelTaskRequest(id: waiting.id)).status.state == .canceled)
        #expect(try await following.all().last?.state == .canceled)
        #expect(try await subscription.all().last?.state == .canceled)

        let page = try await client.tasks(ListTasksRequest())
        #expect(page.totalSize == 3)
        #expect(page.tasks.first?.id == waiting.id)
      }
    }
  }

  @Test func `Two callers do not see each other's tasks`() async throws {
    try await ServedAgent.run(ScriptedAgent { _ in "done" }) { served in
      let task = try await served.calling { client in
        guard case .task(let task) = try await client.send(.text("mine")) else { throw Unexpected(what: "a message") }
        return task
      }
      try await served.calling(as: .goodOperator) { client in
        let failure = try await callFailure { _ = try await client.task(GetTaskRequest(id: task.id)) }
        guard case .refused(let error, _) = failure.reason else { throw Unexpected(what: "\(failure)") }
        #expect(error.code == .taskNotFound)
        #expect(try await client.tasks(ListTasksRequest()).totalSize == 0)
      }
    }
  }

  @Test func `A caller that is not listed is told so in words`() async throws {
    try await ServedAgent.run(
      ScriptedAgent { _ in "done" },
      configure: { $0.callers = .listed(["spiffe://signalbox.local/operator/good"]) }
    ) { served in
      try await served.calling(as: .goodOperator) { client in _ = try await client.send(.text("x")) }
      try await served.calling { client in
        let failure = try await callFailure { _ = try await client.send(.text("x")) }
        #expect(failure.description.contains("spiffe://signalbox.local/agent/good"))
        #expect(failure.description.contains("403"))
      }
    }
  }

  @Test func `Whoever has no good certificate does not get as far as the agent`() async throws {
    try await ServedAgent.run(ScriptedAgent { _ in "done" }) { served in
      for kind in [TestCertificates.Client.revoked, .wrongCA, .selfSigned] {
        try await served.calling(as: kind) { client in
          let failure = try await callFailure { _ = try await client.send(.text("x")) }
          guard case .transport = failure.reason else { throw Unexpected(what: "\(failure)") }
        }
      }
    }
  }

  @Test func `A client that goes away in the middle of a stream does not end its task`() async throws {
    let gate = Gate()
    let agent = ScriptedAgent { context in
      try await context.progress("one")
      await gate.pass()
      return "done"
    }
    try await ServedAgent.run(agent) { served in
      let id = try await served.calling { client in
        let stream = try await client.stream(.text("x"))
        guard case .task(let task)? = try await stream.next() else { throw Unexpected(what: "no task") }
        return task.id
      }
      try await served.calling { client in
        #expect(try await client.task(GetTaskRequest(id: id)).status.state == .working)
        let stream = try await client.subscribe(SubscribeToTaskRequest(id: id))
        _ = try await stream.next()
        gate.open()
        #expect(try await stream.all().map(\.short) == ["completed done"])
      }
    }
  }

  @Test func `Ten thousand events reach a reader that reads, all of them in order`() async throws {
    let agent = ScriptedAgent { context in
      for step in 1...10_000 { try await context.progress("flood", step: step) }
      return nil
    }
    try await ServedAgent.run(agent) { served in
      try await served.calling { client in
        let stream = try await client.stream(.text("x"))
        var steps = 0
        while let event = try await stream.next() {
          guard let step = event.report?.step else { continue }
          #expect(step == steps + 1)
          steps = step
        }
        #expect(steps == 10_000)
      }
    }
  }

  @Test func `A stop ends streams with their last event`() async throws {
    let agent = ScriptedAgent { context in
      try await context.progress("one")
      try await forever()
      return nil
    }
    try await ServedAgent.run(agent) { served in
      try await served.calling { client in
        let stream = try await client.stream(.text("x"))
        for _ in 0..<3 { _ = try await stream.next() }
        async let stopped: Void = served.server.stop()
        let rest = try await stream.all()
        #expect(rest.last?.state == .failed)
        #expect(rest.last?.statusMessage?.text.contains("agent is stopping") == true)
        await stopped
      }
    }
  }

  @Test func `New certificates are taken in while tasks go on`() async throws {
    try await ServedAgent.run(ScriptedAgent { _ in "done" }) { served in
      let rotated = try AgentCertificates.all()[server: .rotated]
      let identity = try TLSIdentity(
        chainPEM: Array(rotated.certificatePEM.utf8), keyPEM: Array(rotated.keyPEM.utf8))
      try await served.server.reload(.mutualTLS(identity, try AgentCertificates.clientTrust()))
      try await served.calling { client in _ = try await client.send(.text("x")) }
      #expect(served.log.lines.contains { $0.contains("certificates reloaded") })
    }
  }
}

/// The error that a call fails with.
func callFailure(_ body: () async throws -> Void) async throws -> AgentCallError {
  do {
    try await body()
  } catch let error as AgentCallError {
    return error
  }
  throw Unexpected(what: "no failure")
}
