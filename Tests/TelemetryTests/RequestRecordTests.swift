import Telemetry
import TestSupport
import Testing

struct RequestRecordTests {
  @Test func `a whole record is one access line`() {
    let sink = MemorySink()
    var generator = SeededRandom(seed: 7)
    let id = RequestID.generate(using: &generator)
    RequestRecord(
      requestID: id, peer: "192.0.2.1:5123", principal: "ann", method: "GET", route: "/api/tasks/{task}",
      target: "/api/tasks/1?after=7.1&token=hunter2", status: 200, bytesIn: 420, bytesOut: 5120,
      duration: .microseconds(1234), outcome: "disconnected"
    ).write(to: sink.makeLog())
    #expect(
      sink.text == #"{"time":"2026-11-21T07:40:00.123Z","level":"info","message":"request","request":"\#(id)","#
        + #""peer":"192.0.2.1:5123","principal":"ann","method":"GET","route":"/api/tasks/{task}","#
        + #""target":"/api/tasks/1?after=7.1&token=[redacted]","status":200,"bytesIn":420,"bytesOut":5120,"#
        + #""duration":0.001234,"outcome":"disconnected"}"# + "\n")
  }

  @Test func `what is not known is left out`() throws {
    let sink = MemorySink()
    record(target: nil).write(to: sink.makeLog())
    let keys = try #require(try sink.objects().first).keys
    #expect(!keys.contains("principal") && !keys.contains("target") && !keys.contains("outcome"))
    #expect(keys.contains("duration"))
  }

  @Test func `a record does not hold the secret either`() {
    var dumped = ""
    dump(record(target: "/?login=hunter2"), to: &dumped)
    #expect(dumped.contains("login=[redacted]") && !dumped.contains("hunter2"))
  }

  @Test(arguments: hostileTexts)
  func `what a client sends cannot break the access line`(text: String) throws {
    let sink = MemorySink()
    record(target: text).write(to: sink.makeLog())
    #expect(sink.lines.count == 1)
    #expect(!hasLineBreakOrControl(try #require(sink.lines.first).dropLast()))
    _ = try sink.objects()
  }

  @Test func `requests are not logged when info is off`() {
    let sink = MemorySink()
    record(target: nil).write(to: sink.makeLog(minimumLevel: .warning))
    #expect(sink.lines.isEmpty)
  }

  private func record(target: String?) -> RequestRecord {
    var generator = SeededRandom(seed: 1)
    return RequestRecord(
      requestID: .generate(using: &generator), peer: "::1", method: "GET", route: "/", target: target, status: 200,
      bytesIn: 0, bytesOut: 0, duration: .zero)
  }
}
