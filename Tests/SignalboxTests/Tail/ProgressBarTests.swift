import A2A
import HTTP
import Testing

@testable import signalbox

struct ProgressBarTests {
  private func take(_ bar: inout ProgressBar, _ report: String?, state: String = "WORKING", task: String = "t") throws {
    let metadata = report.map { #","metadata":{"\#(ProgressReport.extensionURI)":\#($0)}"# } ?? ""
    let data = #"{"statusUpdate":{"status":{"state":"TASK_STATE_\#(state)"}\#(metadata)}}"#
    let record = try #require(StreamRecord(StreamText.record(1, task: task, seq: 1, data: data).data))
    bar.take(record, RecordText(record))
  }

  @Test func `steps fill the bar`() throws {
    var bar = ProgressBar(showsTask: false)
    try take(&bar, nil)
    #expect(bar.text == nil)
    try take(&bar, #"{"type":"tool_progress","tool":"screen","step":1,"total":4,"message":"row 7"}"#)
    #expect(bar.text == "[#####...............] 25%  screen 1/4  row 7")
    try take(&bar, #"{"type":"tool_progress","tool":"screen","step":4,"total":4}"#)
    #expect(bar.text == "[####################] 100%  screen 4/4")
  }

  @Test func `a tool that is done fills its own bar, and no other one`() throws {
    var bar = ProgressBar(showsTask: true)
    try take(&bar, #"{"type":"tool_progress","tool":"screen","step":1,"total":3}"#)
    #expect(bar.text == "[######..............] 33%  t screen 1/3")
    try take(&bar, #"{"type":"tool_completed","tool":"other","summary":"Done."}"#)
    #expect(bar.text == "[######..............] 33%  t screen 1/3")
    try take(&bar, #"{"type":"tool_completed","tool":"screen","summary":"Done."}"#)
    #expect(bar.text == "[####################] 100%  t screen 3/3  Done.")
  }

  @Test(arguments: [(0, 5, "0%"), (9, 5, "100%"), (1, 3, "33%"), (Int(Int32.max), Int(Int32.max), "100%")])
  func `no step is too far`(step: Int, total: Int, percent: String) throws {
    var bar = ProgressBar(showsTask: false)
    try take(&bar, #"{"type":"progress","phase":"p","step":\#(step),"total":\#(total)}"#)
    #expect(bar.text?.contains("] \(percent)  p") == true, "\(bar.text ?? "none")")
    #expect(bar.text?.prefix { $0 != "]" }.count == 21)
  }

  @Test func `of no steps at all there is no bar`() throws {
    var bar = ProgressBar(showsTask: false)
    try take(&bar, #"{"type":"progress","step":0,"total":0}"#)
    #expect(bar.text == nil)
  }

  @Test(arguments: ["COMPLETED", "FAILED", "CANCELED", "REJECTED"])
  func `the end of its task takes it away`(state: String) throws {
    var bar = ProgressBar(showsTask: true)
    try take(&bar, #"{"type":"progress","step":1,"total":2}"#)
    try take(&bar, nil, state: state, task: "another")
    #expect(bar.text != nil)
    try take(&bar, nil, state: state)
    #expect(bar.text == nil)
  }
}
