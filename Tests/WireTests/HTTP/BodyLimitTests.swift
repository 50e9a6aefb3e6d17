import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// The limit of a route, and bodies that nobody wants.
@Suite struct BodyLimitTests {
  /// A handler that takes ten bytes, and tells whether it got as far as having them.
  private static func limited(_ collected: Signal? = nil) -> Router {
    var router = Router()
    router.on(.post, "/", options: .init(bodyLimit: 10)) { request in
      let body = try await request.body.collect()
      collected?.send()
      return .text("\(body.count)")
    }
    return router
  }

  @Test(arguments: [
    "Content-Length: 10\r\n\r\n0123456789",
    "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n",
  ])
  func `a body at the limit is taken`(rest: String) async throws {
    try await TestServer.run(router: Self.limited()) { server in
      let answer = try await server.client { try $0.ask("POST / HTTP/1.1\r\nHost: localhost\r\n\(rest)") }
      #expect(answer?.text == "10")
    }
  }

  @Test(arguments: [
    "Content-Length: 11\r\n\r\n0123456789a",
    // Said to be too long, so refused before any of it has come.
    "Content-Length: 11\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\nb\r\n0123456789a\r\n0\r\n\r\n",
    "Transfer-Encoding: chunked\r\n\r\n5\r\n01234\r\n6\r\n56789a\r\n0\r\n\r\n",
    // The size of the chunk is enough to know.
    "Transfer-Encoding: chunked\r\n\r\nffffff\r\n",
  ])
  func `a longer body is refused with 413 and the connection ends`(rest: String) async throws {
    let collected = Signal()
    try await TestServer.run(router: Self.limited(collected)) { server in
      let (answer, ending) = try await server.client { client in
        (try client.ask("POST / HTTP/1.1\r\nHost: localhost\r\n\(rest)"), client.receiveAll())
      }
      #expect(answer?.status == 413)
      #expect(answer?.fields["content-type"] == "application/problem+json")
      #expect(answer?.fields["connection"] == "close")
      #expect(answer?.text.contains("10 bytes") == true)
      #expect(ending.bytes.isEmpty)
      #expect(ending.ending == .goodbye)
      #expect(server.log.lines.count { $0.contains(#""status":413"#) } == 1)
    }
    #expect(await !collected.wait(seconds: 0))
  }

  /// The answer comes while the client is still sending, and must not be lost to a reset.
  @Test func `a body that is not read ends the connection after its answer`() async throws {
    let router = Router.only(.post, "/", options: .init(bodyLimit: 1 << 22)) { _ in .text("not interested") }
    try await TestServer.run(router: router) { server in
      let (answer, ending) = try await server.client { client in
        try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n")
        let piece = [UInt8](repeating: 120, count: 20_000)
        for _ in 0..<100 { try client.send(piece) }
        return (client.answer(), client.receiveAll().ending)
      }
      #expect(answer?.text == "not interested")
      #expect(answer?.fields["connection"] == "close")
      #expect(ending == .goodbye)
    }
  }

  /// Once the small body has come with its head, the next request is where it should be.
  @Test func `a small body that is not read is stepped over or ends the connection`() async throws {
    var router = Router.only(.post, "/") { _ in .text("posted") }
    router.on(.get, "/") { _ in .text("next") }
    try await TestServer.run(router: router) { server in
      let (first, second) = try await server.client { client in
        let smuggled = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
        let first = try client.ask(
          "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(smuggled.utf8.count)\r\n\r\n\(smuggled)")
        return (first, try client.get("/"))
      }
      #expect(first?.text == "posted")
      #expect(second?.text == "next")
      #expect(server.log.lines.allSatisfy { !$0.contains("/smuggled") })
    }
  }

  /// What the client can send without anybody reading is bounded: by our 64 KiB and by the buffers of the kernel.
  @Test func `a handler that does not read makes the client wait`() async throws {
    let release = Signal()
    let router = Router.only(.post, "/", options: .init(bodyLimit: 1 << 28)) { request in
      _ = await release.wait(seconds: 30)
      return .text("released")
    }
    try await TestServer.run(router: router, configure: { $0.requestLimits.maxBody = 1 << 28 }) { server in
      var options = TLSClient.Options()
      options.deadline = .milliseconds(500)
      let sent = try await server.client(options) { client in
        try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000000\r\n\r\n")
        let piece = [UInt8](repeating: 120, count: 1 << 16)
        var sent = 0
        while sent < 100_000_000, (try? client.send(piece)) != nil { sent += piece.count }
        return sent
      }
      #expect(sent < 16 << 20)
      release.send()
    }
  }

  @Test func `a slow reader gets all of a body and never much at a time`() async throws {
    let total = 3 << 20
    let most = Atomic<Int>(0)
    let router = Router.only(.post, "/", options: .init(bodyLimit: 1 << 23)) { request in
      var count = 0
      try await request.body.forEachPiece { piece in
        most.max(piece.count, ordering: .relaxed)
        count += piece.count
        // Leaves the loop each time, so that the client runs ahead as far as it may.
        _ = await onThread { true }
      }
      return .text("\(count)")
    }
    try await TestServer.run(router: router) { server in
      let answer = try await server.client { client in
        try client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(total)\r\n\r\n")
        let piece = [UInt8](repeating: 120, count: 1 << 16)
        for _ in 0..<(total >> 16) { try client.send(piece) }
        return client.answer()
      }
      #expect(answer?.text == "\(total)")
    }
    #expect(most.load(ordering: .relaxed) <= 1 << 16)
  }
}
