import HTTP
import TestSupport
import Testing
import Wire

/// Messages both ways: whatever their size, and however they are cut into frames, records and packets, they arrive as they were
/// sent.
@Suite struct WebSocketEchoTests {
  private static let wide = WebSocketOptions.with {
    $0.messageLimit = 17 << 20
    // A sanitized client that is busy with 16 MiB answers no ping.
    $0.pingAfter = .seconds(300)
  }

  /// Whether each message comes back, one after the other. Compared here: a failed expectation would look for the differences of
  /// long arrays.
  private func comesBack(_ messages: [WebSocketMessage]) async throws -> [Bool] {
    // Made before there is a connection to be neglected.
    let frames = messages.map { message in
      switch message {
      case .text(let text): WebSocketFrame.text(text).bytes
      case .binary(let bytes): WebSocketFrame(.binary, bytes).bytes
      }
    }
    return try await TestServer.run(router: .webSocketEcho(Self.wide)) { server in
      try await server.peer { peer in
        try zip(frames, messages).map { frame, message in
          try peer.send(frame)
          return try peer.receiveMessage() == message
        }
      }
    }
  }

  /// The sizes at which a header grows, a packet or a record is full, or a queue has its limit.
  @Test func `messages of every interesting size come back`() async throws {
    let borders = [0, 1, 125, 126, 1024, 4096 - 8, 4096, 16_384, 65_535, 65_536, 1 << 20]
    let sizes = borders.flatMap { [$0 - 1, $0, $0 + 1] }.filter { $0 >= 0 }
    var random = SeededRandom(seed: 7)
    let binary = sizes.map { WebSocketMessage.binary(random.bytes($0)) }
    let text = sizes.map { WebSocketMessage.text(String(repeating: "x", count: $0)) }
    let outcome = try await comesBack(binary + text)
    #expect(outcome.allSatisfy { $0 }, "\(zip(sizes + sizes, outcome).filter { !$1 })")
  }

  @Test func `16 MiB come back`() async throws {
    var random = SeededRandom(seed: 16)
    let block = random.bytes(1 << 20)
    let bytes = (0..<16).flatMap { block[$0...] + block[..<$0] }
    #expect(try await comesBack([.binary(bytes), .text("and after")]) == [true, true])
  }

  @Test func `texts of every plane come back`() async throws {
    let texts = ["\u{0}", "\u{7f}", "\u{e9}", "\u{20ac}", "\u{1f600}", "\u{10ffff}", "\u{feff}bom", "a\u{308}"]
    let outcome = try await comesBack(texts.map { .text($0) } + [.text(texts.joined())])
    #expect(outcome.allSatisfy { $0 })
  }

  @Test func `fragments of one byte make a message, also inside a character`() async throws {
    let text = "Gr\u{fc}\u{df}e, \u{1f6a6}!"
    try await TestServer.run(router: .webSocketEcho()) { server in
      let message = try await server.peer { peer in
        let bytes = Array(text.utf8)
        for (index, byte) in bytes.enumerated() {
          try peer.send(WebSocketFrame(index == 0 ? .text : .continuation, [byte], isFinal: index == bytes.count - 1))
        }
        return try peer.receiveMessage()
      }
      #expect(message == .text(text))
    }
  }

  @Test func `fragments may be empty`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let messages = try await server.peer { peer in
        try peer.send(
          WebSocketFrame(.text, [], isFinal: false), WebSocketFrame(.continuation, Array("a".utf8), isFinal: false),
          WebSocketFrame(.continuation, [], isFinal: false), WebSocketFrame(.continuation, [], isFinal: true),
          WebSocketFrame(.binary, [], isFinal: false), WebSocketFrame(.continuation, [], isFinal: true))
        return [try peer.receiveMessage(), try peer.receiveMessage()]
      }
      #expect(messages == [.text("a"), .binary([])])
    }
  }

  @Test func `pings and pongs may stand between fragments`() async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let frames = try await server.peer { peer in
        for (index, piece) in ["one ", "two ", "three"].enumerated() {
          try peer.send(
            WebSocketFrame(index == 0 ? .text : .continuation, Array(piece.utf8), isFinal: index == 2),
            WebSocketFrame(.ping, [UInt8(index)]), WebSocketFrame(.pong, Array("unasked".utf8)))
        }
        return try (0..<4).map { _ in try peer.receiveFrame() }
      }
      #expect(frames.filter { $0.opcode == .pong }.map(\.payload) == [[0], [1], [2]])
      #expect(frames.filter { $0.opcode == .text }.map(\.payload) == [Array("one two three".utf8)])
    }
  }

  /// Frames of all kinds, and what comes back of them.
  private static let mixture: [WebSocketFrame] = [
    .text("first"), WebSocketFrame(.ping, [1]), WebSocketFrame(.binary, [UInt8](repeating: 5, count: 300)),
    .text("in ", isFinal: false), WebSocketFrame(.ping, [2]), WebSocketFrame(.continuation, Array("parts".utf8)),
    WebSocketFrame(.pong), .text(""),
  ]
  private static let mixtureEchoed: [WebSocketMessage] = [
    .text("first"), .binary([UInt8](repeating: 5, count: 300)), .text("in parts"), .text(""),
  ]

  @Test(arguments: [1, 2, 7, 100, 10_000]) func `records may cut frames anywhere`(size: Int) async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let messages = try await server.peer { peer in
        try peer.send(Self.mixture.flatMap(\.bytes), inRecordsOf: size)
        return try Self.mixtureEchoed.map { _ in try peer.receiveMessage() }
      }
      #expect(messages == Self.mixtureEchoed)
    }
  }

  @Test func `hundreds of frames in one record all arrive in order`() async throws {
    let count = 1000
    try await TestServer.run(router: .webSocketEcho()) { server in
      let messages = try await server.peer { peer in
        try peer.send((0..<count).flatMap { WebSocketFrame.text("\($0)").bytes })
        return try (0..<count).map { _ in try peer.receiveMessage() }
      }
      #expect(messages == (0..<count).map { .text("\($0)") })
    }
  }

  @Test func `a length that is written too long is taken as the number it is`() async throws {
    // libwebsockets does not mind, and nothing can be smuggled by it: the number says where the frame ends.
    try await TestServer.run(router: .webSocketEcho()) { server in
      let message = try await server.peer { peer in
        try peer.send(WebSocketFrame(.binary, [1, 2, 3]).bytes(form: .eightBytes))
        return try peer.receiveMessage()
      }
      #expect(message == .binary([1, 2, 3]))
    }
  }
}
