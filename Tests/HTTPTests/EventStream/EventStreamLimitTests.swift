import HTTP
import Testing

struct EventStreamLimitTests {
  private static let limits = {
    var limits = EventStreamLimits()
    limits.maxLine = 20
    limits.maxData = 24
    limits.maxID = 4
    return limits
  }()

  private static func log(_ text: String) -> StreamLog { StreamLog(text, limits: limits) }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `a line may be as long as the limit`(end: String) {
    let longest = ":" + String(repeating: "x", count: 19)
    #expect(Self.log(longest + end).events == [.comment])
    #expect(Self.log(longest).fault == nil)
    #expect(Self.log(longest + "x").fault != nil)
    #expect(Self.log(longest + "x" + end).fault != nil)
  }

  @Test func `data may be as long as the limit, over all lines`() {
    let line = "data:" + String(repeating: "x", count: 12) + "\n"
    #expect(Self.log(line + "data:" + String(repeating: "x", count: 11) + "\n\n").texts.count == 1)
    #expect(Self.log(line + "data:" + String(repeating: "x", count: 12) + "\n").fault != nil)
    // The next event counts from nothing.
    #expect(Self.log(line + "\n" + line + "\n").texts.count == 2)
    #expect(Self.log(String(repeating: "data\n", count: 25)).fault == nil)
    #expect(Self.log(String(repeating: "data\n", count: 26)).fault != nil)
  }

  @Test func `an id may be as long as the limit`() {
    #expect(Self.log("id: 1234\ndata\n\n").received == [ReceivedEvent("", id: "1234")])
    #expect(Self.log("id: 12345\n").fault != nil)
  }

  @Test(arguments: [
    (String(repeating: "x", count: 21), "A line of the event stream is longer than 20 bytes; send shorter ones."),
    ("data:123456789012345\ndata:123456789\n", "An event has more than 24 bytes of data; send smaller ones."),
    ("id:12345\n", "An event's id is longer than 4 bytes; send a shorter one."),
  ])
  func `a failure says what is wrong, lasts, and stores nothing`(text: String, detail: String) {
    var log = Self.log("data: a\n\n" + text)
    #expect(log.events == [.event(ReceivedEvent("a")), .failed(MessageFault(.bodyTooLarge, detail))])
    log.receive(Array("data: b\n\n".utf8))
    #expect(log.events.count == 2)
    var parser = log.parser
    parser.append([10])
    parser.append([10].span)
    #expect(parser.bufferedCount == 0)
    #expect(log.fault?.detail == detail)
  }

  /// With a scan of the whole line for each piece this takes half a million million steps, and does not end.
  @Test func `a long line may come byte by byte`() {
    let length = 1 << 20
    var limits = EventStreamLimits()
    limits.maxLine = length
    var parser = EventStreamParser(limits: limits)
    let bytes = Array("data:".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: length - 5)
    for index in bytes.indices {
      parser.append(bytes.span.extracting(index...index))
      guard parser.next() == .needsMore else { Issue.record("It ended after \(index) bytes."); return }
    }
    parser.append([10, 10])
    #expect(parser.next() == .event(ReceivedEvent(data: Array(bytes[5...]))))
  }

  @Test func `what was used up does not pile up`() {
    var parser = EventStreamParser()
    for number in 0..<20_000 {
      parser.append(Array("id: \(number)\nother: x\ndata: \(number)\n\n:".utf8))
      while parser.next() != .needsMore {}
      #expect(parser.bufferedCount <= 1)
    }
  }
}
