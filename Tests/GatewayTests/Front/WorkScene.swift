import A2A
import AgentKit
import FoundationEssentials
import Gateway
import HTTP
import JSON
import Journal
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A gateway before an agent that does what it is told, and people who ask over TLS.
struct WorkScene: Sendable {
  let gateway: TestGateway
  let journal: any Journal

  /// - Parameters:
  ///   - isPausable: the agent takes pauses.
  ///   - gate: where the agent's answers to what its tasks are told wait, until these have ended.
  static func run(
    isPausable: Bool = false, lastWordAt gate: Gate? = nil,
    configure: (inout GatewayConfiguration) throws -> Void = { _ in },
    _ body: (WorkScene) async throws -> Void
  ) async throws {
    let files = try CertificateFiles.written()
    // They are there as long as somebody holds on to them.
    defer { withExtendedLifetime(files) {} }
    try await ServedAgent.run(ObedientAgent(isPausable: isPausable)) { _ in
    } service: { agent in
      guard let gate else { return agent }
      return LastWord(agent: agent, gate: gate)
    } _: { origin async throws in
      try await TestGateway.run {
        $0.identity.rates.requestsPerAddress = 0
        $0.identity.rates.requestsPerPrincipal = 0
        $0.identity.rates.submitsPerPrincipal = 0
        var agent = AgentConfiguration(name: "checker", url: origin, authorityFile: files.serverAuthority)
        agent.certificateFile = files.certificate(.good)
        agent.keyFile = files.key(.good)
        var gone = agent
        gone.name = "gone"
        gone.url = "https://127.0.0.1:1/"
        var hidden = agent
        hidden.name = "hidden"
        hidden.principals = ["otto"]
        $0.work.agents = [agent, gone, hidden]
        $0.work.defaultAgent = "checker"
        try configure(&$0)
      } _: { gateway async throws in
        let journal = try #require(await gateway.gateway.records).journal
        try await body(WorkScene(gateway: gateway, journal: journal))
      }
    }
  }

  // MARK: Asking

  func post(
    _ path: String, _ body: String, as column: AccessColumn = .owner, _ lines: String...
  ) async throws -> TestSupport.Answer {
    try #require(
      try await gateway.ask(
        "POST", path, try column.lines() + lines, body: body, showing: try column.certificate()), "POST \(path)")
  }

  /// The same with another type of body.
  func send(
    _ path: String, _ body: [UInt8], type: String?, as column: AccessColumn = .owner
  ) async throws -> TestSupport.Answer {
    let lines =
      try column.lines() + (type.map { ["Content-Type: \($0)"] } ?? [])
      + ["Host: localhost:\(gateway.port(.people))", "Content-Length: \(body.count)"]
    let head = Array(("POST \(path) HTTP/1.1\r\n" + lines.map { $0 + "\r\n" }.joined() + "\r\n").utf8)
    let bytes = head + body
    let answer = try await gateway.client(.people, showing: nil as TestCredential?) { client in
      // What is too long is answered before it is all sent.
      try? client.send(bytes)
      return client.answer()
    }
    return try #require(answer, "POST \(path)")
  }

  func get(_ path: String, as column: AccessColumn = .owner) async throws -> JSONValue {
    let answer = try #require(try await gateway.ask("GET", path, try column.lines()))
    #expect(answer.status == 200, "GET \(path): \(answer.text)")
    return try JSONValue(parsing: answer.body)
  }

  /// Begins a task with this text, and gives its id.
  func begin(_ text: String, as column: AccessColumn = .owner) async throws -> String {
    let answer = try await post("/api/tasks", #"{"text":"\#(text)"}"#, as: column)
    #expect(answer.status == 201, "\(answer.text)")
    return try #require(try answer.member("id")?.string)
  }

  /// Waits until the task stands so, and gives it as the API shows it.
  @discardableResult
  func wait(_ id: String, for state: String) async throws -> JSONValue {
    let isThere = try await eventually { try await journal.task(id)?.state == state }
    let task = try await get("/api/tasks/\(id)")
    #expect(isThere, "\(task)")
    return task
  }

  func records(_ id: String) async throws -> [Record] {
    try await journal.records(.tasks([id]), after: 0, limit: ReadLimit(records: .max)).records
  }
}

/// Does what the first word of the message says, and completes with what it was told.
private struct ObedientAgent: Agent {
  let isPausable: Bool

  var profile: AgentProfile {
    var profile = AgentProfile(
      name: "obedient", description: "Does what it is told.", version: "1",
      skills: [AgentSkill(id: "obey", name: "Obey", description: "Does it.", tags: ["test"])], inputModes: ["*/*"],
      outputModes: ["*/*"])
    profile.isPausable = isPausable
    return profile
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    switch context.message.text.split(separator: " ").first {
    case "fail": throw AgentFailure("It went wrong.")
    case "ask":
      let outcome = try await context.ask(QuestionDraft("Which one?"))
      return "Told: \(outcome.message?.text ?? "nothing")"
    case "title":
      let name = context.message.text.split(separator: " ").dropFirst().joined(separator: " ")
      try await context.progress("It has a name.", title: name)
      let outcome = try await context.ask(QuestionDraft("What is it really called?"))
      try await context.progress("Another name.", title: outcome.message?.text)
      try await context.progress("Nothing more.")
      return "Done."
    case "hold":
      try await context.progress("Holding.")
      try await Task.sleep(for: .seconds(3600))
      return nil
    case "refuse":
      return try await context.refusingCancel(because: "The books are open.") {
        try await context.progress("Writing.")
        _ = try await context.ask(QuestionDraft("Close them?"))
        return "Closed."
      }
    default:
      // As it came: one artifact with the same parts.
      try await context.artifact(Artifact(id: "echo", parts: context.message.parts))
      return "Done."
    }
  }
}
