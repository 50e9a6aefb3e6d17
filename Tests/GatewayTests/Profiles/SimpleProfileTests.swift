import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// `progress`, `complete`, `error`: the body, and that what a record tells can be read back from it.
@Suite struct SimpleProfileTests {
  private static func told(_ script: RunScript) -> [ProfileEvent] {
    Profile.simple.told(script.records, of: RunScript.told)
  }

  @Test func `a step of a tool has everything that pages read`() throws {
    var script = RunScript()
    script.open()
    script.report(.toolProgress) { report in
      (report.tool, report.callID, report.step, report.total) = ("load", "c1", 2, 5)
      (report.message, report.records) = ("Reading.", 40)
    }
    #expect(
      Self.told(script).last?.text
        == #"{"event_id":2,"task_id":"t","event_type":"tool_progress","state":"working","message":"Reading.","#
        + #""final":false,"timestamp":"2026-03-01T09:00:00.750Z","progress":40,"#
        + #""metadata":{"event_type":"tool_progress","agent":"checker","tool_name":"load","tool_call_id":"c1","#
        + #""step":2,"total":5,"record_count":40}}"#)
  }

  @Test func `the last event has the decision, and its confidence`() throws {
    var script = RunScript()
    script.open()
    try script.decide(#"{"determination":"ESCALATE","genuine_alert_confidence":91,"false_positive_confidence":0}"#)
    script.status(.completed, "ESCALATE")
    let told = Self.told(script)
    #expect(told.map(\.name) == ["progress", "progress", "complete"])
    let last = try #require(told.last?.json)
    #expect(last["decision"]?["determination"]?.string == "ESCALATE" && last["confidence"]?.int == 91)
    #expect(last["final"]?.bool == true && last["state"]?.string == "completed")
    // Before the end it is a result among others: the last event has it, so that nobody has to ask again.
    #expect(told[1].json?["decision"] == nil && told[1].json?["metadata"]?["artifact"]?.string == "Decision")
  }

  @Test(arguments: [(TaskState.failed, "It broke."), (.rejected, "Not mine."), (.canceled, "Stopped.")])
  func `what is no success is an error that says why`(_ state: TaskState, _ why: String) throws {
    var script = RunScript()
    script.open()
    script.status(state, why)
    let last = try #require(Self.told(script).last)
    #expect(last.name == "error" && last.json?["error"]?.string == why && last.json?["task_id"]?.string == "t")
    #expect(last.json?["state"]?.string == state.word && last.json?["final"]?.bool == true)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `everything that is told can be read back`(_ seed: UInt64) throws {
    let script = try GeneratedRun(seed: seed).script
    var reader = CanonicalReader(RunScript.told)
    let events = script.records.flatMap { reader.take($0) }
    let told = Self.told(script)
    #expect(told.count == events.count)
    for (number, (event, body)) in zip(events, told.compactMap(\.json)).enumerated() {
      #expect(SimpleBody(body) == SimpleBody(event, number: number + 1))
    }
  }
}

/// What a client of `simple` knows of an event.
private struct SimpleBody: Equatable {
  var number: Int
  var type: String
  var state: String?
  var message: String?
  var isFinal: Bool?
  var time: Int64?
  var tool: String?
  var callID: String?
  var step: Int?
  var total: Int?
  var records: Int?
  var duration: Int?
  var summary: String?
  var error: String?
  var agent: String?

  init(_ event: CanonicalEvent, number: Int) {
    self.number = number
    type = event.name ?? event.type.rawValue
    (state, message, isFinal, time) = (event.state.word, event.words, event.isFinal, event.time)
    (tool, callID, step, total) = (event.tool, event.callID, event.step, event.total)
    (records, duration) = (event.records, event.durationMilliseconds)
    (summary, error, agent) = (event.summary.map { String($0.prefix(500)) }, event.error, event.agent)
  }

  init(_ body: JSONValue) {
    number = body["event_id"]?.int.map(Int.init) ?? 0
    type = body["event_type"]?.string ?? ""
    (state, message, isFinal) = (body["state"]?.string, body["message"]?.string, body["final"]?.bool)
    time = body["timestamp"]?.string.flatMap(Timestamp.init)?.millisecondsSince1970
    let metadata = body["metadata"]
    (tool, callID) = (metadata?["tool_name"]?.string, metadata?["tool_call_id"]?.string)
    (step, total) = (metadata?["step"]?.int.map(Int.init), metadata?["total"]?.int.map(Int.init))
    (records, duration) = (metadata?["record_count"]?.int.map(Int.init), metadata?["duration_ms"]?.int.map(Int.init))
    (summary, error) = (metadata?["result_summary"]?.string, metadata?["error"]?.string)
    agent = metadata?["agent"]?.string
  }
}
