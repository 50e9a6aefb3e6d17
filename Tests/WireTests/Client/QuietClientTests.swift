import HTTP
import TestSupport
import Testing
import Wire

/// Connections on which nothing happens cost nothing.
@Suite struct QuietClientTests {
  /// What a server does while the caller waits, or does not.
  enum Quiet: CaseIterable {
    /// An event stream without events.
    case silentStream
    /// The caller does not read; the server's socket is full.
    case heldUp
    /// The same, and the server has ended its half meanwhile.
    case heldUpAndEnded
    /// Nothing is being called.
    case kept

    func serve(_ connection: TLSServer.Connection, reached: Signal) throws {
      try connection.shakeHands()
      try connection.receiveHead()
      switch self {
      case .silentStream: try connection.send("HTTP/1.1 200 OK\r\n\r\nx")
      case .kept: try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx")
      case .heldUp, .heldUpAndEnded:
        try connection.send("HTTP/1.1 200 OK\r\n\r\n")
        for _ in 0..<16 { try connection.send([UInt8](repeating: 120, count: 16_384)) }
        if self == .heldUpAndEnded { connection.finishSending() }
      }
      reached.send()
      _ = connection.receiveRawEnd()
    }
  }

  @Test(arguments: Quiet.allCases)
  func `the loop sleeps`(_ quiet: Quiet) async throws {
    let reached = Signal()
    try await TLSServer.run(scripts: [{ try quiet.serve($0, reached: reached) }]) { server in
      try await Calls.run { calls in
        let response = try await calls.get(server.port)
        let first = try await response.body.next()
        #expect(first != nil)
        if quiet == .kept {
          let end = try await response.body.next()
          #expect(end == nil)
        }
        let hasReached = await reached.wait()
        #expect(hasReached)
        let clock = await calls.clock()
        let used = await clock.used(during: .milliseconds(500))
        #expect(used < .milliseconds(100), "\(used)")
        await calls.client.close()
        let isOver = await server.finish()
        #expect(isOver)
      }
    }
  }
}

extension Calls {
  /// The clock of the loop's thread.
  fileprivate func clock() async -> LoopClock {
    await Task(executorPreference: loop.tasks) { LoopClock.current() }.value
  }
}
