import HTTP
import TestSupport
import Testing
import Wire

/// Closing handshakes that the client begins.
@Suite struct WebSocketClientCloseTests {
  /// What becomes of a client that sends these bytes, and neither sends nor closes anything more.
  private func outcome(
    of bytes: [UInt8]
  ) async throws -> (frames: [WebSocketFrame], ending: TLSClient.Ending, account: Witness.Account?, line: String) {
    let witness = Witness()
    // No end in here comes from a deadline.
    let options = WebSocketOptions.with { $0.closeWithin = .seconds(100) }
    return try await TestServer.run(router: .webSocket(options) { await witness.watch($0) }) { server in
      let seen = try await server.peer { peer in
        try peer.send(bytes)
        let all = try peer.receiveAll()
        return (all.frames, all.ending)
      }
      return (seen.0, seen.1, await witness.testimony(), await server.webSocketLine())
    }
  }

  @Test(arguments: [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999] as [UInt16])
  func `a close code is given back and told to the handler`(code: UInt16) async throws {
    let outcome = try await outcome(of: WebSocketFrame.close(code, "gr\u{fc}\u{df} gott").bytes)
    #expect(outcome.frames.map(\.opcode) == [.close])
    #expect(outcome.frames.first.map { Array($0.payload.prefix(2)) } == [UInt8(code >> 8), UInt8(code & 255)])
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account == .read([], .peer, code, "gr\u{fc}\u{df} gott"))
    #expect(outcome.line.contains(#""status":101"#) && !outcome.line.contains("outcome"))
  }

  @Test func `a close need have no code`() async throws {
    let outcome = try await outcome(of: WebSocketFrame(.close).bytes)
    #expect(outcome.frames == [WebSocketFrame(.close, [], mask: nil)])
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account == .read([], .peer, nil))
  }

  @Test func `a reason may have 123 bytes`() async throws {
    let reason = String(repeating: "r", count: 123)
    let outcome = try await outcome(of: WebSocketFrame.close(1000, reason).bytes)
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account == .read([], .peer, 1000, reason))
  }

  @Test(arguments: [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535] as [UInt16])
  func `a code that may not be sent is answered with 1002`(code: UInt16) async throws {
    let outcome = try await outcome(of: WebSocketFrame.close(code).bytes)
    #expect(outcome.frames.map(\.opcode) == [.close])
    #expect(outcome.frames.first.map { Array($0.payload.prefix(2)) } == [3, 234])
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account?.end?.code == .protocolError)
  }

  @Test func `a reason that is not UTF-8 is refused`() async throws {
    let outcome = try await outcome(of: WebSocketFrame(.close, [3, 232, 0xff, 0xfe]).bytes)
    let code = outcome.frames.first.map { Array($0.payload.prefix(2)) }
    #expect(code == [3, 234] || code == [3, 239])
    #expect(outcome.ending == .goodbye)
  }

  @Test func `messages before a close are read, those behind it are not`() async throws {
    let frames: [WebSocketFrame] = [
      .text("one"), .text("two"), .close(1000), .text("three"), WebSocketFrame(.ping, [1]), .close(1001),
    ]
    let outcome = try await outcome(of: frames.flatMap(\.bytes))
    #expect(outcome.frames.map(\.opcode) == [.close])
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account == .read([.text("one"), .text("two")], .peer, 1000))
  }

  @Test func `an unfinished message is dropped by a close`() async throws {
    let frames = [WebSocketFrame.text("half", isFinal: false), .close(1000)]
    let outcome = try await outcome(of: frames.flatMap(\.bytes))
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account == .read([], .peer, 1000))
  }

  @Test func `a close behind pings comes after their pongs`() async throws {
    let frames = [WebSocketFrame(.ping, [1]), WebSocketFrame(.ping, [2]), .close(1000)]
    let outcome = try await outcome(of: frames.flatMap(\.bytes))
    #expect(outcome.frames.map(\.opcode) == [.pong, .pong, .close])
    #expect(outcome.account == .read([], .peer, 1000))
  }

  @Test func `a close in single bytes is one`() async throws {
    let witness = Witness()
    try await TestServer.run(router: .webSocket { await witness.watch($0) }) { server in
      let ending = try await server.peer { peer in
        try peer.send(WebSocketFrame.close(4001, "bye").bytes, inRecordsOf: 1)
        return try peer.receiveAll().ending
      }
      #expect(ending == .goodbye)
      #expect(await witness.testimony() == .read([], .peer, 4001, "bye"))
    }
  }

  @Test func `a client that goes on sending for ever after its close is cut off`() async throws {
    try await TestServer.run(
      router: .webSocketEcho(), configure: { $0.deadlines.linger = .milliseconds(200) },
      { server in
        let isOver = try await server.peer { peer in
          try peer.send(.close(1000))
          let frame = WebSocketFrame(.binary, [UInt8](repeating: 1, count: 8000)).bytes
          let end = ContinuousClock.now + promptly
          while ContinuousClock.now < end {
            guard (try? peer.send(frame)) != nil else { return true }
          }
          return false
        }
        #expect(isOver)
        #expect(await eventually { server.counter("signalbox_connections_open") == 0 })
        #expect(await server.webSocketLine().contains("outcome") == false)
      })
  }
}
