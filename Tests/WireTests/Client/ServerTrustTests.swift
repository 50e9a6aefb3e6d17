import HTTP
import TestSupport
import Testing
import Wire

/// Whom a client talks to, and who talks to it.
@Suite struct ServerTrustTests {
  @Test func `a good server is called by its address, and its certificate can be looked at`() async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        let response = try await calls.get(server.port)
        #expect(response.status == .ok)
        #expect(response.session?.version == "TLSv1.3")
        #expect(response.session?.peer?.fingerprint == (try Certificates.identity(.local).fingerprint))
        #expect(response.address.description == "127.0.0.1:\(server.port)")
        let body = try await response.body.collect(limit: 100)
        #expect(body == Array("hello\n".utf8))
      }
    }
  }

  @Test func `a server is called by its name, which it learns by SNI`() async throws {
    let name = Kept<String?>(nil)
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      name.set(connection.serverName)
      try connection.receiveHead()
      try connection.send("HTTP/1.1 204 No Content\r\n\r\n")
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let status = try await calls.get(server.port, host: "localhost").status
        #expect(status == .noContent)
      }
    }
    #expect(name.value == "localhost")
  }

  @Test(arguments: [
    (TestCertificates.Server.otherName, "localhost", "hostname mismatch"),
    (.otherName, "127.0.0.1", "IP address mismatch"), (.expired, "localhost", "certificate has expired"),
  ])
  func `a server with a certificate that is not good is refused before it is asked anything`(
    _ shown: TestCertificates.Server, _ host: String, _ reason: String
  ) async throws {
    let heard = Kept<String?>(nil)
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      heard.set(connection.receive().map { String(decoding: $0, as: UTF8.self) })
    }
    try await TLSServer.run(showing: shown, scripts: [script]) { server in
      try await Calls.run { calls in
        let error = try await calls.failure(server.port, host: host)
        #expect(error?.reason == .untrusted(reason))
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
    #expect(heard.value == nil)
  }

  @Test(arguments: TLSVersions.all)
  func `a server of another authority is refused`(_ version: TLSClient.Version) async throws {
    try await TLSServer.run({ $0.version = version }, scripts: [TLSServer.answering()]) { server in
      let stranger = try Certificates.all().clientAuthority.certificatePEM
      try await Calls.run(trusting: stranger) { calls in
        let error = try await calls.failure(server.port)
        #expect(error?.reason == .untrusted("unable to get local issuer certificate"))
      }
    }
  }

  @Test func `a good client certificate opens the door`() async throws {
    try await TestServer.run(clients: .required(try Certificates.trust())) { server in
      try await Calls.run(identity: .good) { calls in
        let text = try await calls.text(server.port, "/peer")
        #expect(text.hasPrefix("spiffe://signalbox.local/agent/good "))
      }
    }
  }

  @Test(arguments: TLSVersions.all)
  func `without a certificate the server's refusal is told as what it is`(_ version: TLSClient.Version) async throws {
    let authority = try Certificates.all().clientAuthority.certificatePEM
    let configure: (inout TLSServer.Options) -> Void = {
      $0.version = version
      $0.clientAuthority = authority
    }
    // What a refused client sends goes unread: an end without a reset lets it read the alert.
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      do {
        try connection.shakeHands()
      } catch {
        connection.finishSending()
        _ = connection.receiveEnd()
      }
    }
    try await TLSServer.run(configure, scripts: [script]) { server in
      try await Calls.run { calls in
        let error = try await calls.failure(server.port)
        // TLS 1.2 has no word of its own for it.
        let alert = TLSAlertNames.missing(version)
        #expect(error?.description.contains(alert) == true, "\(error as Any)")
      }
    }
  }

  @Test(arguments: [TestCertificates.Client.selfSigned, .wrongCA, .revoked, .wrongEKU, .noSAN])
  func `a certificate that the gateway does not take is refused with a reason`(
    _ kind: TestCertificates.Client
  ) async throws {
    try await TestServer.run(clients: .required(try Certificates.trust())) { server in
      try await Calls.run(identity: kind) { calls in
        let error = try await calls.failure(server.port)
        guard case .refusedByPeer(let alert)? = error?.reason else {
          Issue.record("\(kind): \(error as Any)")
          return
        }
        #expect(alert.concernsCertificate || alert.description == "handshake_failure")
      }
    }
  }

  @Test(arguments: [TestCertificates.Server.local, .rotated])
  func `a revoked server is refused, and no other`(_ shown: TestCertificates.Server) async throws {
    let made = try Certificates.all()
    let trust = try ServerTrust(
      authorityPEM: Array(made.serverAuthority.certificatePEM.utf8),
      revocationPEM: Array(made.revocationList(revoking: [TestCertificates.Server.rotated]).utf8))
    let answer = "HTTP/1.1 204 No Content\r\n\r\n"
    try await TLSServer.run(showing: shown, scripts: [TLSServer.answering(answer)]) { server in
      try await Calls.run(configure: { $0.tls.trust = trust }) { calls in
        let error = try await calls.failure(server.port)
        #expect(error?.reason == (shown == .rotated ? .untrusted("certificate revoked") : nil))
      }
    }
  }

  @Test func `a list of another authority is refused when it is loaded`() throws {
    let made = try Certificates.all()
    let error = #expect(throws: WireError.self) {
      try ServerTrust(
        authorityPEM: Array(made.serverAuthority.certificatePEM.utf8),
        revocationPEM: Array(made.revocationListPEM.utf8))
    }
    #expect(error?.message.contains("is not signed by a CA of") == true)
  }

  @Test func `a certificate that is no authority vouches for nobody`() throws {
    let leaf = try Certificates.all()[server: .local].certificatePEM
    let error = #expect(throws: WireError.self) { try ServerTrust(authorityPEM: Array(leaf.utf8)) }
    #expect(error?.message.contains("is not a CA") == true)
  }

  @Test func `a server without TLS is told from one that is not there`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { $0.sendRaw("HTTP/1.1 200 OK\r\n\r\n") }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let error = try await calls.failure(server.port)
        #expect(error?.reason == .garbled("wrong version number"))
      }
    }
  }
}

enum TLSVersions {
  static let all: [TLSClient.Version] = [.tls12, .tls13]
}

enum TLSAlertNames {
  static func missing(_ version: TLSClient.Version) -> String {
    version == .tls13 ? "refused our certificate (certificate_required)" : "handshake_failure"
  }
}
