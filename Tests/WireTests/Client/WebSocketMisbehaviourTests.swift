import HTTP
import TestSupport
import Testing
import Wire

/// Servers that do not keep to RFC 6455.
@Suite struct WebSocketMisbehaviourTests {
  /// A server that shakes hands as it should and then does as the script says.
  private static func upgraded(
    _ script: @escaping @Sendable (TLSServer.Connection) throws -> Void
  ) -> @Sendable (TLSServer.Connection) throws -> Void {
    { connection in
      try connection.shakeHands()
      let head = try connection.receiveHead()
      try connection.send(answer(to: head))
      try script(connection)
    }
  }

  private static func answer(to head: String, extra: String = "", accept: String? = nil) -> String {
    let name = "sec-websocket-key: "
    let key = head.split(separator: "\r\n").first { $0.hasPrefix(name) }?.dropFirst(name.count) ?? ""
    var handshake = WebSocketHandshake()
    handshake.key = String(key)
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Accept: \(accept ?? handshake.accept)\r\n\(extra)\r\n"
  }

  private static func frame(_ frame: WebSocketFrame) -> [UInt8] {
    var frame = frame
    frame.mask = nil
    return frame.bytes
  }

  private static func open(
    _ calls: Calls, _ port: Int, options: WebSocketOptions = WebSocketOptions()
  ) async throws -> WebSocket {
    try await calls.client.openWebSocket(try Calls.webSocketURL(port), options)
  }

  @Test(arguments: [
    ("Sec-WebSocket-Extensions: permessage-deflate\r\n", nil, "extensions"),
    ("Sec-WebSocket-Protocol: other\r\n", nil, "subprotocol"),
    ("", "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Accept"),
  ])
  func `an answer to another handshake is refused`(extra: String, accept: String?, named: String) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      let head = try connection.receiveHead()
      try connection.send(Self.answer(to: head, extra: extra, accept: accept))
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let error = await #expect(throws: ClientError.self) { try await Self.open(calls, server.port) }
        guard case .notAWebSocket(let text) = error?.reason else {
          Issue.record("\(String(describing: error))"); return
        }
        #expect(text.contains(named))
      }
    }
  }

  /// What a server may not send, and the code that it is closed with.
  static let faults: [(String, [UInt8], UInt16)] = [
    ("a masked frame", WebSocketFrame.text("masked").bytes, 1002),
    ("reserved bits", frame(WebSocketFrame(.text, [0x61], reservedBits: 4)), 1002),
    ("an unknown opcode", frame(WebSocketFrame(WebSocketOpcode(rawValue: 3), [0x61])), 1002),
    ("a fragmented ping", frame(WebSocketFrame(.ping, [0x61], isFinal: false)), 1002),
    ("half a close code", frame(WebSocketFrame(.close, [3])), 1002),
    ("text that is not UTF-8", frame(WebSocketFrame(.text, [0xc3, 0x28])), 1007),
    ("a message above the limit", frame(WebSocketFrame(.binary, [UInt8](repeating: 1, count: 2000))), 1009),
  ]

  @Test(arguments: faults)
  func `a fault is closed with its code`(name: String, bytes: [UInt8], code: UInt16) async throws {
    let closed = Kept<[UInt8]>([])
    let script = Self.upgraded { connection in
      try connection.send(bytes)
      while let received = connection.receive() { closed.set(closed.value + received) }
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        var options = WebSocketOptions()
        options.messageLimit = 1000
        options.closeWithin = .milliseconds(200)
        let socket = try await Self.open(calls, server.port, options: options)
        #expect(try await socket.receive() == nil)
        let end = await socket.untilEnded()
        #expect(end.cause == .ourselves)
        #expect(end.code?.rawValue == code)
        #expect(await server.finish())
        let frame = closed.value
        guard frame.count > 7 else { Issue.record("No close frame came: \(frame)."); return }
        #expect(frame[0] == 0x88 && frame[1] & 0x80 != 0, "A client's close frame is masked.")
        #expect(UInt16(frame[6] ^ frame[2]) << 8 | UInt16(frame[7] ^ frame[3]) == code)
      }
    }
  }

  @Test func `what comes with the answer is not lost, and pings are answered`() async throws {
    let ponged = Signal()
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      let head = try connection.receiveHead()
      let early = Self.frame(.text("early")) + Self.frame(WebSocketFrame(.ping, [1, 2, 3]))
      try connection.send(Array(Self.answer(to: head).utf8) + early)
      // Two bytes, four of the mask, three of payload.
      guard let pong = connection.receive(), pong.count == 9, pong[0] == 0x8a, pong[1] == 0x83 else { return }
      let payload: [UInt8] = (0..<3).map { index in pong[6 + index] ^ pong[2 + index] }
      if payload == [1, 2, 3] { ponged.send() }
      try connection.send(Self.frame(.close(1001, "later")))
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let socket = try await Self.open(calls, server.port)
        #expect(try await socket.receive() == .text("early"))
        #expect(await ponged.wait())
        #expect(try await socket.receive() == nil)
        #expect(await socket.untilEnded() == WebSocketEnd(cause: .peer, code: .goingAway, reason: "later"))
      }
    }
  }

  @Test func `a server that gives no sign of life is given up`() async throws {
    let script = Self.upgraded { connection in _ = connection.receiveRawEnd() }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        var options = WebSocketOptions()
        options.pingAfter = .milliseconds(50)
        options.pongWithin = .milliseconds(100)
        let socket = try await Self.open(calls, server.port, options: options)
        let error = await #expect(throws: WireError.self) { try await socket.receive() }
        #expect(error?.description.contains("no sign of life") == true)
        #expect(await socket.untilEnded().cause == .brokenOff)
      }
    }
  }

  @Test func `a connection that ends without a closing handshake is an error`() async throws {
    let script = Self.upgraded { connection in
      try connection.send(Array(Self.frame(.text("a frame that is cut off")).prefix(7)))
      connection.sendCloseNotify()
    }
    // A reset may overtake what was sent before it: this one waits until the handshake has arrived.
    let reset = Self.upgraded { connection in
      _ = connection.receive()
      connection.reset()
    }
    try await TLSServer.run(scripts: [script, reset]) { server in
      try await Calls.run { calls in
        for _ in 0..<2 {
          let socket = try await Self.open(calls, server.port)
          try? await socket.send(.text("here"))
          await #expect(throws: WireError.self) { try await socket.receive() }
          #expect(await socket.untilEnded().cause == .brokenOff)
        }
      }
    }
  }

  @Test func `a server that does not read holds the sender up, and cancelling frees it`() async throws {
    let script = Self.upgraded { connection in _ = connection.waitForReset() }
    try await TLSServer.run({ $0.receiveBuffer = 4096 }, scripts: [script]) { server in
      try await Calls.run { calls in
        let socket = try await Self.open(calls, server.port)
        let sent = Kept(0)
        let sender = Task {
          while true {
            try await socket.send(.binary([UInt8](repeating: 7, count: 32_768)))
            sent.set(sent.value + 1)
          }
        }
        // It has come to rest when a second passes without another message.
        var last = -1
        while last != sent.value {
          last = sent.value
          try await Task.sleep(for: .seconds(1))
        }
        #expect(last < 1000, "32 MB are more than any buffer holds.")
        sender.cancel()
        await #expect(throws: CancellationError.self) { try await sender.value }
      }
    }
  }
}
