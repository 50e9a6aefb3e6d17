import A2A
import A2AWire
import AgentKit
import HTTP
import TestSupport
import Testing
import Wire

/// One agent calls another, as the client that its own certificate says it is.
@Suite(.timeLimit(.minutes(3)))
struct AgentToAgentTests {
  /// Hands its message on to another agent, and tells what came of it.
  private static func forwarder(to client: AgentClient) -> ScriptedAgent {
    ScriptedAgent { context in
      let result = try await context.call(client, Message(id: "sub", role: .user, text: context.message.text)) {
        event in
        if let step = event.report?.step { try await context.progress("B is at \(step).", step: step) }
      }
      switch result {
      case .message(let message): return "B said: \(message.text)"
      case .task(let task):
        let artifacts = (task.artifacts ?? []).map { $0.parts.map(\.short).joined() }
        return "B \(task.status.state): \(task.status.message?.text ?? "") \(artifacts.joined(separator: ","))"
      }
    }
  }

  private static let specialist = ScriptedAgent { context in
    guard context.caller == .named("spiffe://signalbox.local/agent/good") else { throw AgentRejection("Who is this?") }
    switch context.message.text {
    case "wait":
      try await context.progress("waiting", step: 1)
      try await forever()
    case "fail": throw AgentFailure("No data.")
    default: break
    }
    for step in 1...2 { try await context.progress("\(step)", step: step) }
    try await context.artifact(Artifact(id: "a", parts: [.text("x")]), lastChunk: false)
    try await context.artifact(Artifact(id: "a", parts: [.text("y")]), append: true)
    return "done"
  }

  /// A, B, and a caller of A.
  private static func run(
    callersOfB: CallerRule = .anyone,
    _ body: (_ a: ServedAgent, _ b: ServedAgent, AgentClient) async throws -> Void
  ) async throws {
    try await ServedAgent.run(specialist, configure: { $0.callers = callersOfB }) { b in
      try await b.calling { ownClient in
        try await ServedAgent.run(forwarder(to: ownClient)) { a in
          try await a.calling(as: .goodOperator) { client in try await body(a, b, client) }
        }
      }
    }
  }

  @Test func `A has B do a part of the work, sees its steps, and uses what it made`() async throws {
    try await Self.run { _, _, client in
      let events = try await client.stream(.text("go")).all()
      #expect(
        events.map(\.short) == [
          "task submitted", "working", "working B is at 1.", "working B is at 2.", "completed B completed: done xy",
        ])
    }
  }

  @Test func `When B fails, A has its words`() async throws {
    try await Self.run { _, _, client in
      let last = try await client.stream(.text("fail")).all().last
      #expect(last?.short == "completed B failed: No data. ")
    }
  }

  @Test func `Cancelling A's task cancels B's`() async throws {
    try await Self.run { _, b, client in
      let stream = try await client.stream(.text("wait"))
      guard case .task(let task)? = try await stream.next() else { throw Unexpected(what: "no task") }
      var isWaiting = false
      while !isWaiting, let event = try await stream.next() { isWaiting = event.report?.step == 1 }
      #expect(try await client.cancel(CancelTaskRequest(id: task.id)).status.state == .canceled)
      try await b.calling { own in
        let tasks = try await own.tasks(ListTasksRequest()).tasks
        #expect(tasks.map(\.status.state) == [.canceled])
      }
    }
  }

  @Test func `B refuses a caller that is not listed, and A says so clearly`() async throws {
    try await Self.run(callersOfB: .listed(["spiffe://signalbox.local/agent/other"])) { _, _, client in
      let last = try await client.stream(.text("go")).all().last
      #expect(last?.state == .failed)
      let text = try #require(last?.statusMessage?.text)
      #expect(text.contains("spiffe://signalbox.local/agent/good"), "\(text)")
      #expect(text.contains("403"), "\(text)")
    }
  }

  @Test func `B that is not there fails A's task with the cause`() async throws {
    let loop = try await Loop.start(name: "a")
    let http = try HTTPClient(
      loop: loop, configuration: ClientConfiguration(tls: try AgentCertificates.clientTLS(.good)))
    // Nobody listens on port 1 of this machine.
    let client = try AgentClient(at: try ServiceURL(parsing: "https://127.0.0.1:1"), over: http)
    let made = TestStore { context in
      _ = try await context.call(client, Message(id: "m", role: .user, text: "x"))
      return nil
    }
    let task = try await made.send()
    #expect(task.status.state == .failed)
    #expect(task.status.message?.text.contains("127.0.0.1:1") == true, "\(task.status.message?.text ?? "")")
    await http.close()
    await loop.stop()
  }
}
