import HTTP
import TestSupport
import Testing
import Wire

/// Every stage of a call has an end, and the error says which it was.
@Suite struct CallDeadlineTests {
  private static let short: Duration = .milliseconds(300)

  /// Where a server stops.
  enum Silence: CaseIterable {
    case inHandshake
    case beforeAnswer
    case inHead
    case inBody

    var stage: ClientStage {
      switch self {
      case .inHandshake: .connect
      case .beforeAnswer, .inHead: .answer
      case .inBody: .body
      }
    }

    func serve(_ connection: TLSServer.Connection) throws {
      if self == .inHandshake { return _ = connection.receiveRawEnd() }
      try connection.shakeHands()
      try connection.receiveHead()
      if self == .inHead { try connection.send("HTTP/1.1 200 OK\r\nContent-") }
      if self == .inBody { try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe") }
      _ = connection.receiveEnd()
    }

    var deadlines: ClientDeadlines {
      var deadlines = Calls.patient
      switch self {
      case .inHandshake: deadlines.connect = short
      case .beforeAnswer, .inHead: deadlines.answer = short
      case .inBody: deadlines.idle = short
      }
      return deadlines
    }
  }

  @Test(arguments: Silence.allCases)
  func `a server that falls silent is given up`(_ silence: Silence) async throws {
    try await TLSServer.run(scripts: [{ try silence.serve($0) }]) { server in
      try await Calls.run(configure: { $0.deadlines = silence.deadlines }) { calls in
        let error = try await calls.failure(server.port)
        #expect(error?.reason == .timedOut(silence.stage, after: Self.short))
        // The connection is closed, so the server's wait ends.
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }

  @Test(arguments: Silence.allCases)
  func `the deadline of the whole call holds at every stage`(_ silence: Silence) async throws {
    try await TLSServer.run(scripts: [{ try silence.serve($0) }]) { server in
      try await Calls.run(configure: { $0.deadlines.total = .seconds(2) }) { calls in
        let error = try await calls.failure(server.port)
        #expect(error?.reason == .timedOut(.total, after: .seconds(2)))
      }
    }
  }

  @Test func `bytes that keep coming keep the idle deadline away`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      try connection.receiveHead()
      try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n")
      // In all twice the deadline; each pause well below it.
      let nothing = Signal()
      for _ in 0..<12 {
        _ = nothing.block(seconds: 0, milliseconds: 250)
        try connection.send("x")
      }
    }
    try await TLSServer.run(scripts: [script]) { server in
      try await Calls.run(configure: { $0.deadlines.idle = .milliseconds(1500) }) { calls in
        let text = try await calls.text(server.port)
        #expect(text == String(repeating: "x", count: 12))
      }
    }
  }

  @Test func `a server that does not read a request is given up`() async throws {
    let script: @Sendable (TLSServer.Connection) throws -> Void = { connection in
      try connection.shakeHands()
      _ = connection.waitForReset()
    }
    try await TLSServer.run({ $0.receiveBuffer = 4096 }, scripts: [script]) { server in
      try await Calls.run(configure: { $0.deadlines.idle = Self.short }) { calls in
        let request = ClientRequest(
          .post, try Calls.url(server.port), body: .bytes([UInt8](repeating: 1, count: 32 << 20)))
        let error = await #expect(throws: ClientError.self) { try await calls.client.send(request) }
        #expect(error?.reason == .timedOut(.request, after: Self.short))
      }
    }
  }
}
