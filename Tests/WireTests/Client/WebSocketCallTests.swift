import HTTP
import TestSupport
import Testing
import Wire

/// WebSockets that are opened from here, to our own server.
@Suite struct WebSocketCallTests {
  /// Echoes; `bye` closes with 4000, `fail` throws.
  private static let router: Router = {
    var router = Router()
    router.on(.get, "/echo") { request in
      var options = WebSocketOptions()
      options.subprotocols = ["second", "first"]
      options.messageLimit = 16 << 20
      return try .webSocket(for: request, options) { socket in
        while let message = try await socket.receive() {
          if message == .text("bye") {
            await socket.close(WebSocketCloseCode(rawValue: 4000), reason: "as you wish")
          } else {
            try await socket.send(message)
          }
        }
      }
    }
    router.on(.get, "/silent") { request in
      try .webSocket(for: request) { socket in while try await socket.receive() != nil {} }
    }
    router.on(.get, "/forbidden") { _ in throw Refusal(.forbidden, "Not for you.") }
    return router
  }()

  private static func open(
    _ calls: Calls, _ port: Int, _ path: String = "/echo", options: WebSocketOptions = large
  ) async throws -> WebSocket {
    try await calls.client.openWebSocket(try Calls.webSocketURL(port, path), options)
  }

  private static let large: WebSocketOptions = {
    var options = WebSocketOptions()
    options.messageLimit = 16 << 20
    return options
  }()

  private static func run(_ body: (Calls, Int) async throws -> Void) async throws {
    try await TestServer.run(router: router) { server in
      try await Calls.run { calls in try await body(calls, server.port) }
    }
  }

  @Test func `text, binary, nothing and 16 MiB come back as they went`() async throws {
    try await Self.run { calls, port in
      let socket = try await Self.open(calls, port)
      let large = (0..<(16 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
      let messages: [WebSocketMessage] = [
        .text("hello"), .text(""), .binary([]), .text(String(repeating: "ü", count: 40_000)), .binary(large),
      ]
      for message in messages {
        // Both at once: neither side could hold the large one.
        async let sent: Void = socket.send(message)
        // Compared here: a failed expectation would look for the differences of two long arrays.
        let isSame = try await socket.receive() == message
        #expect(isSame)
        try await sent
      }
      let end = await socket.close(.normal, reason: "done")
      #expect(end == WebSocketEnd(cause: .ourselves, code: .normal, reason: "done"))
      #expect(try await socket.receive() == nil)
    }
  }

  @Test func `a message in fragments arrives whole`() async throws {
    try await Self.run { calls, port in
      let socket = try await Self.open(calls, port)
      try await socket.sendFragments(of: .text) { writer in
        for byte in "in single bytes: ü".utf8 { try await writer.write([byte]) }
      }
      #expect(try await socket.receive() == .text("in single bytes: ü"))
      await socket.close()
    }
  }

  @Test func `the server's choice of subprotocol is known, and its refusal told`() async throws {
    try await Self.run { calls, port in
      var options = WebSocketOptions()
      options.subprotocols = ["first", "second"]
      let socket = try await Self.open(calls, port, options: options)
      #expect(socket.subprotocol == "second")
      await socket.close()
      options.subprotocols = ["third"]
      let error = await #expect(throws: ClientError.self) { try await Self.open(calls, port, options: options) }
      guard case .notAWebSocket(let text) = error?.reason else { Issue.record("\(String(describing: error))"); return }
      #expect(text.hasPrefix("status 400"))
    }
  }

  @Test func `an ordinary refusal is told with its status and text`() async throws {
    try await Self.run { calls, port in
      let error = await #expect(throws: ClientError.self) { try await Self.open(calls, port, "/forbidden") }
      #expect(error?.description.contains("status 403") == true)
      #expect(error?.description.contains("Not for you.") == true)
    }
  }

  @Test func `the server's goodbye is read with its code and reason`() async throws {
    try await Self.run { calls, port in
      let socket = try await Self.open(calls, port)
      try await socket.send(.text("bye"))
      #expect(try await socket.receive() == nil)
      let expected = WebSocketEnd(cause: .peer, code: WebSocketCloseCode(rawValue: 4000), reason: "as you wish")
      #expect(await socket.untilEnded() == expected)
      await #expect(throws: WireError.self) { try await socket.send(.text("too late")) }
    }
  }

  @Test func `whoever is cancelled while it waits for a message returns`() async throws {
    try await Self.run { calls, port in
      let socket = try await Self.open(calls, port, "/silent")
      let reader = Task { try await socket.receive() }
      // Anything it could have received it would have by then.
      try await socket.send(.text("hello"))
      reader.cancel()
      await #expect(throws: CancellationError.self) { try await reader.value }
      await socket.close()
    }
  }

  @Test func `nothing is left when all are closed`() async throws {
    try await TestServer.run(router: Self.router) { server in
      try await Calls.run { calls in
        for _ in 0..<20 {
          let socket = try await Self.open(calls, server.port)
          try await socket.send(.text("one"))
          #expect(try await socket.receive() == .text("one"))
          await socket.close()
        }
        #expect(await eventually { await calls.client.connectionCount == 0 })
        #expect(try await eventually { try await server.server.connectionCount("test") == 0 })
      }
    }
  }

  @Test func `the loop's end ends them all`() async throws {
    try await TestServer.run(router: Self.router) { server in
      let reader = try await Calls.run { calls in
        let socket = try await Self.open(calls, server.port, "/silent")
        return Task { try await socket.receive() }
      }
      await #expect(throws: WireError.self) { try await reader.value }
    }
  }

  @Test func `100 at once do not mix`() async throws {
    try await Self.run { calls, port in
      try await withThrowingTaskGroup { group in
        for number in 0..<100 {
          group.addTask {
            let socket = try await Self.open(calls, port)
            for round in 0..<20 {
              let message = WebSocketMessage.text("\(number) \(round) " + String(repeating: "x", count: round * 40))
              try await socket.send(message)
              #expect(try await socket.receive() == message)
            }
            await socket.close()
          }
        }
        try await group.waitForAll()
      }
    }
  }
}
