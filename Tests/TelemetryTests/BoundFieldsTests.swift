import Telemetry
import Testing

struct BoundFieldsTests {
  @Test func `bound fields come before those of the line`() {
    #expect(
      members { $0.with("request", "1").with(["peer": "a", "tls": true]).info("m", ["status": 200]) }
        == #""request":"1","peer":"a","tls":true,"status":200"#)
  }

  @Test func `a handle does not change the one it was made from`() {
    #expect(
      members { log in
        _ = log.with("request", "1")
        log.info("m", ["status": 200])
      } == #""status":200"#)
  }

  @Test func `of several fields with one name the newest is written`() {
    #expect(members { $0.with("a", 1).with("a", 2).info("m") } == #""a":2"#)
    #expect(members { $0.with("a", 1).with("b", 2).info("m", ["a": 3, "c": 4]) } == #""b":2,"a":3,"c":4"#)
    #expect(members { $0.info("m", ["a": 1, "b": 2, "a": 3]) } == #""b":2,"a":3"#)
  }

  @Test func `the reserved names cannot be taken`() {
    #expect(
      members { $0.with("level", "none").info("m", ["time": 0, "message": "forged"]) }
        == #""level_":"none","time_":0,"message_":"forged""#)
    #expect(members { $0.info("m", ["time": 0, "time_": 1]) } == #""time_":1"#)
  }

  /// The members behind time, level and message.
  private func members(_ write: (Log) -> Void) -> String {
    let sink = MemorySink()
    write(sink.makeLog())
    let head = #"{"time":"2026-11-21T07:40:00.123Z","level":"info","message":"m","#
    #expect(sink.text.hasPrefix(head))
    return String(sink.text.dropFirst(head.count).dropLast(2))
  }
}
