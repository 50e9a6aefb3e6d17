import Glibc
import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Every client certificate, with every fault, against both policies in both versions of TLS. What is not served gets no byte of
/// an answer. A self-signed one among the refused is the proof that libwebsockets' own check, which fails open, decides nothing.
@Suite struct ClientCertificateTests {
  enum Policy: CaseIterable {
    case optional
    case required
  }

  private static let names = ClientNames(
    uriPrefixes: ["spiffe://signalbox.local/agent/", "spiffe://signalbox.local/operator/"],
    dnsNames: ["good.signalbox.local"])

  private static func clients(_ policy: Policy, names: ClientNames = names) throws -> ClientCertificates {
    let trust = try Certificates.trust(names: names)
    return policy == .optional ? .optional(trust) : .required(trust)
  }

  @Test(arguments: Policy.allCases, [TLSClient.Version.tls12, .tls13])
  func `only a client without fault is served, and under its own name`(_ policy: Policy, _ version: TLSClient.Version)
    async throws
  {
    try await TestServer.run(clients: Self.clients(policy)) { server in
      var options = TLSClient.Options()
      options.version = version
      let nobody = await server.attempt("/peer", options)
      if policy == .required {
        #expect(nobody == .refused)
      } else {
        #expect(nobody.text == "nobody -")
      }
      for client in TestCertificates.Client.allCases {
        let credential = try Certificates.credential(client)
        options.credential = credential
        let attempt = await server.attempt("/peer", options)
        if client.fault == nil {
          let fingerprint = try TLSClient.fingerprint(pem: credential.certificate)
          let name = client == .goodOperator ? "operator/good" : "agent/good"
          #expect(attempt.text == "spiffe://signalbox.local/\(name) \(fingerprint)", "\(client)")
        } else {
          #expect(attempt == .refused, "\(client)")
        }
      }
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      let faulty = TestCertificates.Client.allCases.filter { $0.fault != nil }.count + (policy == .required ? 1 : 0)
      #expect(server.counter("signalbox_handshakes_failed_total") == faulty)
    }
  }

  @Test(arguments: Policy.allCases)
  func `a good certificate with a name of others is refused`(_ policy: Policy) async throws {
    let agents = ClientNames(uriPrefixes: ["spiffe://signalbox.local/agent/"])
    try await TestServer.run(clients: Self.clients(policy, names: agents)) { server in
      var options = TLSClient.Options()
      options.credential = try Certificates.credential(.goodOperator)
      #expect(await server.attempt("/peer", options) == .refused)
    }
  }

  @Test func `where none is asked for, an offered certificate is not looked at`() async throws {
    try await TestServer.run { server in
      for client in [TestCertificates.Client.good, .selfSigned, .revoked] {
        var options = TLSClient.Options()
        options.credential = try Certificates.credential(client)
        #expect(await server.attempt("/peer", options).text == "nobody -")
      }
    }
  }

  @Test(arguments: Policy.allCases)
  func `an outdated revocation list refuses everybody`(_ policy: Policy) async throws {
    let trust = try Certificates.trust(revocationList: Certificates.all().revocationList(revoking: [], outdated: true))
    try await TestServer.run(clients: policy == .optional ? .optional(trust) : .required(trust)) { server in
      for client in [TestCertificates.Client.good, .goodOperator, .revoked] {
        var options = TLSClient.Options()
        options.credential = try Certificates.credential(client)
        #expect(await server.attempt("/peer", options) == .refused, "\(client)")
      }
    }
  }

  @Test func `a handler sees who is asking as a value`() async throws {
    let seen = Mutex<TLSSession?>(nil)
    var router = Router.standard
    router.on(.get, "/who") { request in
      seen.withLock { $0 = request.peer.session }
      return .text("seen")
    }
    let credential = try Certificates.all().client(
      commonName: "wash-trade", uris: ["spiffe://signalbox.local/agent/wash-trade"],
      dnsNames: ["good.signalbox.local", "other.signalbox.local"])
    try await TestServer.run(clients: Self.clients(.required), router: router) { server in
      var options = TLSClient.Options()
      options.credential = (credential.certificatePEM, credential.keyPEM)
      let attempt = await server.attempt("/who", options)
      #expect(attempt.wasServed)
    }
    let session = try #require(seen.withLock { $0 })
    let peer = try #require(session.peer)
    #expect(session.version == "TLSv1.3")
    #expect(peer.subject == "CN=wash-trade")
    #expect(peer.uris == ["spiffe://signalbox.local/agent/wash-trade"])
    #expect(peer.dnsNames == ["good.signalbox.local", "other.signalbox.local"])
    #expect(!peer.hasMalformedName)
    let fingerprint = try TLSClient.fingerprint(pem: credential.certificatePEM)
    #expect(peer.fingerprint == fingerprint)
    #expect(peer.notBefore < time(nil) && time(nil) < peer.notAfter)
  }
}
