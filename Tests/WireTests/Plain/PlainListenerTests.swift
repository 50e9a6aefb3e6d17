import HTTP
import Telemetry
import TestSupport
import Testing
import Wire

/// Listeners without TLS: where they may be, to whom they answer, and what is known of a peer.
@Suite struct PlainListenerTests {
  @Test(arguments: ["0.0.0.0", "::", "192.0.2.1", "2001:db8::1", "::ffff:127.0.0.1", "128.0.0.1"])
  func `one that others could reach does not start`(host: String) async throws {
    try await WithoutTLS.run {
      let address = try SocketAddress(host: host, port: 0)
      let error = await #expect(throws: WireError.self) {
        try await TestServer.run(configure: { $0.address = address }) { _ in }
      }
      #expect(error?.code == .address)
      #expect(
        error?.message == """
          Listener test may not speak plain HTTP on \(address), which other machines can reach. \
          Give it a certificate, or a loopback address such as 127.0.0.1.
          """)
    }
  }

  @Test(arguments: ["127.0.0.1", "127.9.9.9", "::1", "0:0:0:0:0:0:0:1"])
  func `one on loopback serves, and says of its peers that there is no TLS`(address: String) async throws {
    try await WithoutTLS.run {
      let seen = Kept<Peer?>(nil)
      let router = Router.only(.get, "/") { request in
        seen.set(request.peer)
        return .text("hello")
      }
      try await TestServer.run(address: address, router: router) { server in
        var options = TLSClient.Options()
        options.address = address
        let answer = try await server.client(options) { try $0.get("/") }
        #expect(answer?.text == "hello")
        let peer = try #require(seen.value)
        #expect(peer.session == nil)
        #expect(peer.address.isLoopback)
        #expect(server.log.lines.contains { $0.contains(#""message":"request""#) && $0.contains(#""status":200"#) })
      }
    }
  }

  @Test func `a certificate cannot be changed where there is none`() async throws {
    try await WithoutTLS.run {
      try await TestServer.run { server in
        let tls = try TLSConfiguration(identity: Certificates.identity(.local))
        let error = await #expect(throws: WireError.self) { try await server.server.reload("test", tls: tls) }
        #expect(error?.message == "Listener test speaks plain HTTP and has no certificate that could be changed.")
        #expect(await server.attempt("/").wasServed)
      }
    }
  }

  @Test func `one beside another with TLS does not change what that asks for`() async throws {
    try await WithoutTLS.run {
      let server = Server(
        loops: 1, telemetry: ServerTelemetry(log: Log(sink: DiscardSink(), clock: { 0 }), metrics: MetricsRegistry()))
      func configuration(_ name: String, _ security: ListenerSecurity) throws -> ListenerConfiguration {
        ListenerConfiguration(
          name: name, address: try SocketAddress(host: "127.0.0.1", port: 0), security: security,
          router: .only(.get, "/") { request in .text("\(name) \(request.peer.session?.version ?? "without TLS")") })
      }
      let ports = try await server.start([
        configuration("plain", .plainOnLoopback),
        configuration("secret", .tls(try TLSConfiguration(identity: Certificates.identity(.local)))),
      ]).map(\.port)
      func text(_ port: Int, isPlain: Bool) async throws -> String? {
        try await onThread {
          var options = TLSClient.Options()
          options.isPlain = isPlain
          return try TLSClient(port: port, options).get("/")?.text
        }
      }
      #expect(try await text(ports[0], isPlain: true) == "plain without TLS")
      #expect(try await text(ports[1], isPlain: false) == "secret TLSv1.3")
      #expect(try await text(ports[1], isPlain: true) == nil)
      await #expect(throws: TLSClient.Failure.self) { try await text(ports[0], isPlain: false) }
      await server.stop(grace: .zero)
    }
  }

  @Test(arguments: [
    ("localhost", 200), ("LocalHost:8080", 200), ("a.localhost", 200), ("127.0.0.1", 200), ("127.1.2.3:80", 200),
    ("[::1]:80", 200), ("[0:0::0:1]", 200), ("evil.example", 421), ("localhost.evil.example", 421),
    ("evillocalhost", 421), ("localhost.", 421), ("127.0.0.1.evil.example", 421), ("128.0.0.1", 421), ("0.0.0.0", 421),
    ("[::]", 421), ("[::11]", 421), ("[::1:1]", 421), ("[::ffff:127.0.0.1]", 421),
  ])
  func `a name that anybody may point at this machine is not answered to`(host: String, status: Int) async throws {
    try await WithoutTLS.run {
      try await TestServer.run { server in
        let (answers, ending) = try await server.client { client in
          let request = "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n"
          try client.send(request + request)
          let answers = [client.answer(), client.answer()]
          client.finishSending()
          return (answers.compactMap { $0 }, client.receiveAll())
        }
        // A refusal ends the connection, and with it what was sent ahead.
        #expect(answers.map(\.status) == (status == 200 ? [200, 200] : [421]))
        #expect(ending.bytes.isEmpty)
        #expect(ending.ending == .goodbye)
        guard status == 421, let answer = answers.first else { return }
        #expect(answer.fields["content-type"] == "application/problem+json")
        #expect(answer.text.contains("Ask for one of these."))
        #expect(server.log.lines.contains { $0.contains(#""status":421"#) && $0.contains(#""outcome":"refused""#) })
      }
    }
  }

  @Test(arguments: [
    ("http://localhost:3000", 200), ("http://127.0.0.1", 200), ("https://[::1]:8443", 200), ("HTTP://LOCALHOST", 200),
    ("http://evil.example", 403), ("https://localhost.evil.example", 403), ("null", 403), ("localhost", 403), ("", 403),
  ])
  func `a page of another machine is not answered to`(origin: String, status: Int) async throws {
    try await WithoutTLS.run {
      try await TestServer.run { server in
        let answer = try await server.client { client in
          try client.ask(
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: \(origin)\r\nContent-Length: 1\r\n\r\nx")
        }
        #expect(answer?.status == status)
      }
    }
  }

  @Test func `HTTP 1_0 may come without a host, and a target may name one`() async throws {
    try await WithoutTLS.run {
      try await TestServer.run { server in
        let statuses = try await server.client { client in
          let absolute = try client.ask("GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
          return [absolute, try client.ask("GET / HTTP/1.0\r\n\r\n")].map { $0?.status }
        }
        #expect(statuses == [200, 200])
        // The target beats the Host field (RFC 9112 section 3.2.2), here as well.
        let other = try await server.client {
          try $0.ask("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        }
        #expect(other?.status == 421 || other?.status == 400)
      }
    }
  }

  @Test func `with TLS every host is answered to, because the certificate says who answers`() async throws {
    try await WithoutTLS.run {
      try await WithoutTLS.$isOn.withValue(false) {
        try await TestServer.run { server in
          let answer = try await server.client { try $0.ask("GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n") }
          #expect(answer?.status == 200)
        }
      }
    }
  }

  @Test func `who comes and says nothing is let go, and is no failed handshake`() async throws {
    try await WithoutTLS.run {
      try await TestServer.run(configure: { $0.deadlines.handshake = .milliseconds(300) }) { server in
        let rest = try await server.client { $0.receiveAll() }
        #expect(rest.bytes.isEmpty)
        #expect(rest.ending == .goodbye)
        #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
        #expect(server.counter("signalbox_handshakes_failed_total") == 0)
        #expect(server.counter("signalbox_evictions_total") == 1)
      }
    }
  }

  @Test(arguments: [
    ("http://localhost", 101), ("https://localhost", 403), ("http://localhost:8080", 403), ("http://evil.example", 403),
  ])
  func `pages of the same host may open WebSockets over http`(origin: String, status: Int) async throws {
    try await WithoutTLS.run {
      try await TestServer.run(router: .webSocketEcho()) { server in
        let options = Unchecked(server.suited(TLSClient.Options()))
        let port = server.port
        let answered = try await onThread {
          try WebSocketPeer(port: port, options.value).upgrade(WebSocketHandshake(fields: [("Origin", origin)])).status
        }
        #expect(answered == status)
      }
    }
  }
}
