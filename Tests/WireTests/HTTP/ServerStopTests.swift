import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// A server that goes away: politely at first.
@Suite struct ServerStopTests {
  @Test func `an answer under way is finished and is the last`() async throws {
    let begun = Signal()
    let release = Signal()
    let router = Router.only(.get, "/") { _ in
      begun.send()
      _ = await release.wait()
      return .text("finished")
    }
    try await TestServer.run(router: router) { server in
      async let seen = server.client { client in
        let answer = try client.get("/")
        return (answer, client.receiveAll())
      }
      #expect(await begun.wait())
      async let stopped: Void = server.server.stop(grace: .seconds(10))
      #expect(await refusesConnections(server.port))
      release.send()
      let (answer, rest) = try await seen
      await stopped
      #expect(answer?.text == "finished")
      #expect(answer?.fields["connection"] == "close")
      #expect(rest.bytes.isEmpty)
      #expect(rest.ending == .goodbye)
    }
  }

  @Test func `a stream under way is finished`() async throws {
    let begun = Signal()
    let release = Signal()
    let router = Router.only(.get, "/") { _ in
      Response(
        body: .stream { writer in
          try await writer.write(Array("first ".utf8))
          begun.send()
          _ = await release.wait()
          try await writer.write(Array("last".utf8))
        })
    }
    try await TestServer.run(router: router) { server in
      async let seen = server.client { client in (try client.get("/"), client.receiveAll().ending) }
      #expect(await begun.wait())
      async let stopped: Void = server.server.stop(grace: .seconds(10))
      #expect(await refusesConnections(server.port))
      release.send()
      let (answer, ending) = try await seen
      await stopped
      #expect(answer?.text == "first last")
      #expect(ending == .goodbye)
    }
  }

  @Test func `idle connections are told goodbye at once`() async throws {
    try await TestServer.run { server async throws in
      let idle = Signal()
      async let fresh = server.client { client in
        idle.send()
        return client.receiveAll()
      }
      async let used = server.client { client in
        _ = try client.get("/")
        idle.send()
        return client.receiveAll()
      }
      #expect(await idle.wait())
      // Both are there before the stop: one after its handshake, one after its answer.
      #expect(await eventually { server.counter(#"signalbox_http_requests_total{status="2xx"}"#) == 1 })
      #expect(await eventually { server.counter("signalbox_connections_open") == 2 })
      let begin = ContinuousClock.now
      await server.server.stop(grace: .seconds(30))
      #expect(.now - begin < .seconds(10))
      #expect(try await used.ending == .goodbye)
      #expect(try await fresh.bytes.isEmpty)
    }
  }

  @Test func `requests sent ahead of a stop are not begun`() async throws {
    let begun = Signal()
    let release = Signal()
    let served = Atomic<Int>(0)
    let router = Router.only(.get, "/") { _ in
      served.add(1, ordering: .relaxed)
      begun.send()
      _ = await release.wait()
      return .text("one")
    }
    try await TestServer.run(router: router) { server in
      async let seen = server.client { client in
        try client.send(String(repeating: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 3))
        return (client.answer()?.text, client.receiveAll())
      }
      #expect(await begun.wait())
      async let stopped: Void = server.server.stop(grace: .seconds(10))
      #expect(await refusesConnections(server.port))
      release.send()
      let (first, rest) = try await seen
      await stopped
      #expect(first == "one")
      #expect(rest.bytes.isEmpty)
    }
    #expect(served.load(ordering: .relaxed) == 1)
  }

  @Test func `a handler that hangs is cut when the grace is over`() async throws {
    let begun = Signal()
    let cancelled = Signal()
    let release = Signal()
    let returned = Signal()
    let router = Router.only(.get, "/") { _ in
      begun.send()
      // It does not care about being cancelled.
      await withTaskCancellationHandler {
        _ = await release.wait(seconds: 30)
      } onCancel: {
        cancelled.send()
      }
      returned.send()
      return .text("nobody reads this")
    }
    try await TestServer.run(router: router) { server in
      async let seen = server.client { client in
        try client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        return client.receiveAll()
      }
      #expect(await begun.wait())
      let begin = ContinuousClock.now
      await server.server.stop(grace: .milliseconds(200))
      let took = ContinuousClock.now - begin
      #expect(took >= .milliseconds(200))
      #expect(took < .seconds(10))
      let (bytes, ending) = try await seen
      #expect(bytes.isEmpty)
      #expect(ending == .reset || ending == .truncated)
      #expect(await cancelled.wait())
    }
    // The server is gone, and with it the loop's thread; the handler's task still comes to its end.
    release.send()
    #expect(await returned.wait())
  }

  @Test func `stopping twice is stopping once`() async throws {
    try await TestServer.run { server async throws in
      await server.server.stop(grace: .seconds(1))
      await server.server.stop(grace: .seconds(1))
      await #expect(throws: WireError.self) { try await server.server.connectionCount("test") }
      await #expect(throws: WireError.self) { try await server.server.start([]) }
    }
  }

  /// Waits until the listeners of all loops are closed, which is when a stop has reached every connection. A reset in the
  /// handshake only tells that one of them is.
  private func refusesConnections(_ port: Int) async -> Bool {
    await eventually {
      await onThread {
        do {
          _ = try TLSClient(port: port)
          return false
        } catch {
          return "\(error)".hasPrefix("connect:")
        }
      }
    }
  }
}
