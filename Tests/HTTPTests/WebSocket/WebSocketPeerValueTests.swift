import HTTP
import TestSupport
import Testing

/// The values under the raw client of the tests: what it sends and what it insists on.
struct WebSocketPeerValueTests {
  private static func frames(_ pieces: [[UInt8]]) throws -> [WebSocketFrame] {
    var parser = WebSocketFrameParser()
    var frames: [WebSocketFrame] = []
    for piece in pieces {
      parser.append(piece)
      while let frame = try parser.next() { frames.append(frame) }
    }
    #expect(parser.bufferedCount == 0)
    return frames
  }

  private static func unmasked(_ opcode: WebSocketOpcode, _ payload: [UInt8], isFinal: Bool = true) -> WebSocketFrame {
    WebSocketFrame(opcode, payload, isFinal: isFinal, mask: nil)
  }

  @Test func `frames are written as the examples of the standard are`() {
    #expect(
      WebSocketFrame.text("Hello").bytes == [0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58])
    #expect(Self.unmasked(.text, "Hel".bytes, isFinal: false).bytes == [0x01, 3] + "Hel".bytes)
    #expect(WebSocketFrame(.ping, reservedBits: 5, mask: [9, 9, 9, 9]).bytes == [0xd9, 0x80, 9, 9, 9, 9])
    #expect(WebSocketFrame.close(4008, "x").payload == [0x0f, 0xa8, 0x78])
  }

  @Test func `lengths may be written in a wrong way`() {
    let frame = Self.unmasked(.binary, [7])
    #expect(frame.bytes(form: .twoBytes) == [0x82, 126, 0, 1, 7])
    #expect(frame.bytes(form: .eightBytes) == [0x82, 127, 0, 0, 0, 0, 0, 0, 0, 1, 7])
    #expect(frame.bytes(form: .shortest, claiming: 100_000) == [0x82, 127, 0, 0, 0, 0, 0, 1, 0x86, 0xa0, 7])
    #expect(
      frame.bytes(form: .eightBytes, claiming: 1 << 63) == [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0, 7])
  }

  @Test func `the cutter and the client agree on where frames end`() {
    let frames = [
      WebSocketFrame.text("a"), WebSocketFrame(.binary, [UInt8](repeating: 5, count: 300)), WebSocketFrame(.ping),
      Self.unmasked(.text, "b".bytes), WebSocketFrame(WebSocketOpcode(rawValue: 11), [1], reservedBits: 7),
    ]
    var cutter = FrameCutter()
    cutter.append(frames.flatMap(\.bytes))
    for frame in frames { #expect(cutter.next() == .packet(frame.bytes, beginning: frame.opcode)) }
    #expect(cutter.next() == .needsMore)
  }

  @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 70_000])
  func `what the server writes the client reads`(length: Int) throws {
    var random = SeededRandom(seed: UInt64(length))
    let payload = random.bytes(length)
    var output: [UInt8] = []
    WebSocketFrameEncoder.binary(payload, into: &output)
    WebSocketFrameEncoder.fragment(.first(.text), payload, into: &output)
    WebSocketFrameEncoder.ping([1], into: &output)
    WebSocketFrameEncoder.fragment(.last, [], into: &output)
    let expected = [
      Self.unmasked(.binary, payload), Self.unmasked(.text, payload, isFinal: false), Self.unmasked(.ping, [1]),
      Self.unmasked(.continuation, []),
    ]
    #expect(try Self.frames([output]) == expected)
    #expect(try Self.frames(Cuts.random(output, upTo: 1000, using: &random)) == expected)
  }

  @Test(arguments: [
    ([0x81, 0x80, 1, 2, 3, 4], WebSocketFrameParser.Violation.masked), ([0xc1, 0], .reservedBits(4)),
    ([0x91, 0], .reservedBits(1)), ([0x83, 0], .reservedOpcode(3)), ([0x8f, 0], .reservedOpcode(15)),
    ([0x81, 126, 0, 125], .lengthNotShortest), ([0x81, 127, 0, 0, 0, 0, 0, 0, 0xff, 0xff], .lengthNotShortest),
    ([0x81, 127, 0x80, 0, 0, 0, 0, 0, 0, 0], .lengthOutOfRange), ([0x89, 126, 0, 126], .controlFrameTooLong),
    ([0x09, 0], .controlFrameInParts),
  ])
  func `a server's wrong frame is told`(bytes: [UInt8], violation: WebSocketFrameParser.Violation) {
    var parser = WebSocketFrameParser()
    parser.append(bytes)
    #expect(throws: violation) { try parser.next() }
  }

  @Test func `frames are put together to messages`() throws {
    var assembler = WebSocketAssembler()
    #expect(try assembler.accept(Self.unmasked(.text, [0xe2], isFinal: false)) == nil)
    #expect(assembler.isInsideMessage)
    #expect(try assembler.accept(Self.unmasked(.continuation, [0x82], isFinal: false)) == nil)
    #expect(try assembler.accept(Self.unmasked(.continuation, [0xac])) == .text("\u{20ac}"))
    #expect(!assembler.isInsideMessage)
    #expect(try assembler.accept(Self.unmasked(.binary, [1])) == .binary([1]))
  }

  @Test func `frames that make no message are told`() {
    var assembler = WebSocketAssembler()
    #expect(throws: WebSocketAssembler.Fault.continuationOfNothing) {
      try assembler.accept(Self.unmasked(.continuation, []))
    }
    #expect(throws: WebSocketAssembler.Fault.textNotUTF8) { try assembler.accept(Self.unmasked(.text, [0xe2])) }
    #expect(throws: WebSocketAssembler.Fault.messageInMessage) {
      _ = try assembler.accept(Self.unmasked(.text, [], isFinal: false))
      _ = try assembler.accept(Self.unmasked(.text, []))
    }
  }

  @Test func `a close frame has nothing, or a code and a reason`() throws {
    #expect(try ReceivedClose(Self.unmasked(.close, [])) == ReceivedClose(code: nil))
    #expect(try ReceivedClose(WebSocketFrame.close(1001, "bye")) == ReceivedClose(code: 1001, reason: "bye"))
    for payload: [UInt8] in [[3], [3, 0xe8, 0xff]] {
      #expect(throws: WebSocketPeer.Problem.badClose(payload)) { try ReceivedClose(Self.unmasked(.close, payload)) }
    }
  }

  @Test func `a handshake is one that the reader admits`() throws {
    let handshake = WebSocketHandshake("/ws", subprotocols: ["a", "b"], origin: "https://a", fields: [("X", "1")])
    let head = try #require(EventLog(handshake.text.bytes).heads.first)
    #expect(head.upgrade == .webSocket(key: handshake.key, protocols: ["a", "b"]))
    #expect(head.fields["origin"] == "https://a" && head.fields["x"] == "1")
  }

  @Test func `an answer to a handshake is checked`() throws {
    let handshake = WebSocketHandshake(subprotocols: ["a"])
    // The example of section 1.3.
    #expect(handshake.accept == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    let lines = [
      "HTTP/1.1 101 Switching Protocols", "Upgrade: WebSocket", "Connection: keep-alive, Upgrade",
      "Sec-WebSocket-Accept: \(handshake.accept)", "Sec-WebSocket-Protocol: a",
    ]
    func fault(_ change: (inout [String]) -> Void = { _ in }) throws -> String? {
      var changed = lines
      change(&changed)
      let answer = try #require(WebSocketHandshakeAnswer(head: changed.joined(separator: "\r\n")))
      #expect(answer.isUpgraded)
      return handshake.fault(in: answer.fields)
    }
    #expect(try fault() == nil)
    for index in 1...3 { #expect(try fault { $0.remove(at: index) } != nil) }
    #expect(try fault { $0[3] += "x" } != nil)
    #expect(try fault { $0[4] += "b" } != nil)
    #expect(try fault { $0.append("Sec-WebSocket-Extensions: permessage-deflate") } != nil)
    #expect(WebSocketHandshakeAnswer(head: "HTTP/1.1 400 Bad Request\r\nA: b")?.isUpgraded == false)
    #expect(WebSocketHandshakeAnswer(head: "SSH-2.0") == nil)
  }
}
