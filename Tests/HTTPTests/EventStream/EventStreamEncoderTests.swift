import HTTP
import Testing

struct EventStreamEncoderTests {
  private static func encoded(_ event: ServerSentEvent) -> String {
    var output = Array("before\n".utf8)
    EventStreamEncoder.event(event, into: &output)
    return String(decoding: output.dropFirst(7), as: UTF8.self)
  }

  @Test func `the usual event is one line of data`() {
    #expect(
      Self.encoded(ServerSentEvent(id: "e.17", event: "event", text: "{\"a\":1}"))
        == "event: event\nid: e.17\ndata: {\"a\":1}\n\n")
    #expect(Self.encoded(ServerSentEvent(text: "x")) == "data: x\n\n")
  }

  @Test func `an event says how long to wait`() {
    #expect(Self.encoded(ServerSentEvent(data: [120], retryMilliseconds: 3000)) == "retry: 3000\ndata: x\n\n")
  }

  @Test(arguments: [
    ("", [""]), ("a\nb", ["a", "b"]), ("a\rb", ["a", "b"]), ("a\r\nb", ["a", "b"]), ("a\n\rb", ["a", "", "b"]),
    ("\n", ["", ""]), ("a\r", ["a", ""]), ("\r\n\r\n", ["", "", ""]), (" a", [" a"]), ("\u{2028}", ["\u{2028}"]),
  ])
  func `each line of the data takes one line`(text: String, lines: [String]) {
    #expect(Self.encoded(ServerSentEvent(text: text)) == lines.map { "data: \($0)\n" }.joined() + "\n")
  }

  @Test func `comments and the time to wait stand alone`() {
    var output: [UInt8] = []
    EventStreamEncoder.comment(into: &output)
    EventStreamEncoder.comment("a\r\nb", into: &output)
    EventStreamEncoder.retry(milliseconds: 2500, into: &output)
    #expect(String(decoding: output, as: UTF8.self) == ": \n\n: a\n: b\n\nretry: 2500\n\n")
  }

  @Test func `an empty id is sent, a missing one is not`() {
    #expect(Self.encoded(ServerSentEvent(id: "", text: "x")) == "id: \ndata: x\n\n")
  }

  @Test(arguments: ["\n", "a\rb", "a\0", "\r\n"])
  func `an id or a type from outside is checked`(text: String) throws {
    let error = #expect(throws: IllegalEventText.self) {
      try ServerSentEvent(checkingID: text, checkingEvent: nil, data: [])
    }
    #expect(error?.name == "id")
    #expect(error?.description.utf8.allSatisfy { 0x20...0x7e ~= $0 } == true)
    #expect(throws: IllegalEventText.self) { try ServerSentEvent(checkingID: nil, checkingEvent: text, data: []) }
    #expect(!ServerSentEvent.isSendable(text))
  }

  @Test func `good text from outside passes`() throws {
    let event = try ServerSentEvent(checkingID: "1:\u{e9}", checkingEvent: "", data: [1])
    #expect(event == ServerSentEvent(id: "1:\u{e9}", event: "", data: [1]))
  }

  @Test func `an id with a line end traps`() async {
    await #expect(processExitsWith: .failure) { _ = ServerSentEvent(id: "a\ndata: b", text: "") }
    await #expect(processExitsWith: .failure) { _ = ServerSentEvent(event: "a\0", text: "") }
    await #expect(processExitsWith: .failure) { _ = ServerSentEvent(data: [], retryMilliseconds: -1) }
  }
}
