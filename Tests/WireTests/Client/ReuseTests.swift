import HTTP
import TestSupport
import Testing
import Wire

/// Which connections serve a second call.
@Suite struct ReuseTests {
  private static let answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

  /// Answers so many requests on one connection, then runs `end`.
  private static func serving(
    _ count: Int, served: Kept<Int> = Kept(0),
    then end: @escaping @Sendable (TLSServer.Connection) throws -> Void = { _ in }
  ) -> @Sendable (TLSServer.Connection) throws -> Void {
    { connection in
      try connection.shakeHands()
      for _ in 0..<count {
        try connection.receiveHead()
        try connection.send(answer)
        served.set(served.value + 1)
      }
      try end(connection)
    }
  }

  @Test func `calls one after the other share a connection`() async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        for _ in 0..<10 {
          let text = try await calls.text(server.port)
          #expect(text == "hello\n")
        }
        #expect(server.counter("signalbox_connections_total") == 1)
        let count = await calls.client.connectionCount
        #expect(count == 1)
      }
    }
  }

  @Test func `calls at the same time have a connection each, and all are answered`() async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        let texts = try await withThrowingTaskGroup { group in
          for number in 0..<100 { group.addTask { try await calls.text(server.port, "/numbers/\(number)") } }
          return try await group.reduce(into: []) { $0.append($1.split(separator: "\n").count) }
        }
        #expect(texts.sorted() == Array(0..<100))
        // What is not kept for the next call is closed.
        let isTidy = await eventually { await calls.client.connectionCount <= 8 }
        #expect(isTidy)
      }
    }
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokgarbage",
  ])
  func `a connection that cannot serve another is not kept`(_ text: String) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(text)
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script, script]) { server in
      try await Calls.run { calls in
        for _ in 0..<2 {
          let text = try await calls.text(server.port)
          #expect(text == "ok")
        }
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `a connection that the server ends between two calls is closed`() async throws {
    for goodbye in [true, false] {
      let script = Self.serving(1) { connection in
        if goodbye { connection.sendCloseNotify() } else { connection.finishSending() }
        _ = connection.receiveEnd()
      }
      try await TLSServer.run(scripts: [script]) { server in
        try await Calls.run { calls in
          let text = try await calls.text(server.port)
          #expect(text == "ok")
          let isClosed = await eventually { await calls.client.connectionCount == 0 }
          #expect(isClosed)
        }
      }
    }
  }

  @Test func `a connection on which bytes come that nobody had asked for is closed`() async throws {
    let isRead = Signal()
    let script = Self.serving(1) { connection in
      _ = isRead.block()
      try connection.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script, Self.serving(1)]) { server in
      try await Calls.run { calls in
        let first = try await calls.text(server.port)
        isRead.send()
        let isClosed = await eventually { await calls.client.connectionCount == 0 }
        #expect(isClosed)
        let second = try await calls.text(server.port)
        #expect([first, second] == ["ok", "ok"])
      }
    }
  }

  @Test func `a connection is kept for so long and no longer`() async throws {
    try await TLSServer.run(scripts: [Self.serving(1) { _ = $0.receiveEnd() }]) { server in
      try await Calls.run(configure: { $0.keepIdle = .milliseconds(200) }) { calls in
        let text = try await calls.text(server.port)
        #expect(text == "ok")
        let isOver = await server.finish()
        #expect(isOver)
        let count = await calls.client.connectionCount
        #expect(count == 0)
      }
    }
  }

  @Test func `a call that may be repeated is, once, when a kept connection turns out to be dead`() async throws {
    let served = Kept(0)
    let dying = Self.serving(1, served: served) { connection in
      // It takes the second request and goes without a word.
      try connection.receiveHead()
      connection.reset()
    }
    try await TLSServer.run(scripts: [dying, Self.serving(1, served: served)]) { server in
      try await Calls.run { calls in
        for _ in 0..<2 {
          let text = try await calls.text(server.port)
          #expect(text == "ok")
        }
      }
    }
    #expect(served.value == 2)
  }

  @Test func `a call that may not be repeated fails then`() async throws {
    let dying = Self.serving(1) { connection in
      try connection.receiveHead()
      connection.reset()
    }
    try await TLSServer.run(scripts: [dying, Self.serving(1)]) { server in
      try await Calls.run { calls in
        _ = try await calls.text(server.port)
        let request = ClientRequest(.post, try Calls.url(server.port), body: .bytes([1]))
        let error = await #expect(throws: ClientError.self) { try await calls.client.send(request) }
        #expect(error?.reason == .brokenOff("the server reset it before it answered"))
      }
    }
  }

  @Test func `new certificates are shown from the next connection on`() async throws {
    try await TestServer.run(clients: .optional(try Certificates.trust())) { server in
      try await Calls.run { calls in
        let before = try await calls.text(server.port, "/peer")
        try await calls.client.reload(try Calls.tls(identity: .good))
        let after = try await calls.text(server.port, "/peer")
        #expect(before == "nobody -")
        #expect(after.hasPrefix("spiffe://signalbox.local/agent/good "))
      }
    }
  }

  @Test func `a connection in use during a reload serves its call to the end, and no other`() async throws {
    try await TestServer.run(clients: .optional(try Certificates.trust())) { server in
      try await Calls.run { calls in
        // Until its body is read, the call has its connection.
        let response = try await calls.get(server.port, "/peer")
        try await calls.client.reload(try Calls.tls(identity: .good))
        let before = String(decoding: try await response.body.collect(limit: 1 << 20), as: UTF8.self)
        let after = try await calls.text(server.port, "/peer")
        #expect(before == "nobody -")
        #expect(after.hasPrefix("spiffe://signalbox.local/agent/good "))
      }
    }
  }
}
