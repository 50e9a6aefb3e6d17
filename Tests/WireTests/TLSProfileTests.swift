import HTTP
import TestSupport
import Testing
import Wire

/// What the handshake agrees on, and what it does not: Mozilla's "intermediate" profile, one protocol, goodbye at the end.
@Suite struct TLSProfileTests {
  @Test(arguments: [TLSClient.Version.tls10, .tls11])
  func `old versions are refused by their version`(_ version: TLSClient.Version) async throws {
    try await TestServer.run { server in
      var options = TLSClient.Options()
      options.version = version
      // This machine's OpenSSL does not offer them by itself either.
      options.suites = "ALL:@SECLEVEL=0"
      let failure = await server.failure(options)
      #expect(failure?.contains("alert protocol version") == true, "\(failure ?? "accepted")")
    }
  }

  @Test(arguments: [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305",
  ])
  func `each suite of the profile is served over TLS 1.2`(_ suite: String) async throws {
    var options = TLSClient.Options()
    options.version = .tls12
    options.suites = suite
    #expect(try await Self.agreed(options) == .init(version: "TLSv1.2", cipher: suite))
  }

  @Test(arguments: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"])
  func `each suite of the profile is served over TLS 1.3`(_ suite: String) async throws {
    var options = TLSClient.Options()
    options.modernSuites = suite
    #expect(try await Self.agreed(options) == .init(version: "TLSv1.3", cipher: suite))
  }

  @Test func `no suite outside the profile is served`() async throws {
    let suites = [
      "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA",
      "ECDHE-ECDSA-AES128-CCM", "ECDHE-ECDSA-CAMELLIA128-SHA256", "DHE-RSA-AES128-GCM-SHA256", "AES128-GCM-SHA256",
    ]
    try await TestServer.run { server in
      for suite in suites {
        var options = TLSClient.Options()
        options.version = .tls12
        options.suites = suite
        let failure = await server.failure(options)
        #expect(failure?.contains("handshake failure") == true, "\(suite): \(failure ?? "accepted")")
      }
      var options = TLSClient.Options()
      options.version = .tls13
      options.modernSuites = "TLS_AES_128_CCM_SHA256"
      let failure = await server.failure(options)
      #expect(failure?.contains("handshake failure") == true, "\(failure ?? "accepted")")
    }
  }

  @Test(arguments: [("X25519", 253), ("P-256", 256), ("P-384", 384)])
  func `each group of the profile agrees on a key`(_ group: String, _ bits: Int) async throws {
    try await TestServer.run(loops: 1) { server in
      var options = TLSClient.Options()
      options.groups = group
      let modern = try await server.client(options) { (try $0.get("/")?.status, $0.keyShareBits) }
      #expect(modern == (200, bits))
      // In TLS 1.2 the list speaks for the certificate's key as well, which is on P-256.
      options.version = .tls12
      options.groups = group == "P-256" ? group : group + ":P-256"
      let old = try await server.client(options) { (try $0.get("/")?.status, $0.keyShareBits) }
      // The server prefers P-256 to P-384.
      #expect(old == (200, min(bits, 256)))
    }
  }

  @Test(arguments: ["P-521", "X448", "ffdhe2048"])
  func `no other group agrees on a key`(_ group: String) async throws {
    try await TestServer.run(loops: 1) { server in
      var options = TLSClient.Options()
      options.version = .tls13
      options.groups = group
      let failure = await server.failure(options)
      #expect(failure?.contains("handshake failure") == true, "\(failure ?? "accepted")")
    }
  }

  @Test func `the server's preference beats the client's`() async throws {
    var old = TLSClient.Options()
    old.version = .tls12
    old.suites = "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256"
    #expect(try await Self.agreed(old).cipher == "ECDHE-ECDSA-AES128-GCM-SHA256")
    var new = TLSClient.Options()
    new.modernSuites = "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256"
    #expect(try await Self.agreed(new).cipher == "TLS_AES_128_GCM_SHA256")
  }

  @Test func `whatever a client prefers, it is spoken to in HTTP 1.1`() async throws {
    try await TestServer.run { server in
      for (offered, expected) in [(["h2", "http/1.1"], "http/1.1"), (["http/1.1"], "http/1.1"), ([], nil)] {
        var options = TLSClient.Options()
        options.alpn = offered
        let (negotiated, status) = try await server.client(options) { client in
          (client.negotiatedProtocol, try client.get("/")?.status)
        }
        #expect(negotiated == expected, "\(offered)")
        #expect(status == 200, "\(offered)")
      }
    }
  }

  @Test func `a client of HTTP 2 alone gets no HTTP 2`() async throws {
    try await TestServer.run { server in
      var options = TLSClient.Options()
      options.alpn = ["h2"]
      do {
        let (negotiated, answer) = try await server.client(options) { client in
          try client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u{4}\0\0\0\0\0")
          return (client.negotiatedProtocol, client.answer())
        }
        #expect(negotiated == nil)
        #expect((answer?.status ?? 0) >= 400)
      } catch let failure as TLSClient.Failure {
        #expect(failure.description.contains("no application protocol"), "\(failure)")
      }
    }
  }

  @Test func `a second handshake on a connection is refused`() async throws {
    try await TestServer.run { server in
      var options = TLSClient.Options()
      options.version = .tls12
      let failure = try await server.client(options) { client -> String? in
        _ = try client.get("/")
        do {
          try client.renegotiate()
          return nil
        } catch let failure as TLSClient.Failure {
          return failure.description
        }
      }
      #expect(failure?.contains("no renegotiation") == true, "\(failure ?? "accepted")")
      #expect(await server.attempt("/").wasServed)
    }
  }

  @Test(arguments: [TLSClient.Version.tls12, .tls13])
  func `the end is said in TLS, and HTTPS is asked for in future`(_ version: TLSClient.Version) async throws {
    try await TestServer.run { server in
      var options = TLSClient.Options()
      options.version = version
      let (answer, rest) = try await server.client(options) { client in
        (try client.get("/", "Connection: close"), client.receiveAll())
      }
      #expect(answer?.fields["strict-transport-security"] == "max-age=300")
      #expect(rest.ending == .goodbye)
      #expect(rest.bytes.isEmpty)
    }
  }

  struct Agreement: Equatable {
    let version: String
    let cipher: String
  }

  /// What a fresh server and a client agree on; the client is served with it.
  private static func agreed(_ options: TLSClient.Options) async throws -> Agreement {
    try await TestServer.run(loops: 1) { server in
      try await server.client(options) { client in
        guard try client.get("/")?.status == 200 else { throw TLSClient.Failure(description: "not served") }
        return Agreement(version: client.version, cipher: client.cipher)
      }
    }
  }
}

extension TestServer {
  /// Why a handshake fails; nil when it does not.
  func failure(_ options: TLSClient.Options) async -> String? {
    do {
      return try await client(options) { _ in nil }
    } catch {
      return "\(error)"
    }
  }
}
