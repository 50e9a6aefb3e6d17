import JSON
import Testing

@testable import signalbox

struct RecordLinesTests {
  private func record(_ time: String, seq: Int, task: String = "t-1") throws -> StreamRecord {
    let json =
      #"{"offset":1,"task":"\#(task)","seq":\#(seq),"time":"\#(time)","kind":"event","origin":"a","#
      + #""data":{"message":"half done"}}"#
    return try #require(StreamRecord(Array(json.utf8)))
  }

  private func lines(_ lines: inout RecordLines, _ record: StreamRecord) -> [String] {
    lines.lines(record, RecordText(record))
  }

  @Test func `a record is a line, and the day is said when it changes`() throws {
    var printer = RecordLines(showsTask: false)
    let first = lines(&printer, try record("2026-11-21T07:49:27.123Z", seq: 1))
    #expect(first == ["-- 2026-11-21 (UTC)", "07:49:27     1  event            half done"])
    #expect(lines(&printer, try record("2026-11-21T23:59:59.999Z", seq: 2)).count == 1)
    #expect(
      lines(&printer, try record("2026-11-22T00:00:00.000Z", seq: 10_000)) == [
        "-- 2026-11-22 (UTC)", "00:00:00  10000  event            half done",
      ])
  }

  @Test func `where there are several tasks, each line says whose it is`() throws {
    var printer = RecordLines(showsTask: true)
    let found = lines(&printer, try record("2026-11-21T07:49:27.123Z", seq: 1, task: #"t\u001b"#))
    #expect(found.last == #"07:49:27  t\u001b     1  event            half done"#)
  }

  @Test func `a time that is none is shown as it is`() throws {
    var printer = RecordLines(showsTask: false)
    #expect(lines(&printer, try record("noon", seq: 1)) == ["noon     1  event            half done"])
  }

  @Test func `how a task stands is a line, too`() throws {
    let json = try JSONValue(parsing: #"{"id":"t-1","state":"working","final":false,"title":"Look\ninto it"}"#)
    let task = try #require(TaskSummary(json))
    #expect(RecordLines(showsTask: false).line(task) == "now  t-1  working          Look into it")
  }
}
