import HTTP
import Testing

/// The examples of the WHATWG's section 9.2.6, and each of its rules.
struct EventStreamParserTests {
  @Test func `events of one and of several lines`() {
    let text = "data: YHOO\ndata: +2\ndata: 10\n\ndata:x\n\n"
    #expect(StreamLog(text).received == [ReceivedEvent("YHOO\n+2\n10"), ReceivedEvent("x")])
  }

  @Test func `a comment, an id, an id taken back, and a blank that is kept`() {
    let text = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"
    #expect(
      StreamLog(text).events == [
        .comment, .event(ReceivedEvent("first event", id: "1")), .event(ReceivedEvent("second event")),
        .event(ReceivedEvent(" third event")),
      ])
  }

  @Test func `fields without a colon, and an event that the end cuts off`() {
    #expect(StreamLog("data\n\ndata\ndata\n\ndata:").texts == ["", "\n"])
  }

  @Test func `a blank behind the colon changes nothing`() {
    #expect(StreamLog("data:test\n\ndata: test\n\n").texts == ["test", "test"])
  }

  @Test(arguments: ["\n", "\r", "\r\n"])
  func `lines end in three ways`(end: String) {
    let text = "data: a\(end)data: b\(end)\(end)id: 7\(end)data: c\(end)\(end)"
    #expect(StreamLog(text).received == [ReceivedEvent("a\nb"), ReceivedEvent("c", id: "7")])
  }

  @Test func `line ends may be mixed`() {
    #expect(StreamLog("data:a\r\rdata:b\n\r\ndata:c\r\n\ndata:d\n\rdata:e\r\n\r").texts == ["a", "b", "c", "d", "e"])
  }

  @Test func `a carriage return ends a line at once`() {
    var log = StreamLog("data: a\r\r")
    #expect(log.texts == ["a"])
    log.receive([10])
    log.receive(Array("data: b\r\n\r".utf8))
    #expect(log.texts == ["a", "b"])
  }

  @Test func `of a carriage return, two line feeds are a line end and an empty line`() {
    #expect(StreamLog("data: a\r\n\n").texts == ["a"])
    #expect(StreamLog("data: a\r\n").texts.isEmpty)
  }

  @Test func `one byte order mark is skipped, at the start alone`() {
    #expect(StreamLog("\u{feff}data: a\n\n\u{feff}data: b\n\ndata: \u{feff}c\n\n").texts == ["a", "\u{feff}c"])
    #expect(StreamLog("\u{feff}\u{feff}data: a\n\n").texts.isEmpty)
    #expect(StreamLog([[0xef, 0xbb], Array("data: a\n\ndata: b\n\n".utf8)]).texts == ["b"])
    #expect(StreamLog([[0xef], Array("\ndata: b\n\n".utf8)]).texts == ["b"])
  }

  @Test func `a type holds for its own event`() {
    #expect(
      StreamLog("event: add\ndata: 1\n\ndata: 2\n\nevent: x\nevent: y\ndata: 3\n\nevent:\ndata: 4\n\n").received == [
        ReceivedEvent("1", type: "add"), ReceivedEvent("2"), ReceivedEvent("3", type: "y"), ReceivedEvent("4"),
      ])
    #expect(StreamLog("event: lost\n\ndata: 1\n\n").received == [ReceivedEvent("1")])
  }

  @Test func `an id holds until there is another`() {
    let log = StreamLog("id: 1\ndata: a\n\ndata: b\n\nid: 2\n\ndata: c\n\nid:\ndata: d\n\n")
    #expect(
      log.received == [
        ReceivedEvent("a", id: "1"), ReceivedEvent("b", id: "1"), ReceivedEvent("c", id: "2"), ReceivedEvent("d"),
      ])
  }

  @Test func `an id without data is remembered, at the empty line`() {
    var log = StreamLog("id: 5\n")
    #expect(log.parser.lastEventID == "")
    log.receive([10])
    #expect(log.parser.lastEventID == "5")
    #expect(log.events.isEmpty)
  }

  @Test func `an id of an event that is not finished does not count for reconnecting`() {
    #expect(StreamLog("id: 1\ndata: a\n\nid: 2\ndata: b\n").parser.lastEventID == "1")
  }

  @Test func `an id with a NUL is ignored`() {
    #expect(StreamLog("id: 1\nid: 2\0\nid: \0\ndata: a\n\n").received == [ReceivedEvent("a", id: "1")])
  }

  @Test(arguments: [
    ("retry: 1500", 1500), ("retry:0", 0), ("retry: 007", 7), ("retry:2147483647", 2_147_483_647),
    ("retry: 2147483648", 2_147_483_647), ("retry: 99999999999999999999999999", 2_147_483_647), ("retry", nil),
    ("retry:", nil), ("retry: ", nil), ("retry: -1", nil), ("retry: +1", nil), ("retry:  1", nil), ("retry: 1 ", nil),
    ("retry: 1.5", nil), ("retry: 1e3", nil), ("retry: 0x1", nil), ("retry: \u{661}", nil), ("Retry: 1", nil),
  ])
  func `a time to wait is digits alone`(line: String, milliseconds: Int?) {
    #expect(StreamLog(line + "\n").events == (milliseconds.map { [.retry(milliseconds: $0)] } ?? []))
  }

  @Test(arguments: [
    "Data: x", "DATA: x", " data: x", "data : x", "dat: x", "datas: x", "x", "ids: 9", "i: 9", "evens: x", "\0data: x",
    "message: {}", "retrx: 5",
  ])
  func `unknown fields are ignored`(line: String) {
    #expect(StreamLog("\(line)\ndata: a\n\(line)\n\n").events == [.event(ReceivedEvent("a"))])
  }

  @Test func `each comment is told, wherever it stands`() {
    #expect(
      StreamLog(":\ndata: a\n:x\ndata: b\n::\n\n: \n").events == [
        .comment, .comment, .comment, .event(ReceivedEvent("a\nb")), .comment,
      ])
  }

  @Test func `a value may have colons and a NUL`() {
    #expect(StreamLog("data: a: b:\0c\nevent: :\n\n").received == [ReceivedEvent("a: b:\0c", type: ":")])
  }

  /// One U+FFFD for each longest beginning of a character, as the Encoding standard says.
  @Test(arguments: [
    ([0x80], "\u{fffd}"), ([0xff, 0xfe], "\u{fffd}\u{fffd}"), ([0xe2, 0x82], "\u{fffd}"),
    ([0xe2, 0x82, 0x41], "\u{fffd}A"), ([0xf0, 0x9f, 0x98], "\u{fffd}"), ([0xf0, 0x9f, 0x98, 0x80], "\u{1f600}"),
    ([0xc0, 0xaf], "\u{fffd}\u{fffd}"), ([0xe0, 0x80, 0xaf], "\u{fffd}\u{fffd}\u{fffd}"),
    ([0xed, 0xa0, 0x80], "\u{fffd}\u{fffd}\u{fffd}"), ([0xf4, 0x90, 0x80, 0x80], "\u{fffd}\u{fffd}\u{fffd}\u{fffd}"),
    ([0xf0, 0x80, 0x80], "\u{fffd}\u{fffd}\u{fffd}"), ([0xe2, 0xe2, 0x82, 0xac], "\u{fffd}\u{20ac}"),
  ])
  func `what is not UTF-8 is replaced`(bytes: [UInt8], text: String) {
    let stream: [UInt8] = ["event: ", "id: ", "data: "].flatMap { (name: String) in name.bytes + bytes + [10] }
    #expect(StreamLog([stream + [10]]).received == [ReceivedEvent(text, type: text, id: text)])
  }

  @Test func `a character is not put together over the end of a line`() {
    let stream = Array("data: ".utf8) + [0xe2, 0x82, 10] + Array("data:".utf8) + [0xac, 10, 10]
    #expect(StreamLog([stream]).texts == ["\u{fffd}\n\u{fffd}"])
  }

  @Test func `bytes come as a span too`() {
    var parser = EventStreamParser()
    let bytes = Array("data: a\n\n".utf8)
    parser.append(bytes.span)
    #expect(parser.bufferedCount == bytes.count)
    #expect(parser.next() == .event(ReceivedEvent("a")))
    #expect(parser.bufferedCount == 0)
  }
}
