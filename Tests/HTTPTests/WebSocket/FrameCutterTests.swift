import HTTP
import TestSupport
import Testing

struct FrameCutterTests {
  /// Everything a cutter says to some bytes.
  private struct Log: Equatable {
    var events: [FrameCutter.Event] = []
    var buffered = 0

    init(_ pieces: [[UInt8]]) {
      var cutter = FrameCutter()
      for piece in pieces {
        cutter.append(piece)
        while true {
          let event = cutter.next()
          if event == .needsMore { break }
          if case .failed = event, events.last == event { break }
          events.append(event)
        }
        #expect(cutter.bufferedCount < FrameCutter.maxPacket, "It holds a whole packet back.")
      }
      buffered = cutter.bufferedCount
    }
  }

  /// A frame as a client may send it, in any of the three forms of length.
  private static func frame(
    _ first: UInt8, _ length: Int, form: UInt8? = nil, isMasked: Bool = true, fill: UInt8 = 0xaa
  ) -> [UInt8] {
    let mask: UInt8 = isMasked ? 0x80 : 0
    let form = form ?? (length < 126 ? UInt8(length) : length < 65_536 ? 126 : 127)
    let size = form == 126 ? 2 : form == 127 ? 8 : 0
    let number = (0..<size).map { UInt8(truncatingIfNeeded: length >> (8 * (size - 1 - $0))) }
    return [first, mask | form] + number + (isMasked ? [1, 2, 3, 4] : []) + [UInt8](repeating: fill, count: length)
  }

  /// What the rules say of a stream of whole frames.
  private static func packets(of frames: [[UInt8]]) -> [FrameCutter.Event] {
    frames.flatMap { frame in
      stride(from: 0, to: frame.count, by: FrameCutter.maxPacket).map { start in
        .packet(
          Array(frame[start..<min(start + FrameCutter.maxPacket, frame.count)]),
          beginning: start == 0 ? WebSocketOpcode(rawValue: frame[0]) : nil)
      }
    }
  }

  private static func randomFrame(_ random: inout SeededRandom, longest: Int) -> [UInt8] {
    let length = Int.random(in: 0...longest, using: &random)
    let forms: [UInt8?] = length < 65_536 ? [nil, nil, nil, 126, 127] : [nil]
    return frame(
      UInt8.random(in: 0...255, using: &random), length, form: forms[Int.random(in: forms.indices, using: &random)],
      isMasked: Int.random(in: 0..<4, using: &random) > 0, fill: UInt8.random(in: 0...255, using: &random))
  }

  @Test func `each frame is one packet, whatever it is`() {
    let frames = [
      Self.frame(0x81, 5), Self.frame(0x89, 0), Self.frame(0x01, 1), Self.frame(0x80, 0, isMasked: false),
      Self.frame(0xff, 125), Self.frame(0x8b, 126), Self.frame(0x88, 200), Self.frame(0x82, 3, form: 126),
      Self.frame(0x82, 0, form: 127, isMasked: false), Self.frame(0x72, 127, form: 127),
    ]
    #expect(Log([frames.flatMap(\.self)]).events == Self.packets(of: frames))
    #expect(Log(Cuts.oneByOne(frames.flatMap(\.self))).events == Self.packets(of: frames))
  }

  @Test func `all ways to cut short frames give the same`() {
    for frames in [
      [Self.frame(0x81, 1), Self.frame(0x89, 0)], [Self.frame(0x82, 2, form: 126), [0x80, 0]],
      [Self.frame(0x01, 0, form: 127, isMasked: false), [0x8a, 1, 9]], [[0x88, 0], [0x8f, 0], Self.frame(0, 3)],
    ] {
      let packets = Self.packets(of: frames)
      for pieces in Cuts.all(frames.flatMap(\.self)) { #expect(Log(pieces).events == packets, "\(pieces)") }
    }
  }

  @Test(arguments: [4087, 4088, 4089, 4096, 4097, 8184, 8185, 65_535, 65_536, 100_000])
  func `a frame is one packet up to the limit, and pieces above`(length: Int) {
    let frames = [Self.frame(0x82, length), Self.frame(0x89, 4), Self.frame(0x80, length), Self.frame(0x81, 0)]
    let log = Log([frames.flatMap(\.self)])
    #expect(log.events == Self.packets(of: frames))
    #expect(log.buffered == 0)
    var random = SeededRandom(seed: UInt64(length))
    for longest in [7, 1500, 40_000] {
      #expect(Log(Cuts.random(frames.flatMap(\.self), upTo: longest, using: &random)) == log)
    }
    guard case .packet(let first, _)? = log.events.first else { Issue.record("There is no packet."); return }
    // Two bytes, two or eight of length, four of the mask.
    let size = length + (length > 65_535 ? 14 : 8)
    #expect(first.count == min(size, FrameCutter.maxPacket))
  }

  @Test(arguments: 0..<200)
  func `random frames, cut at random, come out as they went in`(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let longest = [3, 200, 20_000, 70_000][seed % 4]
    let frames = (0..<10).map { _ in Self.randomFrame(&random, longest: longest) }
    let bytes = frames.flatMap(\.self)
    // Broken off anywhere: what is whole comes out, and the rest waits.
    let whole = Log(Cuts.random(bytes, upTo: longest, using: &random))
    #expect(whole.events == Self.packets(of: frames))
    let length = Int.random(in: 0...bytes.count, using: &random)
    let broken = Log(Cuts.random(Array(bytes.prefix(length)), upTo: longest, using: &random))
    #expect(whole.events.starts(with: broken.events))
    let taken = broken.events.reduce(0) { sum, event in
      if case .packet(let bytes, _) = event { sum + bytes.count } else { sum }
    }
    #expect(taken + broken.buffered == length)
  }

  @Test func `a length with its highest bit set is a fault, as soon as that bit is there`() {
    let fault = FrameCutter.Event.failed(
      MessageFault(
        .malformed, "A frame's length has its highest bit set, which no length has; send shorter frames."))
    let good = Self.frame(0x81, 2)
    for pieces in [[good + [0x82, 0xff, 0x80]], Cuts.oneByOne(good + [0x82, 0x7f, 0xff, 1, 2, 3])] {
      #expect(Log(pieces).events == Self.packets(of: [good]) + [fault])
    }
    #expect(Log([[0x82, 0xff]]).events.isEmpty)
  }

  @Test func `a fault lasts, and nothing is stored behind it`() {
    var cutter = FrameCutter()
    cutter.append([0x82, 127, 0x80, 0])
    let fault = cutter.next()
    #expect(cutter.bufferedCount == 0)
    cutter.append(Self.frame(0x81, 2))
    cutter.append([0x80, 0].span)
    #expect(cutter.bufferedCount == 0)
    #expect(cutter.next() == fault)
  }

  @Test func `the longest length there can be is no fault`() {
    let bytes: [UInt8] = [0x82, 0xff, 0x7f] + [UInt8](repeating: 0xff, count: 7 + 4 + 10_000)
    let log = Log([bytes])
    #expect(
      log.events == [
        .packet(Array(bytes[..<4096]), beginning: .binary), .packet(Array(bytes[4096..<8192]), beginning: nil),
      ])
    #expect(log.buffered == bytes.count - 8192)
  }

  @Test func `bytes come as a span too`() {
    var cutter = FrameCutter()
    let frame = Self.frame(0x89, 3)
    cutter.append(frame.span)
    #expect(cutter.bufferedCount == frame.count)
    #expect(cutter.next() == .packet(frame, beginning: .ping))
    #expect(cutter.next() == .needsMore)
  }
}
