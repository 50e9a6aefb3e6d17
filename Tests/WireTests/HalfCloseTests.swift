import HTTP
import TestSupport
import Testing
import Wire

/// A client that ends its half in every state of a connection. An answer that is owed comes whole; the connection is gone at
/// once, without waiting for a deadline; nothing of it stays, neither a descriptor nor work for the processor.
///
/// (On libwebsockets' own HTTP role a FIN during an answer spins for ever.)
@Suite struct HalfCloseTests {
  /// What the client has sent, and where that leaves the connection.
  enum State: CaseIterable {
    case shakenHands
    case midHead
    case headOfBody
    case midBody
    case midChunk
    case handlerAtWork
    case handlerAtWorkOnPost
    case pipelined
    case bigAnswer
    case bigStream
    case betweenRequests
    case refused

    var request: String {
      switch self {
      case .shakenHands: ""
      case .midHead: "GET / HTTP/1.1\r\nHost: loc"
      case .headOfBody: "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"
      case .midBody: "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n01234"
      case .midChunk: "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n01234"
      case .handlerAtWork: "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
      case .handlerAtWorkOnPost: "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody"
      case .pipelined: String(repeating: "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 3)
      case .bigAnswer: "GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n"
      case .bigStream: "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"
      case .betweenRequests: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
      case .refused: "GET / HTTP/1.1\r\n\r\n"
      }
    }

    /// The answers that are owed to a client that goes on reading.
    var owed: [Owed] {
      switch self {
      case .shakenHands, .midHead, .headOfBody, .midBody, .midChunk: []
      case .handlerAtWork, .handlerAtWorkOnPost: [Owed(status: 200, count: 4)]
      case .pipelined: [Owed](repeating: Owed(status: 200, count: 4), count: 3)
      case .bigAnswer, .bigStream: [Owed(status: 200, count: HalfCloseTests.big.count)]
      case .betweenRequests: [Owed(status: 200, count: 6)]
      case .refused: [Owed(status: 400, count: nil)]
      }
    }

    /// How many requests come to wait in a handler before the client leaves.
    var atWork: Int {
      switch self {
      case .handlerAtWork, .handlerAtWorkOnPost, .pipelined: 1
      default: 0
      }
    }
  }

  struct Owed: Equatable {
    let status: Int
    /// Bytes of the body; nil for any.
    let count: Int?
  }

  static let big = [UInt8](repeating: 122, count: 4 << 20)
  private static let narrow: TLSClient.Options = {
    var options = TLSClient.Options()
    options.receiveBuffer = 4096
    options.deadline = .seconds(5)
    return options
  }()

  static func router(_ gate: Gate) -> Router {
    var router = Router.standard
    router.addLoopClock()
    for method in [HTTPMethod.get, .post] {
      router.on(method, "/slow") { _ in
        await gate.pass()
        return .text("done")
      }
    }
    router.on(.get, "/big") { _ in Response(body: .bytes(big)) }
    router.on(.get, "/stream") { _ in
      Response(
        body: .stream(length: big.count) { writer in
          for start in stride(from: 0, to: big.count, by: 1 << 15) {
            try await writer.write(Array(big[start..<start + 1 << 15]))
          }
        })
    }
    return router
  }

  @Test(arguments: State.allCases, Leaving.allCases)
  func `a client may leave at any time`(_ state: State, _ leaving: Leaving) async throws {
    let gate = Gate()
    try await TestServer.run(loops: 1, router: Self.router(gate)) { server in
      let clock = try await server.loopClock()
      let client = try await server.client(Self.narrow) { Unchecked($0) }
      var accepted = AcceptedSockets()
      await accepted.remember(peerOf: client.value.descriptor, port: server.port)
      try await onThread { try client.value.send(state.request) }
      #expect(await eventually { gate.arrived == state.atWork })
      await onThread {
        // The socket is full, and so stays until somebody reads.
        if state.owed.contains(Owed(status: 200, count: Self.big.count)) {
          _ = Readiness.wait(client.value.descriptor, for: .readable, atMost: .seconds(5))
        }
        leaving.leave(client.value)
      }
      #expect(await clock.used(during: .milliseconds(150)) < .milliseconds(20), "while the client has left")
      gate.open()
      if leaving.keepsReading {
        let (answers, rest) = await onThread { () -> ([Answer], (bytes: [UInt8], ending: TLSClient.Ending)) in
          var answers: [Answer] = []
          while answers.count < state.owed.count, let answer = client.value.answer() { answers.append(answer) }
          return (answers, client.value.receiveAll())
        }
        #expect(answers.map(\.status) == state.owed.map(\.status))
        for (answer, owed) in zip(answers, state.owed) where owed.count != nil {
          #expect(answer.body.count == owed.count)
        }
        #expect(rest.bytes.isEmpty)
        #expect(rest.ending != .silence)
      }
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      #expect(accepted.count == 1)
      #expect(await eventually { accepted.openCount == 0 })
      #expect(await clock.used(during: .milliseconds(150)) < .milliseconds(20), "when all is over")
    }
  }

  @Test func `answers that are queued are not lost to half a request behind them`() async throws {
    // The socket takes some fifty of these answers and the queue ninety more: the last request begins behind unsent answers.
    try await TestServer.run(loops: 1, configure: { $0.sendBuffer = 16 << 10 }) { server in
      for count in [80, 100, 120, 140] {
        let rest = try await server.client(Self.narrow) { client in
          let absent = "GET /absent HTTP/1.1\r\nHost: localhost\r\n\r\n"
          try client.send(String(repeating: absent, count: count) + State.midBody.request)
          client.finishSending()
          _ = Readiness.wait(client.descriptor, for: .hungUp, atMost: .milliseconds(150))
          return client.receiveAll()
        }
        // Each answer is one JSON object, and no field has a brace.
        #expect(rest.bytes.count { $0 == UInt8(ascii: "}") } == count)
        #expect(rest.ending != .silence)
      }
    }
  }

  @Test(arguments: Leaving.allCases)
  func `an endless answer ends when its reader leaves`(_ leaving: Leaving) async throws {
    let left = Gate()
    var router = Router.standard
    router.addLoopClock()
    router.on(.get, "/events") { _ in
      Response(
        body: .stream { writer in
          defer { left.open() }
          while true { try await writer.write([UInt8](repeating: 101, count: 300)) }
        })
    }
    try await TestServer.run(loops: 1, router: router) { server in
      let clock = try await server.loopClock()
      let client = try await server.client(Self.narrow) { Unchecked($0) }
      var accepted = AcceptedSockets()
      await accepted.remember(peerOf: client.value.descriptor, port: server.port)
      try await onThread {
        try client.value.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        _ = client.value.receive()
        leaving.leave(client.value)
      }
      await left.pass()
      #expect(await eventually { (try? await server.server.connectionCount("test")) == 0 })
      #expect(await eventually { accepted.openCount == 0 })
      #expect(await clock.used(during: .milliseconds(300)) < .milliseconds(20))
    }
  }

  @Test(arguments: ["/big", "/stream"])
  func `who stops reading costs no work, and gets everything when he goes on`(_ path: String) async throws {
    try await TestServer.run(loops: 1, router: Self.router(Gate())) { server in
      let clock = try await server.loopClock()
      let client = try await server.client(Self.narrow) { client in
        try client.send("GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        _ = Readiness.wait(client.descriptor, for: .readable, atMost: .seconds(5))
        return Unchecked(client)
      }
      // Long enough for the socket to fill up first.
      _ = await clock.used(during: .milliseconds(200))
      #expect(await clock.used(during: .milliseconds(500)) < .milliseconds(20))
      let count = await onThread { client.value.answer()?.body.count }
      #expect(count == Self.big.count)
    }
  }
}
