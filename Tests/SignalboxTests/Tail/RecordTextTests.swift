import A2A
import HTTP
import Testing

@testable import signalbox

struct RecordTextTests {
  private func text(_ data: String, kind: String = "event") throws -> RecordText {
    RecordText(try #require(StreamRecord(StreamText.record(1, seq: 1, kind: kind, data: data).data)))
  }

  private func update(_ status: String, report: String? = nil) -> String {
    let metadata = report.map { #","metadata":{"\#(ProgressReport.extensionURI)":\#($0)}"# } ?? ""
    return #"{"statusUpdate":{"taskId":"t","contextId":"c","status":\#(status)\#(metadata)}}"#
  }

  @Test(arguments: [
    (#"{"task":{"id":"t","status":{"state":"TASK_STATE_SUBMITTED"}}}"#, "submitted", ""),
    (
      #"{"statusUpdate":{"status":{"state":"TASK_STATE_INPUT_REQUIRED","message":{"parts":[{"text":"Which"},{"url":"u"},{"text":"one?"}]}}}}"#,
      "input-required", "Which one?"
    ),
    (
      #"{"artifactUpdate":{"artifact":{"artifactId":"1","name":"verdict","parts":[{"text":"no"}]}}}"#, "artifact",
      "verdict: no"
    ),
    (#"{"artifactUpdate":{"artifact":{"artifactId":"1","parts":[{"raw":"AA=="}]}}}"#, "artifact", "1"),
    (#"{"message":{"role":"ROLE_AGENT","parts":[{"text":"Hello"}]}}"#, "message", "Hello"),
    (#"{"message":"half done"}"#, "event", "half done"), (#"{"n":1}"#, "event", #"{"n":1}"#),
    (#"{"statusUpdate":{}}"#, "status", ""), (#"{"statusUpdate":7}"#, "status", ""), ("[1,2]", "event", "[1,2]"),
  ])
  func `each kind of event has its word and its text`(data: String, label: String, said: String) throws {
    let text = try text(data)
    #expect(text.label == label && text.text == said, "\(text)")
  }

  @Test(arguments: [
    (#"{"type":"tool_started","tool":"screen"}"#, "tool_started", "screen: m"),
    (
      #"{"type":"tool_progress","tool":"screen","step":3,"total":8,"message":"row 7"}"#, "tool_progress",
      "screen 3/8: row 7"
    ),
    (
      #"{"type":"tool_completed","tool":"screen","durationMs":12,"summary":"Two hits."}"#, "tool_completed",
      "screen in 12 ms: Two hits."
    ),
    (#"{"type":"tool_failed","tool":"screen","error":"No data.","summary":"x"}"#, "tool_failed", "screen: No data."),
    (#"{"type":"progress","phase":"read","step":2}"#, "progress", "read 2: m"),
    (#"{"type":"thinking"}"#, "thinking", "m"),
  ])
  func `what an agent reports is told in its words`(report: String, label: String, said: String) throws {
    let status = #"{"state":"TASK_STATE_WORKING","message":{"parts":[{"text":"m"}]}}"#
    let text = try text(update(status, report: report))
    #expect(text.label == label && text.text == said, "\(text)")
    #expect(text.state == "working" && text.report != nil)
  }

  @Test func `a report that is none leaves the update as it is`() throws {
    let text = try text(update(#"{"state":"TASK_STATE_WORKING"}"#, report: #"{"step":"x"}"#))
    #expect(text.label == "working" && text.report == nil)
  }

  @Test func `the gateway's own records have their kind`() throws {
    #expect(try text(#"{"reason":"It broke."}"#, kind: "gap").label == "gap")
    #expect(try text(#"{"reason":"It broke."}"#, kind: "gap").text == "It broke.")
    #expect(try text(#"{"statusUpdate":{"status":{"state":"TASK_STATE_FAILED"}}}"#, kind: "late").state == nil)
  }

  @Test func `no event can write on the terminal, or go on for ever`() throws {
    let hostile = try text(#"{"message":"a\u001b[2J\nb\u202e\u009b"}"#)
    #expect(hostile.text == #"a\u001b[2J b\u202e\u009b"#)
    let long = try text(#"{"message":"\#(String(repeating: "x", count: 10_000))"}"#)
    #expect(long.text.count == 400 && long.text.hasSuffix("x..."))
    #expect(try text(update(#"{"state":"A\u0007\u001bB"}"#)).label == #"a\u0007\u001bb"#)
  }
}
