import HTTP
import TestSupport
import Testing

struct WebSocketFrameEncoderTests {
  @Test(arguments: [
    (0, [0x81, 0]), (1, [0x81, 1]), (125, [0x81, 125]), (126, [0x81, 126, 0, 126]), (127, [0x81, 126, 0, 127]),
    (256, [0x81, 126, 1, 0]), (65_535, [0x81, 126, 0xff, 0xff]), (65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]),
    (0x12_3456, [0x81, 127, 0, 0, 0, 0, 0, 0x12, 0x34, 0x56]),
  ])
  func `the length takes as little room as it can`(length: Int, header: [UInt8]) {
    var output: [UInt8] = [7]
    WebSocketFrameEncoder.header(.text, payloadLength: length, into: &output)
    #expect(output == [7] + header)
    let payload = [UInt8](repeating: 0x61, count: length)
    var frame: [UInt8] = []
    WebSocketFrameEncoder.text(payload, into: &frame)
    #expect(frame == header + payload)
  }

  @Test func `the longest length has 63 bits`() {
    var output: [UInt8] = []
    WebSocketFrameEncoder.header(.binary, payloadLength: .max, into: &output)
    #expect(output == [0x82, 127, 0x7f] + [UInt8](repeating: 0xff, count: 7))
  }

  @Test func `each kind of frame has its first byte`() {
    let frames: [(UInt8, (inout [UInt8]) -> Void)] = [
      (0x81, { WebSocketFrameEncoder.message(.text("ab"), into: &$0) }),
      (0x82, { WebSocketFrameEncoder.message(.binary([97, 98]), into: &$0) }),
      (0x82, { WebSocketFrameEncoder.binary([97, 98], into: &$0) }),
      (0x01, { WebSocketFrameEncoder.fragment(.first(.text), [97, 98], into: &$0) }),
      (0x02, { WebSocketFrameEncoder.fragment(.first(.binary), [97, 98], into: &$0) }),
      (0x00, { WebSocketFrameEncoder.fragment(.middle, [97, 98], into: &$0) }),
      (0x80, { WebSocketFrameEncoder.fragment(.last, [97, 98], into: &$0) }),
      (0x89, { WebSocketFrameEncoder.ping([97, 98], into: &$0) }),
      (0x8a, { WebSocketFrameEncoder.pong([97, 98], into: &$0) }),
    ]
    for (first, write) in frames {
      var output: [UInt8] = []
      write(&output)
      #expect(output == [first, 2, 97, 98])
    }
  }

  @Test func `a close frame has its code and reason`() {
    var output: [UInt8] = []
    WebSocketFrameEncoder.close(WebSocketClose(.goingAway, reason: "bye"), into: &output)
    #expect(output == [0x88, 5, 0x03, 0xe9] + "bye".bytes)
  }

  @Test func `a control frame that is long or not whole traps`() async {
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      WebSocketFrameEncoder.ping([UInt8](repeating: 0, count: 126), into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      WebSocketFrameEncoder.header(.pong, isFinal: false, payloadLength: 0, into: &output)
    }
    await #expect(processExitsWith: .failure) {
      var output: [UInt8] = []
      WebSocketFrameEncoder.fragment(.first(.continuation), [], into: &output)
    }
  }

  @Test func `opcodes are told apart by their highest bit`() {
    let control = (0...15).map { WebSocketOpcode(rawValue: $0) }.filter(\.isControl).map(\.rawValue)
    #expect(control == [8, 9, 10, 11, 12, 13, 14, 15])
    #expect(WebSocketOpcode(rawValue: 0x81) == .text)
  }
}
