import Glibc
import HTTP
import TestSupport
import Testing
import Wire

/// Bodies both ways, and who holds whom up.
@Suite struct CallBodyTests {
  @Test(arguments: [0, 1, 16_384, 65_536])
  func `a body of bytes arrives whole`(_ count: Int) async throws {
    let sent = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    try await TestServer.run { server in
      try await Calls.run { calls in
        let request = ClientRequest(.post, try Calls.url(server.port, "/echo"), body: .bytes(sent))
        let answer = try await calls.client.send(request).body.collect(limit: 1 << 20)
        // Compared here: a failed expectation would look for the differences of two long arrays.
        let isWhole = answer == sent
        #expect(isWhole, "\(answer.count) of \(sent.count)")
      }
    }
  }

  @Test(arguments: [nil, 30_000])
  func `a streamed body arrives whole, with a length or without`(_ length: Int?) async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        let body = ClientRequestBody.stream(length: length) { writer in
          for _ in 0..<300 { try await writer.write([UInt8](repeating: 7, count: 100)) }
        }
        let request = ClientRequest(.post, try Calls.url(server.port, "/echo"), body: body)
        let answer = try await calls.client.send(request).body.collect(limit: 1 << 20)
        #expect(answer == [UInt8](repeating: 7, count: 30_000))
      }
    }
  }

  @Test(arguments: [99, 101])
  func `a streamed body that breaks its promise cuts the connection`(_ count: Int) async throws {
    let heard = Kept("")
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      heard.set(try connection.receive(upTo: "7777"))
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let body = ClientRequestBody.stream(length: 100) { writer in
          try await writer.write([UInt8](repeating: 55, count: 50))
          try await writer.write([UInt8](repeating: 55, count: count - 50))
        }
        let request = ClientRequest(.post, try Calls.url(server.port), body: body)
        let error = await #expect(throws: ClientError.self) { try await calls.client.send(request) }
        #expect(error?.reason == .wrongLength(promised: 100))
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `what the maker of a body throws is what the call throws, and the server sees a cut`() async throws {
    struct Broken: Error {}
    let ending = Kept<[UInt8]?>([])
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receive(upTo: "begin")
      ending.set(connection.receive())
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let body = ClientRequestBody.stream { writer in
          try await writer.write(Array("begin".utf8))
          throw Broken()
        }
        let request = ClientRequest(.post, try Calls.url(server.port), body: body)
        await #expect(throws: Broken.self) { try await calls.client.send(request) }
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
    #expect(ending.value == nil)
  }

  @Test func `a server that does not read holds the writer up, until it reads`() async throws {
    let mayRead = Signal()
    let total = 64 << 20
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      _ = mayRead.block()
      var missing = total
      missing -= try connection.receive(upTo: "\r\n\r\n").split(separator: "\r\n\r\n").dropFirst().joined().utf8.count
      while missing > 0, let more = connection.receive() { missing -= more.count }
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    }
    // The kernel's own buffer: with a small one on loopback, TCP itself crawls from one window probe to the next.
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let written = Kept(0)
        let body = ClientRequestBody.stream(length: total) { writer in
          for _ in 0..<(total >> 14) {
            try await writer.write([UInt8](repeating: 7, count: 1 << 14))
            written.set(written.value + 1 << 14)
          }
        }
        let request = ClientRequest(.post, try Calls.url(server.port), body: body)
        async let answer = calls.client.send(request)
        // It comes to rest far from the end: kernel buffers, and ours.
        let isAtRest = await Self.comesToRest { written.value }
        #expect(isAtRest && written.value < total / 2, "\(written.value)")
        mayRead.send()
        let text = try await answer.body.collect(limit: 10)
        #expect(text == Array("ok".utf8))
        // The answer may be here before the writer has noticed that its last bytes are out.
        let hasWrittenAll = await eventually { written.value == total }
        #expect(hasWrittenAll)
      }
    }
  }

  @Test func `a caller that does not read holds the server up, and then gets everything`() async throws {
    let written = Kept(0)
    let total = 32 << 20
    let router = Router.only(.get, "/big") { _ in
      Response(
        body: .stream(length: total) { writer in
          for _ in 0..<(total >> 14) {
            try await writer.write([UInt8](repeating: 7, count: 1 << 14))
            written.set(written.value + 1 << 14)
          }
        })
    }
    // The caller is at rest for a while, which the server must not take for a reader that has stopped.
    try await TestServer.run(router: router, configure: { $0.deadlines.minimumRate.window = .seconds(60) }) { server in
      try await Calls.run { calls in
        let body = try await calls.get(server.port, "/big").body
        let isAtRest = await Self.comesToRest { written.value }
        #expect(isAtRest && written.value < total / 2, "\(written.value)")
        var got = 0
        while let piece = try await body.next() {
          #expect(piece.count <= 65_536)
          got += piece.count
        }
        #expect(got == total)
      }
    }
  }

  /// True when a number that has begun to grow does not change for a while.
  private static func comesToRest(_ number: () -> Int) async -> Bool {
    var last = 0
    var since = ContinuousClock.now
    return await eventually {
      let now = number()
      if now == 0 || now != last {
        last = now
        since = .now
      }
      return ContinuousClock.now - since > .milliseconds(500)
    }
  }

  @Test func `an answer that comes before the body is sent is taken, and the writer is told`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 4\r\n\r\nmuch")
      _ = connection.waitForReset()
    }
    try await TLSServer.run({ $0.receiveBuffer = 4096 }, scripts: [script]) { server in
      try await Calls.run { calls in
        let told = Kept<(any Error)?>(nil)
        let body = ClientRequestBody.stream { writer in
          do {
            while true { try await writer.write([UInt8](repeating: 7, count: 1 << 14)) }
          } catch {
            told.set(error)
            throw error
          }
        }
        let request = ClientRequest(.post, try Calls.url(server.port), body: body)
        let response = try await calls.client.send(request)
        #expect(response.status == .contentTooLarge)
        let text = try await response.body.collect(limit: 100)
        #expect(text == Array("much".utf8))
        let wasTold = await eventually { told.value != nil }
        #expect(wasTold)
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test(arguments: [HTTPMethod.head, .get])
  func `an answer without a body ends at once`(_ method: HTTPMethod) async throws {
    let answer = method == .head ? "200 OK\r\nContent-Length: 100" : "304 Not Modified\r\nContent-Length: 100"
    try await TLSServer.run(scripts: [TLSServer.answering("HTTP/1.1 \(answer)\r\n\r\n")]) { server in
      try await Calls.run { calls in
        let response = try await calls.client.send(ClientRequest(method, try Calls.url(server.port)))
        let body = try await response.body.collect(limit: 1)
        #expect(body.isEmpty)
      }
    }
  }
}
