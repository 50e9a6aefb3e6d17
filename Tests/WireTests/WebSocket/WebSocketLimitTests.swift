import HTTP
import TestSupport
import Testing
import Wire

/// Messages that are too long, and texts that are none.
@Suite struct WebSocketLimitTests {
  private static let limit = 1000

  /// What becomes of a client that sends these frames and then behaves.
  private func outcome(
    of frames: [WebSocketFrame]
  ) async throws -> (close: ReceivedClose, ending: TLSClient.Ending, account: Witness.Account?, line: String) {
    let witness = Witness()
    let options = WebSocketOptions.with {
      $0.messageLimit = Self.limit
      // Far longer than the client waits: nothing here ends by it.
      $0.closeWithin = .seconds(100)
    }
    // Shorter than anything else that would end it.
    var client = TLSClient.Options()
    client.deadline = promptly
    return try await TestServer.run(router: .webSocket(options) { await witness.watch($0) }) { server in
      let seen = try await server.peer(WebSocketHandshake(), client) { peer in
        try peer.send(frames.flatMap(\.bytes))
        return try peer.awaitClose()
      }
      return (seen.close, seen.ending, await witness.testimony(), await server.webSocketLine())
    }
  }

  private static func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 97, count: count) }

  @Test(arguments: [
    [WebSocketFrame(.binary, bytes(1001))], [WebSocketFrame(.text, bytes(1001))],
    [WebSocketFrame(.binary, bytes(100_000))],
    [WebSocketFrame(.text, bytes(1000), isFinal: false), WebSocketFrame(.continuation, bytes(1))],
    [WebSocketFrame(.binary, bytes(600), isFinal: false), WebSocketFrame(.continuation, bytes(600), isFinal: false)],
  ])
  func `a message above the limit is refused with 1009, and none of it reaches the handler`(
    frames: [WebSocketFrame]
  ) async throws {
    let outcome = try await outcome(of: [.text("before")] + frames)
    #expect(outcome.close == ReceivedClose(code: 1009, reason: "A message is longer than 1000 bytes."))
    #expect(outcome.ending == .goodbye)
    #expect(
      outcome.account
        == .read([.text("before")], .ourselves, 1009, "A message is longer than 1000 bytes."))
    #expect(outcome.line.contains(#""status":101"#) && !outcome.line.contains("outcome"))
  }

  @Test func `a message at the limit is taken, in one frame and in many`() async throws {
    let whole = WebSocketFrame(.text, Self.bytes(1000))
    let parts = (0..<10).map {
      WebSocketFrame($0 == 0 ? .binary : .continuation, Self.bytes(100), isFinal: $0 == 9)
    }
    let outcome = try await outcome(of: [whole] + parts + [.text("x"), WebSocketFrame(.binary, Self.bytes(1001))])
    #expect(
      outcome.account?.messages
        == [.text(String(repeating: "a", count: 1000)), .binary(Self.bytes(1000)), .text("x")])
  }

  /// Frames that are no text, and whether the last of them is needed to see it.
  private static let noTexts: [[WebSocketFrame]] = [
    [WebSocketFrame(.text, [0xff])], [WebSocketFrame(.text, Array("ok".utf8) + [0xc0, 0x80])],
    [WebSocketFrame(.text, [0xed, 0xa0, 0x80])], [WebSocketFrame(.text, [0xf4, 0x90, 0x80, 0x80])],
    [WebSocketFrame(.text, [0xe2, 0x82])],
    [WebSocketFrame(.text, [0xe2], isFinal: false), WebSocketFrame(.continuation, [0x28])],
    [WebSocketFrame(.text, [0xe2, 0x82], isFinal: false), WebSocketFrame(.continuation, [])],
    [
      WebSocketFrame(.text, [0xe2], isFinal: false), WebSocketFrame(.ping), WebSocketFrame(.continuation, []),
    ],
    [WebSocketFrame(.text, [0xff], isFinal: false)],
  ]

  @Test(arguments: noTexts) func `a text that is not UTF-8 is refused with 1007`(frames: [WebSocketFrame]) async throws
  {
    let outcome = try await outcome(of: [.text("before")] + frames + [WebSocketFrame(.ping), .text("behind")])
    #expect(outcome.close.code == 1007)
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account?.messages == [.text("before")])
    #expect(outcome.account?.end?.cause == .ourselves && outcome.account?.end?.code == .notUTF8)
    #expect(outcome.account?.failure == nil && outcome.account?.sendFailure == .closed)
  }

  @Test(arguments: [
    [WebSocketFrame(.binary, bytes(1001))],
    [WebSocketFrame(.text, [0xe2, 0x82], isFinal: false), WebSocketFrame(.continuation, [])],
  ])
  func `a ping behind a message that is refused does not keep the goodbye from being heard`(
    frames: [WebSocketFrame]
  ) async throws {
    let outcome = try await outcome(of: frames + [WebSocketFrame(.ping), .text("behind"), WebSocketFrame(.ping)])
    #expect(outcome.ending == .goodbye)
    #expect(outcome.account?.messages == [])
    #expect(!outcome.line.contains("outcome"))
  }

  @Test func `binary need not be UTF-8`() async throws {
    let outcome = try await outcome(of: [WebSocketFrame(.binary, [0xff, 0xc0]), .close(1000)])
    #expect(outcome.account == .read([.binary([0xff, 0xc0])], .peer, 1000))
  }
}
