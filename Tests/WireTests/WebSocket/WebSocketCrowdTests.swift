import HTTP
import TestSupport
import Testing
import Wire

/// Many at once, on one WebSocket and on many.
@Suite struct WebSocketCrowdTests {
  @Test func `a hundred clients echo at once, and each gets its own`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server async throws in
      let wrong = try await withThrowingTaskGroup(of: Int.self) { group in
        for client in 0..<100 {
          group.addTask {
            try await server.peer { peer in
              var random = SeededRandom(seed: UInt64(client))
              var wrong = 0
              for _ in 0..<50 {
                let message = random.bytes(Int.random(in: 0...9000, using: &random))
                try peer.send(WebSocketFrame(.binary, message))
                if try peer.receiveMessage() != .binary(message) { wrong += 1 }
              }
              if try peer.close().ending != .goodbye { wrong += 1 }
              return wrong
            }
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(wrong == 0)
      #expect(await eventually { server.webSocketLines.count == 100 })
      #expect(!server.webSocketLines.contains { $0.contains("outcome") })
    }
  }

  @Test func `messages sent at once do not mix with one that is sent in fragments`() async throws {
    let router = Router.webSocket { socket in
      try await withThrowingTaskGroup { group in
        for sender in 0..<4 {
          group.addTask {
            for number in 0..<50 {
              if sender == 0 {
                try await socket.sendFragments(of: .text) { writer in
                  for part in 0..<10 {
                    try await writer.write(Array("\(part)".utf8))
                    await Task.yield()
                  }
                }
              } else {
                try await socket.send(.text("\(sender):\(number)"))
                await Task.yield()
              }
            }
          }
        }
        try await group.waitForAll()
      }
    }
    try await TestServer.run(router: router) { server async throws in
      // The peer insists that fragments are of one message.
      let messages = try await server.peer { peer in
        let messages = try (0..<200).map { _ in try peer.receiveMessage() }
        _ = try peer.awaitClose()
        return messages
      }
      #expect(messages.count { $0 == .text("0123456789") } == 50)
      for sender in 1...3 {
        let own = messages.filter { if case .text(let text) = $0 { text.hasPrefix("\(sender):") } else { false } }
        #expect(own == (0..<50).map { .text("\(sender):\($0)") })
      }
    }
  }

  @Test func `a message may be sent byte by byte`() async throws {
    let text = "Gr\u{fc}\u{df}e, \u{1f6a6}!"
    let router = Router.webSocket { socket in
      try await socket.sendFragments(of: .text) { writer in
        for byte in text.utf8 { try await writer.write([byte]) }
      }
      try await socket.sendFragments(of: .binary) { _ in }
    }
    try await TestServer.run(router: router) { server async throws in
      let (frames, messages) = try await server.peer { peer in
        let frames = try (0..<text.utf8.count).map { _ in try peer.receiveFrame() }
        return (frames, [try peer.receiveFrame(), try peer.receiveFrame()])
      }
      #expect(frames.map(\.payload) == text.utf8.map { [$0] })
      #expect(frames.map(\.opcode) == [.text] + [WebSocketOpcode](repeating: .continuation, count: frames.count - 1))
      #expect(frames.allSatisfy { !$0.isFinal })
      #expect(messages[0] == WebSocketFrame(.continuation, [], mask: nil))
      #expect(messages[1] == WebSocketFrame(.binary, [], mask: nil))
    }
  }

  @Test func `what is offered while a message is sent in fragments follows the last one`() async throws {
    let router = Router.webSocket { socket in
      try await socket.sendFragments(of: .text) { writer in
        try await writer.write(Array("one ".utf8))
        #expect(socket.offer(EncodedMessage(text: Array("offered".utf8))))
        #expect(socket.offer(EncodedMessage(text: Array("as well".utf8))))
        try await writer.write(Array("message".utf8))
      }
      try await socket.send(.text("sent"))
    }
    try await TestServer.run(router: router) { server async throws in
      let messages = try await server.peer { peer in try (0..<4).map { _ in try peer.receiveMessage() } }
      #expect(messages == [.text("one message"), .text("offered"), .text("as well"), .text("sent")])
    }
  }

  @Test func `what is offered is bounded behind fragments, too`() async throws {
    let router = Router.webSocket { socket in
      let event = EncodedMessage(text: [UInt8](repeating: 101, count: 10_000))
      try await socket.sendFragments(of: .text) { writer in
        try await writer.write([65])
        var offered = 0
        while offered < 100, socket.offer(event) { offered += 1 }
        #expect((1..<100).contains(offered))
      }
    }
    try await TestServer.run(router: router) { server async throws in
      let close = try await server.peer { try $0.awaitClose().close }
      #expect(close.code == 4008)
      #expect(await eventually { server.counter("signalbox_evictions_total") == 1 })
      #expect(await server.webSocketLine().contains(#""outcome":"slow-reader""#))
    }
  }

  @Test func `a message of any size may be offered to one that has taken all`() async throws {
    let text = String(repeating: "large", count: 100_000)
    let router = Router.webSocket { socket in
      #expect(socket.offer(EncodedMessage(text: Array(text.utf8))))
      _ = try await socket.receive()
    }
    try await TestServer.run(router: router) { server async throws in
      let message = try await server.peer { peer in
        let message = try peer.receiveMessage()
        _ = try peer.close()
        return message
      }
      #expect(message == .text(text))
    }
  }

  @Test func `a message that breaks off closes the WebSocket with 1011`() async throws {
    struct Broken: Error {}
    let router = Router.webSocket { socket in
      try await socket.sendFragments(of: .text) { writer in
        try await writer.write([65])
        throw Broken()
      }
    }
    try await TestServer.run(router: router) { server async throws in
      let close = try await server.peer { try $0.awaitClose().close }
      #expect(close == ReceivedClose(code: 1011, reason: "A message broke off."))
    }
  }
}
