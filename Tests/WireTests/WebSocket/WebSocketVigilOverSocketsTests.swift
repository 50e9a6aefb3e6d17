import HTTP
import TestSupport
import Testing
import Wire

/// The server's own pings: who is silent is asked, and who is dead is cut. Nobody else is.
@Suite struct WebSocketVigilOverSocketsTests {
  private static func asking(pongWithin: Duration) -> WebSocketOptions {
    .with {
      $0.pingAfter = .milliseconds(50)
      $0.pongWithin = pongWithin
    }
  }

  @Test func `a silent client is asked, and cut when it does not answer`() async throws {
    let witness = Witness()
    let options = Self.asking(pongWithin: .milliseconds(200))
    try await TestServer.run(router: .webSocket(options) { await witness.watch($0) }) { server in
      let (frames, ending) = try await server.peer { peer in
        let all = try peer.receiveAll()
        return (all.frames, all.ending)
      }
      #expect(frames == [WebSocketFrame(.ping, [], mask: nil)])
      #expect(ending == .reset)
      #expect(await witness.testimony() == .brokenOff())
      let line = await server.webSocketLine()
      #expect(line.contains(#""status":101"#) && line.contains(#""outcome":"dead-peer""#))
      #expect(server.log.lines.contains { $0.contains("deadline passed") && $0.contains(#""stage":"pong""#) })
      #expect(server.counter("signalbox_evictions_total") == 1)
    }
  }

  /// Signs of life, in answer to each of three pings.
  private static let signs: [(name: String, frames: [WebSocketFrame])] = [
    ("its pong", [WebSocketFrame(.pong)]), ("another pong", [WebSocketFrame(.pong, [1, 2, 3])]),
    ("a text", [.text("here")]), ("a ping", [WebSocketFrame(.ping, [1])]),
    ("a part of a message", [WebSocketFrame(.continuation, [65], isFinal: false)]),
  ]

  @Test(arguments: signs.indices) func `a client that says anything at all lives`(index: Int) async throws {
    let sign = Self.signs[index]
    let options = Self.asking(pongWithin: .seconds(2))
    try await TestServer.run(router: .webSocket(options) { await Witness().watch($0) }) { server in
      let ending = try await server.peer { peer in
        var first = true
        for _ in 0..<3 {
          while try peer.receiveFrame().opcode != .ping {}
          for var frame in sign.frames {
            if first, frame.opcode == .continuation { frame.opcode = .text }
            first = false
            try peer.send(frame)
          }
        }
        return try peer.close().ending
      }
      #expect(ending == .goodbye, "\(sign.name)")
      #expect(server.counter("signalbox_evictions_total") == 0)
    }
  }

  @Test func `a client that reads slowly is not dead while its pings wait behind a backlog`() async throws {
    let message = [UInt8](repeating: 1, count: 400_000)
    let router = Router.webSocket(Self.asking(pongWithin: .seconds(2))) { socket in
      try await socket.send(.binary(message))
      _ = try await socket.receive()
    }
    try await TestServer.run(router: router) { server in
      let ending = try await server.peer(WebSocketHandshake(), .narrow) { peer in
        var count = 0
        // Takes three times as long as a pong may.
        while count < message.count {
          guard case .success(let bytes) = peer.client.receive(atMost: 4000) else { return TLSClient.Ending.silence }
          count += bytes.count
          _ = Readiness.wait(peer.client.descriptor, for: [], atMost: .milliseconds(60))
        }
        try peer.send(.close(1000))
        return peer.client.receiveAll().ending
      }
      #expect(ending == .goodbye)
      #expect(await server.webSocketLine().contains("outcome") == false)
    }
  }

  @Test func `a client whose messages nobody reads is not taken for dead`() async throws {
    let gate = Gate()
    let witness = Witness()
    let options = Self.asking(pongWithin: .milliseconds(100))
    let router = Router.webSocket(options) { socket in
      await gate.pass()
      await witness.watch(socket)
    }
    try await TestServer.run(router: router) { server in
      let stopped = Signal()
      async let sent = server.peer { peer in
        let frame = WebSocketFrame(.binary, [UInt8](repeating: 3, count: 8000)).bytes
        // Two seconds of silence at the end of it, which is not the client's.
        let sent = try peer.client.flood(atMost: 10_000) { _ in frame }
        stopped.send()
        try peer.send(.close(1000))
        _ = try peer.receiveAll()
        return sent
      }
      #expect(await stopped.wait())
      gate.open()
      let count = try await sent
      #expect(await witness.testimony()?.messages.count == count)
      #expect(server.counter("signalbox_evictions_total") == 0)
    }
  }
}
