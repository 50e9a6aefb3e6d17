import HTTP
import TestSupport
import Testing
import Wire

/// Answers that are not whole: each is told from a proper end, and by what went wrong.
@Suite struct BrokenAnswerCallTests {
  /// How a server ends its side.
  enum End: CaseIterable {
    case goodbye
    case fin
    case reset

    func end(_ connection: TLSServer.Connection) {
      switch self {
      case .goodbye: connection.sendCloseNotify()
      case .fin: connection.finishSending()
      case .reset: connection.reset()
      }
    }
  }

  /// Beginnings of answers that lack their end, and where that is.
  static let beginnings = [
    ("", "before it answered"),
    ("HTTP/1.1 200 OK\r\nContent-Le", "in the middle of its answer's head"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "in the middle of its answer's body"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf", "in the middle of its answer's body"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "in the middle of its answer's body"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\n", "in the middle of its answer's body"),
    ("HTTP/1.1 103 Early Hints\r\n\r\n", "in the middle of its answer's head"),
  ]

  @Test(arguments: End.allCases, beginnings)
  func `an answer without its end is broken off`(_ end: End, _ beginning: (String, String)) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      if !beginning.0.isEmpty { try connection.send(beginning.0) }
      end.end(connection)
      if end != .reset { _ = connection.receiveEnd() }
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let error = try await calls.failure(server.port)
        guard case .brokenOff(let text)? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        // A reset may overtake what came before it.
        #expect(text.hasSuffix(beginning.1) || end == .reset, "\(text)")
      }
    }
  }

  @Test func `what came before the end is given out first`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
      connection.finishSending()
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let body = try await calls.get(server.port).body
        let first = try await body.next()
        #expect(first == Array("half".utf8))
        await #expect(throws: ClientError.self) { try await body.next() }
        await #expect(throws: ClientError.self) { try await body.next() }
      }
    }
  }

  @Test func `a body that lasts as long as its connection ends with TLS's goodbye alone`() async throws {
    let answer = "HTTP/1.1 200 OK\r\n\r\nall of it"
    try await TLSServer.run(scripts: [TLSServer.answering(answer)]) { server in
      try await Calls.run { calls in
        let text = try await calls.text(server.port)
        #expect(text == "all of it")
      }
    }
    let truncating: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(answer)
      connection.finishSending()
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [truncating]) { server in
      try await Calls.run { calls in
        let error = try await calls.failure(server.port)
        #expect(error?.reason == .brokenOff("the server closed it in the middle of its answer's body"))
      }
    }
  }

  @Test(arguments: [
    "garbage\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
  ])
  func `garbage is no answer`(_ garbage: String) async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send(garbage)
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let error = try await calls.failure(server.port)
        guard case .malformed? = error?.reason else {
          Issue.record("\(error as Any)")
          return
        }
        // The connection is closed: the server is not left waiting.
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `interim answers are passed over`() async throws {
    let interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    let answer = interim + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
    try await TLSServer.run(scripts: [TLSServer.answering(answer)]) { server in
      try await Calls.run { calls in
        let text = try await calls.text(server.port)
        #expect(text == "ok")
      }
    }
  }

  @Test func `an answer longer than the caller takes closes the connection`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789")
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let response = try await calls.get(server.port)
        let error = await #expect(throws: ClientError.self) { try await response.body.collect(limit: 9) }
        #expect(error?.reason == .bodyTooLarge(limit: 9))
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }
}
