import HTTP
import TestSupport
import Testing
import Wire

/// What a server says last, and what it goes away with.
@Suite struct WebSocketFarewellTests {
  /// Says the code and the reason once more, in a message; nothing at 1000.
  private static let options = WebSocketOptions.with {
    $0.drainingCode = WebSocketCloseCode(rawValue: 4009)
    $0.backlog = 8 << 10
    $0.farewell = { code, reason in
      code == .normal ? nil : EncodedMessage(text: Array("bye \(code.rawValue) \(reason)".utf8))
    }
  }

  /// All texts, and the close frame behind them.
  private static func readToEnd(_ peer: WebSocketPeer) throws -> (texts: [String], close: ReceivedClose) {
    var texts: [String] = []
    do {
      while true {
        if case .text(let text) = try peer.receiveMessage() { texts.append(text) }
      }
    } catch WebSocketPeer.Problem.closed(let close) {
      try peer.send(close.code.map { .close($0) } ?? WebSocketFrame(.close))
      return (texts, close)
    }
  }

  @Test func `a server that closes says why before it does, behind all it has said`() async throws {
    let router = Router.webSocket(Self.options) { socket in
      try await socket.send(.text("news"))
      _ = await socket.close(WebSocketCloseCode(rawValue: 4001), reason: "expired")
      // Said once, whoever closes again.
      _ = await socket.close(.goingAway, reason: "again")
    }
    try await TestServer.run(router: router) { server async throws in
      let seen = try await server.peer { try Self.readToEnd($0) }
      #expect(seen.texts == ["news", "bye 4001 expired"])
      #expect(seen.close == ReceivedClose(code: 4001, reason: "expired"))
    }
  }

  @Test func `where there is nothing to say, nothing is said`() async throws {
    try await TestServer.run(router: .webSocket(Self.options) { _ in }) { server async throws in
      let seen = try await server.peer { try Self.readToEnd($0) }
      #expect(seen.texts.isEmpty && seen.close.code == 1000)
    }
  }

  @Test func `a client that closes is told nothing more`() async throws {
    let router = Router.webSocket(Self.options) { socket in while try await socket.receive() != nil {} }
    try await TestServer.run(router: router) { server async throws in
      let frames = try await server.peer { peer in
        try peer.send(.close(4001, "mine"))
        return try peer.receiveAll().frames.map(\.opcode)
      }
      #expect(frames == [.close])
    }
  }

  @Test func `a client that broke the rules is told, too, and one that was too slow`() async throws {
    let router = Router.webSocket(
      .with {
        $0.farewell = Self.options.farewell
        $0.backlog = 8 << 10
        $0.messageLimit = 10
        $0.closeWithin = .seconds(100)
      }
    ) { socket in
      guard try await socket.receive() == .text("flood") else { return }
      while socket.offer(EncodedMessage(text: Array(String(repeating: "e", count: 4000).utf8))) {}
      _ = await socket.untilEnded()
    }
    try await TestServer.run(
      router: router, configure: { $0.sendBuffer = 16 << 10 },
      { server async throws in
        let long = try await server.peer { peer in
          try peer.send("more than ten bytes")
          return try Self.readToEnd(peer)
        }
        #expect(long.texts == ["bye 1009 A message is longer than 10 bytes."] && long.close.code == 1009)
        let slow = try await server.peer(WebSocketHandshake(), .narrow) { peer in
          try peer.send("flood")
          return try Self.readToEnd(peer)
        }
        #expect(slow.texts.last == "bye 4008 Too much is waiting to be read." && slow.close.code == 4008)
      })
  }

  @Test func `nothing is said inside a message that is not finished`() async throws {
    let router = Router.webSocket(Self.options) { socket in
      try await socket.sendFragments(of: .text) { writer in
        try await writer.write(Array("half of ".utf8))
        _ = await socket.close(WebSocketCloseCode(rawValue: 4001), reason: "expired")
      }
    }
    try await TestServer.run(router: router) { server async throws in
      let seen = try await server.peer { peer in
        let first = try peer.receiveFrame()
        let second = try peer.receiveFrame()
        try peer.send(.close(4001))
        return [first, second].map(\.opcode)
      }
      #expect(seen == [.text, .close])
    }
  }

  @Test func `a server that goes away closes with the code of the route, and says so`() async throws {
    let isOpen = Signal()
    let router = Router.webSocket(Self.options) { socket in
      isOpen.send()
      _ = try await socket.receive()
    }
    try await TestServer.run(router: router) { server async throws in
      async let seen = server.peer { try Self.readToEnd($0) }
      #expect(await isOpen.wait())
      await server.server.stop(grace: .seconds(60))
      let (texts, close) = try await seen
      #expect(texts == ["bye 4009 The server is going away."])
      #expect(close == ReceivedClose(code: 4009, reason: "The server is going away."))
    }
  }
}
