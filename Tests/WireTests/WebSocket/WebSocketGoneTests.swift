import HTTP
import TestSupport
import Testing
import Wire

/// Clients that leave without a closing handshake, in every state of a WebSocket: the handler is told, the log says so once, and
/// no descriptor stays, of the connection or of its pair.
@Suite struct WebSocketGoneTests {
  enum State: CaseIterable {
    case idle
    case midHeader
    case midFrame
    case midMessage
    case afterPing
    case behindOurClose

    var bytes: [UInt8] {
      switch self {
      case .idle, .behindOurClose: []
      case .midHeader: [0x82]
      case .midFrame: Array(WebSocketFrame(.binary, [UInt8](repeating: 1, count: 10_000)).bytes.prefix(5000))
      case .midMessage: WebSocketFrame.text("half", isFinal: false).bytes
      case .afterPing: WebSocketFrame(.ping).bytes
      }
    }
  }

  @Test(arguments: State.allCases, Leaving.allCases)
  func `whoever serves a client that leaves is told`(state: State, leaving: Leaving) async throws {
    let witness = Witness()
    // No end comes from a deadline.
    let options = WebSocketOptions.with { $0.closeWithin = .seconds(100) }
    let router = Router.webSocket(options) { socket in
      if state == .behindOurClose { _ = await socket.close() }
      await witness.watch(socket)
    }
    try await TestServer.run(
      router: router, configure: { $0.deadlines.linger = .milliseconds(200) },
      { server async throws in
        try await server.peer { peer in
          if state == .behindOurClose { _ = try peer.receiveClose() }
          try peer.send(state.bytes)
          if state == .afterPing { _ = try peer.receiveFrame() }
          leaving.leave(peer.client)
          // One that still reads sees the end: it is not left to wait.
          if leaving.keepsReading { _ = peer.client.receiveAll() }
        }
        let account = await witness.testimony()
        #expect(account?.messages == [])
        if state == .behindOurClose {
          #expect(account == .read([], .ourselves, 1000))
        } else {
          #expect(account == .brokenOff())
        }
        let line = await server.webSocketLine()
        #expect(line.contains(#""status":101"#) && line.contains(#""outcome":"client-gone""#), "\(line)")
        #expect(await eventually { server.counter("signalbox_connections_open") == 0 })
        #expect(server.webSocketLines.count == 1)
        #expect(!server.log.lines.contains { $0.contains(#""level":"error""#) })
      })
  }

  @Test(arguments: Leaving.allCases)
  func `one that leaves while nobody reads it and it reads nothing is noticed`(leaving: Leaving) async throws {
    let ended = Signal()
    let router = Router.webSocket { socket in
      defer { ended.send() }
      while true { try await socket.send(.binary([UInt8](repeating: 1, count: 8000))) }
    }
    try await TestServer.run(
      router: router,
      configure: { $0.deadlines.minimumRate.window = .seconds(6) },
      { server async throws in
        try await server.peer(WebSocketHandshake(), .narrow) { peer in
          let frame = WebSocketFrame(.binary, [UInt8](repeating: 1, count: 8000)).bytes
          _ = try peer.client.flood(atMost: 100_000) { _ in frame }
          leaving.leave(peer.client)
          if leaving.keepsReading { _ = peer.client.isReset(within: promptly) }
        }
        #expect(await ended.wait())
        let line = await server.webSocketLine()
        #expect(line.contains(#""status":101"#))
        #expect(line.contains(#""outcome":"client-gone""#) || line.contains(#""outcome":"slow-reader""#), "\(line)")
      })
  }

  @Test func `no descriptor stays of clients that come and go in every way`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server async throws in
      for leaving in Leaving.allCases {
        let before = ProcessFacts.unixPairs()
        let during = try await server.peer { peer in
          try peer.send("here")
          _ = try peer.receiveMessage()
          let during = ProcessFacts.unixPairs()
          leaving.leave(peer.client)
          if leaving.keepsReading { _ = peer.client.receiveAll() }
          return during
        }
        // Other tests have pairs, too: these are the ones that came meanwhile, and all of them have to go.
        let added = during.subtracting(before)
        #expect(added.count >= 2)
        #expect(await eventually { added.isDisjoint(with: ProcessFacts.unixPairs()) })
      }
    }
  }

  @Test func `a storm of handshakes that are dropped leaves nothing behind`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server async throws in
      _ = try await server.peer { try $0.close() }
      let port = server.port
      try await withThrowingTaskGroup { group in
        for part in 0..<4 {
          group.addTask {
            try await onThread {
              for number in 0..<50 {
                let client = try TLSClient(port: port)
                try client.send(WebSocketHandshake().text)
                if number % 2 == 0 { _ = client.receive() }
                (part + number) % 3 == 0 ? client.disconnect() : client.resetConnection()
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(await eventually { server.counter("signalbox_connections_open") == 0 })
      #expect(try await server.server.connectionCount("test") == 0)
      let message = try await server.peer { peer in
        try peer.send("still there")
        return try peer.receiveMessage()
      }
      #expect(message == .text("still there"))
    }
  }
}
