import HTTP
import TestSupport
import Testing
import Wire

/// Clients that do not take their answers: each is reset at its deadline and nobody else notices. A slow one that keeps the
/// minimum rate gets everything.
@Suite struct SlowReaderTests {
  private static let big = [UInt8](repeating: 120, count: 8 << 20)

  enum Answer: String, CaseIterable {
    case bytes
    case stream
    case endless
  }

  private static func router(left: Gate = Gate()) -> Router {
    var router = Router.standard
    router.on(.get, "/bytes") { _ in Response(body: .bytes(big)) }
    router.on(.get, "/stream") { _ in
      Response(
        body: .stream(length: big.count) { writer in
          for start in stride(from: 0, to: big.count, by: 1 << 15) {
            try await writer.write(Array(big[start..<start + 1 << 15]))
          }
        })
    }
    router.on(.get, "/endless") { _ in
      Response(
        body: .stream { writer in
          defer { left.open() }
          while true { try await writer.write(Array(big[..<4096])) }
        })
    }
    return router
  }

  private static let narrow: TLSClient.Options = {
    var options = TLSClient.Options()
    options.receiveBuffer = 4096
    return options
  }()

  @Test(arguments: Answer.allCases)
  func `who stops reading is reset`(_ answer: Answer) async throws {
    let left = Gate()
    let configure: (inout ListenerConfiguration) -> Void = {
      $0.deadlines.minimumRate.window = SlowClientTests.deadline
    }
    try await SlowClientTests.evicting(configure, router: Self.router(left: left)) { server in
      let isReset = try await server.client(Self.narrow) { client in
        try client.send("GET /\(answer.rawValue) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return client.isReset(within: SlowClientTests.patience)
      }
      #expect(isReset)
      // The writer has been told: what makes the answer does not go on for nobody.
      if answer == .endless { await left.pass() }
    }
  }

  @Test(arguments: Answer.allCases)
  func `who reads below the minimum rate is reset`(_ answer: Answer) async throws {
    let configure: (inout ListenerConfiguration) -> Void = {
      $0.deadlines.minimumRate.window = SlowClientTests.deadline
      $0.deadlines.minimumRate.bytesPerSecond = 10 << 20
    }
    try await SlowClientTests.evicting(configure, router: Self.router()) { server in
      let rest = try await server.client(Self.narrow) { client in
        try client.send("GET /\(answer.rawValue) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return client.sip(2000, every: .milliseconds(20))
      }
      #expect(rest.ending == .reset)
    }
  }

  @Test func `an answer has an end however steadily it is read`() async throws {
    try await SlowClientTests.evicting({ $0.deadlines.answer = SlowClientTests.deadline }, router: Self.router()) {
      server in
      let rest = try await server.client(Self.narrow) { client in
        try client.send("GET /bytes HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return client.sip(4000, every: .milliseconds(5))
      }
      #expect(rest.ending == .reset)
      #expect(rest.bytes.count < Self.big.count)
    }
  }

  @Test(arguments: [Answer.bytes, .stream])
  func `who reads slowly but above the minimum rate gets everything`(_ answer: Answer) async throws {
    let body = [UInt8](repeating: 121, count: 300_000)
    var router = Router()
    router.on(.get, "/bytes") { _ in Response(body: .bytes(body)) }
    router.on(.get, "/stream") { _ in Response(body: .stream(length: body.count) { try await $0.write(body) }) }
    try await TestServer.run(
      router: router,
      configure: {
        $0.deadlines.minimumRate.window = SlowClientTests.deadline
        $0.deadlines.minimumRate.bytesPerSecond = 10_000
      },
      { server in
        let rest = try await server.client(Self.narrow) { client in
          try client.send("GET /\(answer.rawValue) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          return client.sip(4000, every: .milliseconds(25))
        }
        #expect(rest.ending == .goodbye)
        // Compared here: a failed expectation would look for the differences of two long arrays.
        let isWhole = rest.bytes.suffix(body.count) == body[...]
        #expect(isWhole)
        #expect(server.counter("signalbox_evictions_total") == 0)
      })
  }
}
