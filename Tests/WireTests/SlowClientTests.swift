import HTTP
import TestSupport
import Testing
import Wire

/// Clients that keep the server waiting: each is let go at its deadline, with the answer that says why if there is a request to
/// answer, and nobody else notices.
@Suite struct SlowClientTests {
  /// The deadline under test; all others are long, so that an end in time shows which one it was.
  static let deadline = Duration.milliseconds(300)
  /// When an end is too late. Machines that build and test at once are slow.
  static let patience = Duration.seconds(5)

  private static let old: TLSClient.Options = {
    var options = TLSClient.Options()
    options.version = .tls12
    return options
  }()

  @Test(arguments: ["nothing", "half a hello", "a handshake"])
  func `who comes and asks nothing is let go`(_ sent: String) async throws {
    let hello = try ClientHello.bytes()
    try await Self.evicting({ $0.deadlines.handshake = Self.deadline }) { server in
      if sent == "a handshake" {
        let ending = try await server.client { $0.receiveAll() }
        #expect(ending.bytes.isEmpty && ending.ending != .silence)
        return
      }
      let port = server.port
      let ending = try await onThread {
        let client = try TCPClient(port: port)
        if sent == "half a hello" { try client.send(Array(hello.prefix(hello.count / 2))) }
        return client.receiveAll()
      }
      #expect(ending.bytes.isEmpty && ending.ending != .silence)
    }
  }

  @Test(arguments: [false, true])
  func `a head that comes byte by byte gets 408`(_ isFirst: Bool) async throws {
    try await Self.evicting({ $0.deadlines.head = Self.deadline }) { server in
      try await Self.expectTimeout(server) { client in
        if !isFirst { _ = try client.get("/") }
        client.dribble(
          Array("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: \(String(repeating: "a", count: 1000))".utf8),
          every: .milliseconds(20))
      }
    }
  }

  @Test(arguments: ["Content-Length: 1000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3E8\r\n"])
  func `a body that takes longer than a body may gets 408`(_ head: String) async throws {
    try await Self.evicting({ $0.deadlines.body = Self.deadline }) { server in
      try await Self.expectTimeout(server) { client in
        try client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n\(head)")
        client.dribble([UInt8](repeating: 97, count: 1000), every: .milliseconds(20))
      }
    }
  }

  @Test(arguments: ["Content-Length: 1000\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n3E8\r\n"])
  func `a body below the minimum rate gets 408`(_ head: String) async throws {
    let pace: (inout ListenerConfiguration) -> Void = {
      $0.deadlines.minimumRate.window = Self.deadline
      $0.deadlines.minimumRate.bytesPerSecond = 2000
    }
    try await Self.evicting(pace) { server in
      try await Self.expectTimeout(server) { client in
        try client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\n\(head)")
        client.dribble([UInt8](repeating: 97, count: 1000), every: .milliseconds(20))
      }
    }
  }

  @Test func `a body above the minimum rate is taken, however long it lasts`() async throws {
    try await TestServer.run(configure: {
      $0.deadlines.minimumRate.window = .milliseconds(500)
      $0.deadlines.minimumRate.bytesPerSecond = 20
    }) { server in
      let answer = try await server.client(Self.old) { client in
        try client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60\r\n\r\n")
        client.dribble([UInt8](repeating: 97, count: 60), every: .milliseconds(20))
        return client.answer()
      }
      #expect(answer?.status == 200)
      #expect(answer?.body.count == 60)
    }
  }

  @Test func `an idle connection is told goodbye`() async throws {
    try await TestServer.run(configure: { $0.deadlines.idle = Self.deadline }) { server in
      let (took, rest) = try await server.client { client in
        guard try client.get("/")?.status == 200 else { throw TLSClient.Failure(description: "not served") }
        let start = ContinuousClock.now
        return (start.duration(to: client.receiveAll().ending == .goodbye ? .now : start), client.receiveAll().bytes)
      }
      #expect(took > Self.deadline / 2 && took < Self.patience)
      #expect(rest.isEmpty)
      #expect(server.counter("signalbox_evictions_total") == 0)
    }
  }

  @Test func `a handler that does not answer is answered for`() async throws {
    let gate = Gate()
    var router = Router.standard
    router.on(.get, "/never", options: .init(answerWithin: Self.deadline)) { _ in
      await gate.pass()
      return .text("too late")
    }
    try await Self.evicting({ _ in }, router: router) { server in
      let (answer, rest) = try await server.client { (try $0.get("/never"), $0.receiveAll()) }
      #expect(answer?.status == 503)
      #expect(answer?.fields["content-type"] == "application/problem+json")
      #expect(rest.ending == .goodbye)
      #expect(rest.bytes.isEmpty)
      gate.open()
    }
  }

  /// Runs a slow client beside a quick one. The slow one must be gone at its deadline, the quick one must not notice.
  static func evicting(
    _ configure: (inout ListenerConfiguration) -> Void, router: Router = .standard,
    _ body: @Sendable (TestServer) async throws -> Void
  ) async throws {
    try await TestServer.run(loops: 1, router: router, configure: configure) { server in
      let (took, bystander) = try await server.besideBystander {
        let start = ContinuousClock.now
        try await body(server)
        return start.duration(to: .now)
      }
      #expect(took >= deadline && took < patience, "took \(took)")
      // Bounds for machines that are busy with other things; a loop that waits for the slow one would show its deadline.
      #expect(bystander.latencies.count >= 3)
      #expect(bystander.median < deadline / 2, "median \(bystander.median)")
      #expect(bystander.worst < .seconds(2), "worst \(bystander.worst)")
      #expect(server.counter("signalbox_evictions_total") == 1)
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
    }
  }

  /// A slow sender hears why it is let go.
  private static func expectTimeout(_ server: TestServer, _ send: @escaping @Sendable (TLSClient) throws -> Void)
    async throws
  {
    let (answer, rest) = try await server.client(old) { client in
      try send(client)
      return (client.answer(), client.receiveAll())
    }
    #expect(answer?.status == 408)
    #expect(answer?.fields["content-type"] == "application/problem+json")
    #expect(answer?.fields["connection"] == "close")
    #expect(rest.ending == .goodbye)
    #expect(rest.bytes.isEmpty)
  }
}
