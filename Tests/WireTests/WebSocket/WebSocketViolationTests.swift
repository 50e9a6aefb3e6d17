import HTTP
import TestSupport
import Testing
import Wire

/// Clients that break the protocol: told so with 1002, and gone at once.
@Suite struct WebSocketViolationTests {
  struct Violation: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]

    init(_ name: String, _ frames: WebSocketFrame...) {
      self.name = name
      bytes = frames.flatMap(\.bytes)
    }

    init(_ name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }

    var testDescription: String { name }
  }

  private static let a: [UInt8] = [97]
  private static let long = [UInt8](repeating: 97, count: 126)

  static let violations: [Violation] =
    [
      Violation("a text without a mask", WebSocketFrame(.text, a, mask: nil)),
      Violation("an empty text without a mask", WebSocketFrame(.text, [], mask: nil)),
      Violation("a long binary without a mask", WebSocketFrame(.binary, [UInt8](repeating: 0, count: 9000), mask: nil)),
      Violation("a ping without a mask", WebSocketFrame(.ping, a, mask: nil)),
      Violation("a pong without a mask", WebSocketFrame(.pong, a, mask: nil)),
      Violation("a close without a mask", WebSocketFrame(.close, [3, 232], mask: nil)),
      Violation(
        "a second fragment without a mask", .text("a", isFinal: false), WebSocketFrame(.continuation, a, mask: nil)),
      Violation("a ping in parts", WebSocketFrame(.ping, a, isFinal: false), WebSocketFrame(.continuation, a)),
      Violation("a pong in parts", WebSocketFrame(.pong, a, isFinal: false), WebSocketFrame(.continuation, a)),
      Violation("a close in parts", WebSocketFrame(.close, [3, 232], isFinal: false)),
      Violation("a ping of 126 bytes", WebSocketFrame(.ping, long)),
      Violation("a pong of 126 bytes", WebSocketFrame(.pong, long)),
      Violation("a close of 126 bytes", WebSocketFrame(.close, [3, 232] + long[2...])),
      Violation("half a close code", WebSocketFrame(.close, [3])),
      Violation("a continuation of nothing", WebSocketFrame(.continuation, a)),
      Violation("a continuation of nothing that goes on", WebSocketFrame(.continuation, a, isFinal: false)),
      Violation("a text inside a text", .text("a", isFinal: false), .text("b")),
      Violation("a binary inside a text", .text("a", isFinal: false), WebSocketFrame(.binary, a)),
      Violation(
        "a length with its highest bit set",
        bytes: WebSocketFrame(.binary, a).bytes(form: .eightBytes, claiming: 1 << 63)),
      Violation(
        "the greatest length of all", bytes: WebSocketFrame(.binary, a).bytes(form: .eightBytes, claiming: .max)),
    ]
    + [1, 2, 4, 7].map { Violation("reserved bits \($0)", WebSocketFrame(.text, a, reservedBits: $0)) }
    + [WebSocketOpcode.ping, .pong, .close, .binary].map {
      Violation("a reserved bit with opcode \($0.rawValue)", WebSocketFrame($0, reservedBits: 4))
    }
    + [3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map {
      Violation("opcode \($0)", WebSocketFrame(WebSocketOpcode(rawValue: $0), a))
    }

  @Test(arguments: violations) func `who breaks the protocol is told 1002 and not waited for`(
    violation: Violation
  ) async throws {
    let witness = Witness()
    // No end of this test comes from a deadline.
    let options = WebSocketOptions.with { $0.closeWithin = .seconds(100) }
    try await TestServer.run(router: .webSocket(options) { await witness.watch($0) }) { server in
      let (frames, ending) = try await server.peer { peer in
        try peer.send(WebSocketFrame.text("before").bytes + violation.bytes + WebSocketFrame.text("behind").bytes)
        let all = try peer.receiveAll()
        return (all.frames, all.ending)
      }
      #expect(frames.map(\.opcode) == [.close], "\(server.log.lines)")
      #expect(frames.first.map { Array($0.payload.prefix(2)) } == [3, 234])
      #expect(ending == .goodbye)
      let account = await witness.testimony()
      // What came in the same breath before it may or may not have been read already.
      #expect(account?.messages == [] || account?.messages == [.text("before")])
      #expect(account?.failure == nil && account?.sendFailure == .closed)
      #expect(account?.end?.cause == .ourselves && account?.end?.code == .protocolError)
      #expect(account?.end?.reason.isEmpty == false)
      let line = await server.webSocketLine()
      #expect(line.contains(#""status":101"#) && !line.contains("outcome"))
    }
  }

  @Test(arguments: [violations[0], violations[14]]) func `an echo that is under way is still delivered`(
    violation: Violation
  ) async throws {
    try await TestServer.run(router: .webSocketEcho()) { server in
      let frames = try await server.peer { peer in
        try peer.send("one")
        let one = try peer.receiveFrame()
        try peer.send(violation.bytes)
        return try [one] + peer.receiveAll().frames
      }
      #expect(frames.map(\.opcode) == [.text, .close])
    }
  }
}
