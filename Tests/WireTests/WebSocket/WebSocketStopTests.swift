import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// A server that goes away while WebSockets are open.
@Suite struct WebSocketStopTests {
  @Test func `open WebSockets are told 1001, and the stop waits for no more than their goodbyes`() async throws {
    let open = Atomic(0)
    let witnesses = (0..<5).map { _ in Witness() }
    let router = Router.webSocket { socket in
      let number = open.add(1, ordering: .relaxed).oldValue
      await witnesses[number].watch(socket)
    }
    try await TestServer.run(router: router) { server async throws in
      async let closes = withThrowingTaskGroup(of: ReceivedClose.self) { group in
        for _ in witnesses { group.addTask { try await server.peer { try $0.awaitClose().close } } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(await eventually { open.load(ordering: .relaxed) == witnesses.count })
      let begin = ContinuousClock.now
      await server.server.stop(grace: .seconds(60))
      #expect(.now - begin < .seconds(30))
      #expect(try await closes.allSatisfy { $0 == ReceivedClose(code: 1001, reason: "The server is going away.") })
      for witness in witnesses {
        #expect(await witness.testimony() == .read([], .ourselves, 1001, "The server is going away."))
      }
      #expect(server.webSocketLines.count == witnesses.count)
    }
  }

  @Test func `a client that does not care is cut when the grace is over`() async throws {
    let witness = Witness()
    let options = WebSocketOptions.with { $0.closeWithin = .seconds(100) }
    let isOpen = Signal()
    let router = Router.webSocket(options) { socket in
      isOpen.send()
      await witness.watch(socket)
    }
    try await TestServer.run(router: router) { server async throws in
      async let seen = server.peer { peer in
        let all = try peer.receiveAll()
        return (all.frames.map(\.opcode), all.ending)
      }
      #expect(await isOpen.wait())
      let begin = ContinuousClock.now
      await server.server.stop(grace: .milliseconds(200))
      #expect(.now - begin < .seconds(30))
      let (frames, ending) = try await seen
      #expect(frames == [.close])
      #expect(ending == .reset)
      #expect(await witness.testimony() == .read([], .ourselves, 1001, "The server is going away."))
    }
  }

  @Test func `a handshake that a stop overtakes gets no WebSocket that nobody would close`() async throws {
    let gate = Gate()
    var router = Router.standard
    router.on(.get, "/ws") { request in
      await gate.pass()
      return try Response.webSocket(for: request) { _ = try await $0.receive() }
    }
    try await TestServer.run(router: router) { server async throws in
      async let seen = server.client { client in
        try client.send(WebSocketHandshake().text)
        return client.receiveAll().ending
      }
      #expect(await eventually { gate.arrived == 1 })
      async let stopped: Void = server.server.stop(grace: .seconds(60))
      // The listeners are closed before the connections are told.
      #expect(await eventually { await onThread { (try? TLSClient(port: server.port)) == nil } })
      gate.open()
      let begin = ContinuousClock.now
      await stopped
      #expect(.now - begin < .seconds(30))
      #expect(try await seen == .goodbye)
    }
  }
}
