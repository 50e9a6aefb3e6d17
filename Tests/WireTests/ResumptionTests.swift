import TestSupport
import Testing
import Wire

/// Tickets spare browsers a handshake. Where certificates count there are none: a resumed session brings its identity back
/// without the certificate being checked again.
@Suite struct ResumptionTests {
  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `without client certificates a session resumes, on every loop`(_ version: TLSClient.Version) async throws {
    var router = Router.standard
    router.addLoopClock()
    try await TestServer.run(loops: 2, router: router) { server in
      var options = TLSClient.Options()
      options.version = version
      let session = try #require(try await server.session(options))
      #expect(session.hasTicket)
      options.session = session
      var loops: Set<String> = []
      // The kernel spreads connections by chance: 64 on one loop of two do not happen.
      for _ in 0..<64 where loops.count < 2 {
        let (isResumed, loop) = try await server.client(options) { ($0.isResumed, try $0.get("/loop")?.text) }
        #expect(isResumed)
        loops.insert(loop ?? "")
      }
      #expect(loops.count == 2)
    }
  }

  @Test(
    arguments: [TLSClient.Version.tls12, .tls13],
    [ClientCertificateTests.Policy.optional, .required])
  func `with client certificates nothing resumes`(
    _ version: TLSClient.Version, _ policy: ClientCertificateTests.Policy
  ) async throws {
    let trust = try Certificates.trust()
    try await TestServer.run(clients: policy == .optional ? .optional(trust) : .required(trust)) { server in
      var options = TLSClient.Options()
      options.version = version
      options.credential = try Certificates.credential(.good)
      let session = try #require(try await server.session(options))
      #expect(!session.hasTicket)
      options.session = session
      #expect(try await server.client(options) { try $0.get("/") != nil && $0.isResumed } == false)
      // The session alone is nobody.
      options.credential = nil
      let attempt = await server.attempt("/peer", options)
      #expect(policy == .required ? attempt == .refused : attempt.text == "nobody -")
    }
  }

  @Test func `a ticket from before is worth nothing once certificates are required`() async throws {
    try await TestServer.run { server in
      var options = TLSClient.Options()
      let session = try #require(try await server.session(options))
      options.session = session
      #expect(try await server.client(options) { try $0.get("/") != nil && $0.isResumed })
      let strict = try TLSConfiguration(
        identity: Certificates.identity(.local), clients: .required(Certificates.trust()))
      try await server.server.reload("test", tls: strict)
      #expect(await server.attempt("/peer", options) == .refused)
    }
  }
}

extension TestServer {
  /// The session of a client that was served once.
  fileprivate func session(_ options: TLSClient.Options) async throws -> ResumableSession? {
    try await client(options) { client in
      guard try client.get("/")?.status == 200 else { return nil }
      return client.session
    }
  }
}
