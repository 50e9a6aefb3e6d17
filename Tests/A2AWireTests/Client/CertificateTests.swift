import A2A
import A2AWire
import HTTP
import TestSupport
import Testing
import Wire

/// Certificates, ours and the agent's: a wrong one is told by whose it is and what is wrong with it.
@Suite struct CertificateTests {
  private static func failure(
    _ port: Int, identity: TestCertificates.Client? = nil, trusting authority: String? = nil
  ) async throws -> AgentCallError? {
    try await TestCaller.run(port, identity: identity, trusting: authority) { caller in
      await caller.failure { agent async throws(AgentCallError) in try await agent.task(GetTaskRequest(id: "t")) }
    }
  }

  @Test(arguments: [
    (TestCertificates.Server.expired, "certificate has expired"),
    (.otherName, "IP address mismatch"),
  ])
  func `an agent whose certificate is not good is not spoken to`(
    _ shown: TestCertificates.Server, _ fault: String
  ) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { try $0.shakeHands() }
    try await TLSServer.run(showing: shown, scripts: [script]) { server in
      let error = try await Self.failure(server.port)
      guard case .transport(let transport)? = error?.reason, case .untrusted(let reason) = transport.reason else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(reason.contains(fault), "\(reason)")
      #expect(error?.isTransport == false)
      #expect(error?.description.contains("The certificate of 127.0.0.1:\(server.port) is not good") == true)
    }
  }

  @Test func `an agent of another authority is not spoken to`() async throws {
    let other = try TestCertificates.shared().clientAuthority.certificatePEM
    let script: @Sendable (TLSServer.Connection) throws -> Void = { try $0.shakeHands() }
    try await TLSServer.run(scripts: [script]) { server in
      let error = try await Self.failure(server.port, trusting: other)
      guard case .transport(let transport)? = error?.reason, case .untrusted = transport.reason else {
        Issue.record("\(error as Any)")
        return
      }
    }
  }

  private static func requiring() throws -> ClientCertificates {
    let made = try TestCertificates.shared()
    return .required(
      try ClientTrust(
        authorityPEM: Array(made.clientAuthority.certificatePEM.utf8),
        revocationPEM: Array(made.revocationListPEM.utf8),
        names: ClientNames(uriPrefixes: ["spiffe://signalbox.local/agent/"])))
  }

  @Test(arguments: [TestCertificates.Client?.none, .wrongCA, .revoked, .wrongSAN])
  func `an agent that refuses our certificate is told as such`(_ identity: TestCertificates.Client?) async throws {
    try await ModelAgent.run(clients: try Self.requiring()) { model, port in
      let error = try await Self.failure(port, identity: identity)
      guard case .transport(let transport)? = error?.reason, case .refusedByPeer = transport.reason else {
        Issue.record("\(error as Any)")
        return
      }
      #expect(model.cardRequests.isEmpty)
      let text = error?.description ?? ""
      let advice = identity == .wrongSAN ? "not know the name in our certificate" : "refused our certificate"
      #expect(text.contains(advice), "\(text)")
    }
  }

  @Test func `an agent that accepts our certificate answers`() async throws {
    let task = AgentTask(id: "t", contextID: "c", status: TaskStatus(.working))
    try await ModelAgent.run(clients: try Self.requiring(), answering: { _ in .result(.task(task)) }) { _, port in
      let error = try await Self.failure(port, identity: .good)
      #expect(error == nil)
    }
  }
}
