import A2A
import A2AWire
import AgentKit
import HTTP
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// A gateway in front of an agent, both on real sockets, and clients of A2A that come through it.
struct FrontStand {
  let gateway: TestGateway

  /// Starts both; `body` runs when the gateway has seen the agent.
  static func run<Value>(
    configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (FrontStand) async throws -> Value
  ) async throws -> Value {
    try await serving { origin async throws in try await inFront(of: origin, configure: configure, body) }
  }

  /// Runs the agent alone.
  static func serving<Value>(_ body: (String) async throws -> Value) async throws -> Value {
    try await ServedAgent.run(FrontAgent(), body)
  }

  /// Runs a gateway that calls it the checker.
  static func inFront<Value>(
    of origin: String, configure: (inout GatewayConfiguration) throws -> Void,
    _ body: (FrontStand) async throws -> Value
  ) async throws -> Value {
    let files = try CertificateFiles.written()
    // They are there as long as somebody holds on to them.
    defer { withExtendedLifetime(files) {} }
    return try await TestGateway.run {
      $0.identity.rates.requestsPerAddress = 0
      $0.identity.rates.requestsPerPrincipal = 0
      $0.identity.rates.submitsPerPrincipal = 0
      $0.identity.rates.streamsPerAddress = 1000
      var agent = AgentConfiguration(name: "checker", url: origin, authorityFile: files.serverAuthority)
      agent.certificateFile = files.certificate(.goodOperator)
      agent.keyFile = files.key(.goodOperator)
      $0.work.agents = [agent]
      try configure(&$0)
    } _: { gateway async throws in
      let work = try #require(await gateway.gateway.work)
      #expect(await eventually { work.directory["checker"]?.card != nil }, "The agent was not seen.")
      return try await body(FrontStand(gateway: gateway))
    }
  }

  /// A client of A2A, as a program with a token or, at the agents' door, with a certificate.
  func calling<Value>(
    _ prefix: String = "/agents/checker", as person: TestPeople? = .oscar, version: ProtocolVersion = .v1,
    _ body: (AgentClient) async throws -> Value
  ) async throws -> Value {
    let certificates = try CertificateFiles.certificates()
    let tls = ClientTLS(
      trust: try ServerTrust(authorityPEM: Array(certificates.serverAuthority.certificatePEM.utf8)),
      identity: person == nil
        ? try TLSIdentity(certificates[.good]) : nil)
    var options = AgentClientOptions()
    options.interfaces.dialects = [Dialect(.jsonRPC, version), Dialect(.httpJSON, version)]
    if let person {
      options.fields = HTTPFields([("authorization", "Bearer \(try TestTokens.token(for: "\(person)"))")])
    }
    let card =
      "https://localhost:\(gateway.port(person == nil ? .agents : .people))\(prefix)/.well-known/agent-card.json"
    let loop = try await Loop.start(name: "caller")
    let outcome: Result<Value, any Error>
    do {
      let http = try HTTPClient(loop: loop, configuration: ClientConfiguration(tls: tls))
      let client = AgentClient(card: try ServiceURL(parsing: card), over: http, options: options)
      outcome = .success(try await body(client))
      await http.close()
    } catch {
      outcome = .failure(error)
    }
    await loop.stop()
    return try outcome.get()
  }
}

extension SendMessageRequest {
  static func saying(_ text: String, to task: AgentTask? = nil) -> SendMessageRequest {
    SendMessageRequest(
      message: Message(id: "m-\(UInt64.random(in: 0 ... .max))", role: .user, text: text, taskID: task?.id))
  }

  static func atOnce(_ text: String) -> SendMessageRequest {
    var request = saying(text)
    request.configuration.returnImmediately = true
    return request
  }
}

extension SendResult {
  func task() throws -> AgentTask {
    guard case .task(let task) = self else { throw TLSClient.Failure(description: "no task, but \(self)") }
    return task
  }
}
