import AgentKit
import Gateway
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// A gateway before an agent that thinks aloud, and people who talk to it over TLS.
struct ChatScene: Sendable {
  let gateway: TestGateway
  let journal: any Journal
  let gate: Gate

  static func run(
    configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (ChatScene) async throws -> Void
  ) async throws {
    let files = try CertificateFiles.written()
    // They are there as long as somebody holds on to them.
    defer { withExtendedLifetime(files) {} }
    let gate = Gate()
    try await ServedAgent.run(ThinkingAgent(gate: gate)) { origin async throws in
      try await TestGateway.run {
        $0.identity.rates.requestsPerAddress = 0
        $0.identity.rates.requestsPerPrincipal = 0
        $0.identity.rates.submitsPerPrincipal = 0
        var agent = AgentConfiguration(name: "reasoning", url: origin, authorityFile: files.serverAuthority)
        agent.certificateFile = files.certificate(.good)
        agent.keyFile = files.key(.good)
        $0.work.agents = [agent]
        try configure(&$0)
      } _: { gateway async throws in
        let journal = try #require(await gateway.gateway.records).journal
        try await body(ChatScene(gateway: gateway, journal: journal, gate: gate))
      }
    }
  }

  /// Says something, and gives the stream of what comes of it.
  func chat(_ body: String, as column: AccessColumn = .owner) async throws -> ChatReader {
    let port = gateway.port(.people)
    let authority = try CertificateFiles.certificates().serverAuthority.certificatePEM
    let lines = try column.lines() + ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
    return try await onThread {
      var options = TLSClient.Options()
      options.authority = authority
      options.deadline = .seconds(120)
      let reader = EventReader(try TLSClient(port: port, options))
      try reader.ask("/chat", .post, lines)
      try reader.client.send(Array(body.utf8))
      guard reader.read(until: { $0.head != nil }) else {
        throw TLSClient.Failure(description: "the stream did not begin")
      }
      return ChatReader(reader)
    }
  }

  func say(_ message: String, _ workflow: String? = nil) async throws -> ChatReader {
    let member = workflow.map { #","workflow_id":"\#($0)""# } ?? ""
    return try await chat(#"{"message":"\#(message)"\#(member)}"#)
  }

  func ask(
    _ method: String, _ path: String, _ body: String? = nil, _ lines: String..., as column: AccessColumn = .owner
  ) async throws -> TestSupport.Answer {
    try #require(
      try await gateway.ask(
        method, path, try column.lines() + lines, body: body, showing: try column.certificate()), "\(method) \(path)")
  }

  func document(_ path: String, as column: AccessColumn = .owner) async throws -> JSONValue {
    let answer = try await ask("GET", "/api/workflows/\(path)", as: column)
    #expect(answer.status == 200, "\(path): \(answer.text)")
    return try JSONValue(parsing: answer.body)
  }

  /// Waits until the workflow stands so.
  func wait(_ workflow: String, for status: String) async throws {
    let isThere = try await eventually {
      try await document("\(workflow)/status")["status"]?.string == status
    }
    #expect(isThere, "\(status)")
  }

  /// How many listen to it just now.
  func watchers(of task: String) async throws -> Int64? {
    try JSONValue(parsing: try await ask("GET", "/api/tasks/\(task)/watchers").body)["count"]?.int
  }
}
