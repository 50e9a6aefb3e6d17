import HTTP
import Synchronization
import TestSupport
import Testing
import Wire

/// Closing handshakes that the server begins.
@Suite struct WebSocketServerCloseTests {
  private struct Broken: Error {}

  /// No end comes from a deadline, unless a test is about that.
  private static let patient = WebSocketOptions.with { $0.closeWithin = .seconds(100) }

  @Test func `a handler that returns has its WebSocket closed with 1000`() async throws {
    try await TestServer.run(router: .webSocket(Self.patient) { _ in }) { server in
      let seen = try await server.peer { try $0.awaitClose() }
      #expect(seen.close == ReceivedClose(code: 1000))
      #expect(seen.ending == .goodbye)
      let line = await server.webSocketLine()
      #expect(line.contains(#""status":101"#) && !line.contains("outcome"))
    }
  }

  @Test func `a handler closes with a code and a reason of its own and is told how it ended`() async throws {
    let ends = Mutex<[WebSocketEnd]>([])
    let closed = Signal()
    let router = Router.webSocket(Self.patient) { socket in
      let end = await socket.close(WebSocketCloseCode(rawValue: 4001), reason: "x")
      // A second close changes nothing.
      let again = await socket.close(.goingAway, reason: "y")
      ends.withLock { $0 = [end, again] }
      closed.send()
    }
    try await TestServer.run(router: router) { server in
      let seen = try await server.peer { try $0.awaitClose() }
      #expect(seen.close == ReceivedClose(code: 4001, reason: "x"))
      #expect(seen.ending == .goodbye)
      #expect(await closed.wait())
      let seenByHandler = ends.withLock { $0 }.map { "\($0.cause) \($0.code?.rawValue ?? 0) \($0.reason)" }
      #expect(seenByHandler == ["ourselves 4001 x", "ourselves 4001 x"])
    }
  }

  @Test func `a handler that throws has its WebSocket closed with 1011, and the log says why`() async throws {
    try await TestServer.run(router: .webSocket(Self.patient) { _ in throw Broken() }) { server in
      let seen = try await server.peer { try $0.awaitClose() }
      #expect(seen.close.code == 1011)
      // What went wrong in here is nobody's business out there.
      #expect(!seen.close.reason.contains("Broken"))
      #expect(seen.ending == .goodbye)
      #expect(server.log.lines.count { $0.contains("handler failed") && $0.contains("Broken") } == 1)
    }
  }

  @Test func `a handler that fails because the client has closed is no failure`() async throws {
    let router = Router.webSocket(Self.patient) { socket in
      _ = try await socket.receive()
      try await socket.send(.text("nobody hears this"))
    }
    try await TestServer.run(router: router) { server in
      let ending = try await server.peer { try $0.close().ending }
      #expect(ending == .goodbye)
      _ = await server.webSocketLine()
      #expect(!server.log.lines.contains { $0.contains("handler failed") })
    }
  }

  @Test func `after our close nothing can be sent and nothing is received`() async throws {
    let witness = Witness()
    let router = Router.webSocket(Self.patient) { socket in
      // The client answers with messages first: they come too late.
      await socket.close()
      await witness.watch(socket)
    }
    try await TestServer.run(router: router) { server in
      let ending = try await server.peer { peer in
        let close = try peer.receiveClose()
        #expect(close == ReceivedClose(code: 1000))
        try peer.send(.text("too late"), .text("in parts", isFinal: false), WebSocketFrame(.ping), .close(1000))
        return try peer.receiveAll().ending
      }
      #expect(ending == .goodbye)
      #expect(await witness.testimony() == .read([], .ourselves, 1000))
    }
  }

  @Test func `what is queued before our close is delivered first`() async throws {
    let count = 1000
    let body = [UInt8](repeating: 9, count: 10_000)
    let router = Router.webSocket(Self.patient) { socket in
      for _ in 0..<count { try await socket.send(.binary(body)) }
    }
    try await TestServer.run(router: router) { server in
      let frames = try await server.peer { peer in
        // A client that is slower than the handler: most of it is still to come when the handler has returned.
        _ = Readiness.wait(peer.client.descriptor, for: [], atMost: .milliseconds(100))
        var frames: [WebSocketFrame] = []
        repeat { frames.append(try peer.receiveFrame()) } while frames.last?.opcode != .close
        try peer.send(.close(1000))
        _ = try peer.receiveAll()
        return frames
      }
      #expect(frames.count == count + 1)
      let areWhole = frames.dropLast().allSatisfy { $0.payload == body }
      #expect(areWhole)
      #expect(await server.webSocketLine().contains("outcome") == false)
    }
  }

  @Test func `both may close at once`() async throws {
    let witness = Witness()
    let gate = Gate()
    let router = Router.webSocket(Self.patient) { socket in
      await gate.pass()
      await socket.close(WebSocketCloseCode(rawValue: 4001), reason: "ours")
      await witness.conclude(socket)
    }
    try await TestServer.run(router: router) { server in
      for _ in 0..<20 {
        let ending = try await server.peer { peer -> TLSClient.Ending in
          gate.open()
          // Neither has seen the other's yet, or one has: all the same.
          try peer.send(.close(4002, "theirs"))
          let close = try peer.receiveClose()
          #expect(close.code == 4001 || close.code == 4002)
          return try peer.receiveAll().ending
        }
        #expect(ending == .goodbye)
      }
      #expect(await eventually { server.webSocketLines.count == 20 })
      #expect(!server.webSocketLines.contains { $0.contains("outcome") })
    }
  }

  @Test func `a client that does not answer our close is left when its time is over`() async throws {
    let witness = Witness()
    let options = WebSocketOptions.with { $0.closeWithin = .milliseconds(200) }
    let router = Router.webSocket(options) { socket in
      await socket.close(.policyViolation, reason: "out")
      await witness.conclude(socket)
    }
    try await TestServer.run(router: router) { server in
      let (frames, ending) = try await server.peer { peer in
        let all = try peer.receiveAll()
        return (all.frames, all.ending)
      }
      #expect(frames.map(\.opcode) == [.close])
      #expect(ending == .goodbye)
      #expect(await witness.testimony() == .read([], .ourselves, 1008, "out"))
      let line = await server.webSocketLine()
      #expect(line.contains(#""outcome":"close-unanswered""#), "\(line)")
    }
  }

  @Test func `one that talks on instead of answering is left, too`() async throws {
    let options = WebSocketOptions.with { $0.closeWithin = .milliseconds(200) }
    try await TestServer.run(router: .webSocket(options) { _ in }) { server in
      let isOver = try await server.peer { peer in
        let end = ContinuousClock.now + promptly
        while ContinuousClock.now < end {
          let sent: Void? = try? peer.send(.text("blah"), WebSocketFrame(.ping))
          guard sent != nil else { return true }
        }
        return false
      }
      #expect(isOver)
      let line = await server.webSocketLine()
      #expect(line.contains(#""outcome":"close-unanswered""#), "\(line)")
    }
  }

  @Test func `a close frame that is cut off in the client's answer is waited for`() async throws {
    try await TestServer.run(router: .webSocket(Self.patient) { _ in }) { server in
      let ending = try await server.peer { peer in
        _ = try peer.receiveClose()
        try peer.send(WebSocketFrame.close(1000).bytes, inRecordsOf: 1)
        return try peer.receiveAll().ending
      }
      #expect(ending == .goodbye)
      #expect(await server.webSocketLine().contains("outcome") == false)
    }
  }
}
