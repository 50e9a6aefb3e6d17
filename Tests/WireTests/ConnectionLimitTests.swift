import TestSupport
import Testing
import Wire

/// How many connections are let in, and when. One too many is reset at once, so that an honest client knows.
@Suite struct ConnectionLimitTests {
  @Test func `as many as allowed are served, the next is reset, and room that comes free is used`() async throws {
    try await TestServer.run(configure: { $0.limits.total = 3 }) { server in
      let first = try await server.held(3)
      await #expect(throws: TLSClient.Failure.self) { try await server.held(1) }
      #expect(server.counter("signalbox_connections_refused_total") == 1)
      #expect(try await server.server.connectionCount("test") == 3)
      // Those that are in stay in.
      for client in first { #expect(try await server.ask(client) == 200) }
      first[0].value.disconnect()
      #expect(await eventually { (try? await server.server.connectionCount("test")) ?? 3 < 3 })
      let next = try await server.held(1)
      #expect(try await server.ask(next[0]) == 200)
    }
  }

  @Test func `one address does not use up the room of the others`() async throws {
    try await TestServer.run(configure: { $0.limits.perAddress = 2 }) { server in
      let first = try await server.held(2)
      await #expect(throws: TLSClient.Failure.self) { try await server.held(1) }
      var elsewhere = TLSClient.Options()
      elsewhere.source = "127.0.0.2"
      let others = try await server.held(2, elsewhere)
      let box = Unchecked(elsewhere)
      await #expect(throws: TLSClient.Failure.self) { try await server.held(1, box.value) }
      for client in first + others { #expect(try await server.ask(client) == 200) }
      #expect(server.counter("signalbox_connections_refused_total") == 2)
    }
  }

  @Test func `a pause leaves connections waiting, not refused`() async throws {
    try await TestServer.run { server in
      let before = try await server.held(1)
      try await server.server.pauseAccepting("test")
      // A whole hello that nobody answers: the kernel has the connection, the server has not.
      let port = server.port
      let hello = try ClientHello.bytes()
      let early = try await onThread {
        let client = try TCPClient(port: port)
        try client.send(hello)
        return Unchecked(client)
      }.value
      let waiting = Unchecked(early)
      let heard = await onThread {
        Readiness.wait(waiting.value.descriptor, for: .readable, atMost: .milliseconds(200))
      }
      #expect(heard == [])
      #expect(server.counter("signalbox_connections_total") == 1)
      #expect(try await server.ask(before[0]) == 200)

      try await server.server.resumeAccepting("test")
      let hearsNow = await onThread {
        Readiness.wait(waiting.value.descriptor, for: .readable, atMost: .seconds(5))
      }
      #expect(hearsNow == .readable)
      #expect(await server.attempt("/").wasServed)
    }
  }
}

extension TestServer {
  /// Connections that were served once and stay open.
  fileprivate func held(_ count: Int, _ options: TLSClient.Options = TLSClient.Options()) async throws -> [Unchecked<
    TLSClient
  >] {
    var clients: [Unchecked<TLSClient>] = []
    for _ in 0..<count {
      let client = try await client(options) { client in
        guard try client.get("/")?.status == 200 else { throw TLSClient.Failure(description: "not served") }
        return Unchecked(client)
      }
      clients.append(client)
    }
    return clients
  }

  /// The status of another request on a held connection.
  fileprivate func ask(_ client: Unchecked<TLSClient>) async throws -> Int? {
    try await onThread { try client.value.get("/")?.status }
  }
}
