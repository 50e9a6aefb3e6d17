import HTTP
import TestSupport
import Testing
import Wire

/// Calls that are given up: at once, whatever stage they are at, and nothing is left behind.
@Suite struct CallCancellationTests {
  /// How far a call has come when it is cancelled.
  enum Stage: CaseIterable {
    case inHandshake
    case beforeAnswer
    case inBody
    case inRequest

    /// Comes to this stage, says so, and waits for the client's end.
    func serve(_ connection: TLSServer.Connection, reached: Signal) throws {
      if self != .inHandshake {
        try connection.shakeHands()
        try connection.receiveHead()
      }
      if self == .inBody { try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe") }
      reached.send()
      if self == .inRequest { _ = connection.waitForReset() } else { _ = connection.receiveRawEnd() }
    }

    var body: ClientRequestBody {
      guard self == .inRequest else { return .none }
      return .stream { writer in
        while true { try await writer.write([UInt8](repeating: 1, count: 1 << 14)) }
      }
    }
  }

  @Test(arguments: Stage.allCases)
  func `a cancelled call throws at once and closes its connection`(_ stage: Stage) async throws {
    let reached = Signal()
    try await TLSServer.run(
      { $0.receiveBuffer = stage == .inRequest ? 4096 : nil }, scripts: [{ try stage.serve($0, reached: reached) }]
    ) { server in
      try await Calls.run { calls in
        let request = ClientRequest(.post, try Calls.url(server.port), body: stage.body)
        let call = Task {
          try await calls.client.send(request).body.collect(limit: 100)
        }
        let hasReached = await reached.wait()
        #expect(hasReached)
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        // The server sees the end, and the client has nothing left.
        let isOver = await server.finish()
        #expect(isOver)
        let count = await calls.client.connectionCount
        #expect(count == 0)
      }
    }
  }

  @Test func `a call of a task that is cancelled already does not begin`() async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        let call = Task {
          unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
          return try await calls.text(server.port)
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(server.counter("signalbox_connections_total") == 0)
      }
    }
  }

  @Test func `an answer that is let go of closes its connection`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe")
      _ = connection.receiveEnd()
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run { calls in
        let status = try await calls.get(server.port).status
        #expect(status == .ok)
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test func `an answer that is here is not cancelled by the end of the task that asked`() async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        let call = Task { try await calls.get(server.port) }
        let response = try await call.value
        call.cancel()
        let text = try await response.body.collect(limit: 100)
        #expect(text == Array("hello\n".utf8))
      }
    }
  }

  @Test func `nothing is left of a thousand calls that are cancelled at any moment`() async throws {
    try await TestServer.run { server in
      try await Calls.run { calls in
        var random = SeededRandom(seed: 7)
        for _ in 0..<50 {
          let pauses = (0..<20).map { _ in Int.random(in: 0...12, using: &random) }
          await withTaskGroup { group in
            for pause in pauses {
              group.addTask {
                let call = Task { try await calls.text(server.port, "/numbers/2000") }
                try? await Task.sleep(for: .milliseconds(pause))
                call.cancel()
                _ = try? await call.value
              }
            }
          }
        }
        // Those that are kept are whole: one more call finds one.
        let text = try await calls.text(server.port)
        #expect(text == "hello\n")
        await calls.client.close()
        let isEmpty = await eventually { ProcessFacts.connections(to: server.port).isEmpty }
        #expect(isEmpty)
      }
    }
  }

  @Test(arguments: Stage.allCases)
  func `when the loop ends every call does`(_ stage: Stage) async throws {
    let reached = Signal()
    try await TLSServer.run(
      { $0.receiveBuffer = stage == .inRequest ? 4096 : nil }, scripts: [{ try stage.serve($0, reached: reached) }]
    ) { server in
      try await Calls.run { calls in
        let request = ClientRequest(.post, try Calls.url(server.port), body: stage.body)
        let call = Task { try await calls.client.send(request).body.collect(limit: 100) }
        let hasReached = await reached.wait()
        #expect(hasReached)
        await calls.loop.stop()
        let error = await #expect(throws: ClientError.self) { try await call.value }
        #expect(error?.reason == .closed("the loop has ended"))
        let isOver = await server.finish()
        #expect(isOver)
        // Nor does another begin.
        let late = try await calls.failure(server.port)
        #expect(late?.reason == .closed("the loop has ended"))
      }
    }
  }

  @Test func `a client that is closed ends its calls and takes no more`() async throws {
    let reached = Signal()
    try await TLSServer.run(scripts: [{ try Stage.inBody.serve($0, reached: reached) }]) { server in
      try await Calls.run { calls in
        let call = Task { try await calls.text(server.port) }
        _ = await reached.wait()
        await calls.client.close()
        let error = await #expect(throws: ClientError.self) { try await call.value }
        #expect(error?.reason == .closed("the client was closed"))
        let late = try await calls.failure(server.port)
        #expect(late?.reason == .closed("the client was closed"))
      }
    }
  }
}
