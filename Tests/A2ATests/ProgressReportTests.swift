import A2A
import JSON
import Testing

struct ProgressReportTests {
  @Test func `a report is one member of the metadata, beside the others`() throws {
    var report = ProgressReport(.toolProgress)
    report.title = "Insider dealing alert"
    (report.tool, report.callID, report.step, report.total) = ("load", "c1", 2, 5)
    (report.message, report.phase, report.durationMilliseconds, report.records) = ("Loading", "data", 120, 7)
    report.payload = try parsed(#"{"x":1}"#)
    let written =
      #"{"type":"tool_progress","tool":"load","callId":"c1","step":2,"total":5,"message":"Loading","#
      + #""title":"Insider dealing alert","phase":"data","durationMs":120,"records":7,"payload":{"x":1}}"#
    let uri = ProgressReport.extensionURI
    #expect(report.metadata().description == #"{"\#(uri)":\#(written)}"#)
    let other = try parsed(#"{"a":1,"\#(uri)":"old","b":[]}"#)
    #expect(report.metadata(beside: other).description == #"{"a":1,"b":[],"\#(uri)":\#(written)}"#)
  }

  @Test(arguments: 1...100 as ClosedRange<UInt64>)
  func `what is reported is read back`(_ seed: UInt64) {
    var generator = Generator(seed: seed)
    var report = ProgressReport(.init("kind " + generator.text()))
    report.tool = generator.maybe { $0.text() }
    report.callID = generator.maybe { $0.text() }
    report.step = generator.maybe { $0.number() }
    report.total = generator.maybe { $0.number() }
    report.message = generator.maybe { $0.text() }
    report.title = generator.maybe { $0.text() }
    report.phase = generator.maybe { $0.text() }
    report.durationMilliseconds = generator.maybe { $0.number() }
    report.records = generator.maybe { $0.number() }
    report.input = generator.maybe { $0.object() }
    report.summary = generator.maybe { $0.text() }
    report.error = generator.maybe { $0.text() }
    report.payload = generator.maybe { $0.object() }
    let other = generator.maybe { $0.object() }
    #expect(ProgressReport(metadata: report.metadata(beside: other)) == report)
  }

  @Test(arguments: [
    "{}", "null", "[]", #""https://signalbox.dev/a2a/extensions/progress/v1""#, #"{"URI":null}"#, #"{"URI":"x"}"#,
    #"{"URI":{}}"#, #"{"URI":{"type":7}}"#, #"{"URI":{"type":"routing","step":-1}}"#,
    #"{"URI":{"type":"routing","tool":{}}}"#,
  ])
  func `a malformed report is none`(_ json: String) throws {
    let metadata = try parsed(json.split(separator: "URI").joined(separator: ProgressReport.extensionURI))
    #expect(ProgressReport(metadata: metadata) == nil)
  }

  @Test func `without metadata there is no report`() {
    #expect(ProgressReport(metadata: nil) == nil)
  }
}
