import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// What lists show of a task, put together event by event.
@Suite struct TaskOutlineTests {
  /// A status with a report, as it stands in the journal.
  private static func event(
    _ type: String, _ members: String = "", state: String = "WORKING", words: String? = nil
  ) -> [UInt8] {
    let message = words.map { #","message":{"parts":[{"text":"\#($0)"}]}"# } ?? ""
    let report = type.isEmpty ? "{}" : #"{"\#(ProgressReport.extensionURI)":{"type":"\#(type)"\#(members)}}"#
    let status = #"{"state":"TASK_STATE_\#(state)"\#(message)}"#
    return Array(#"{"statusUpdate":{"status":\#(status),"metadata":\#(report)}}"#.utf8)
  }

  private static func outline(of events: [[UInt8]]) -> TaskOutline {
    events.reduce(into: TaskOutline()) { outline, event in outline.take(event: event) }
  }

  /// As a task's document tells it.
  private static func document(_ outline: TaskOutline, state: TaskState = .working) -> String {
    let task = StoredTask(
      id: "t", opening: TaskOpening(owner: "kim", tenant: nil, agent: "a"), state: state.word,
      isFinal: state.isTerminal, opened: 0, updated: 0, firstOffset: 1, lastOffset: 1, lastSeq: 1, snapshot: nil,
      outline: outline.memo.body)
    var writer = JSONWriter()
    writer.object { TaskOutline(task.outline).write(of: task, into: &$0) }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `it says what was said last, what the task is about, and which tool runs`() {
    var events = [Self.event("", words: "The alert was read.\\nMore of it.")]
    #expect(Self.document(Self.outline(of: events)) == #"{"message":"The alert was read."}"#)
    events.append(
      Self.event("routing", #","payload":{"alertType":"Insider Trading","kinds":["X"],"symbol":"VELQOR","n":1}"#))
    events.append(Self.event("progress", #","payload":{"secret":"no fact"}"#))
    events.append(Self.event("step_completed", #","phase":"parsed","payload":{"symbol":"OTHER"}"#, words: "Read."))
    let facts = #""facts":{"alertType":"Insider Trading","symbol":"OTHER"}"#
    #expect(Self.document(Self.outline(of: events)) == #"{"message":"Read.",\#(facts)}"#)
    events.append(Self.event("tool_started", #","tool":"news","callId":"1","message":"begins""#, words: "Of the tool."))
    events.append(Self.event("tool_progress", #","tool":"news","callId":"1","step":2,"total":5,"message":"reading""#))
    #expect(
      Self.document(Self.outline(of: events))
        == #"{"message":"Read.",\#(facts),"calls":[{"tool":"news","callId":"1","message":"reading","step":2,"total":5}]}"#
    )
    let end = Self.event("", state: "COMPLETED", words: "ESCALATE")
    #expect(
      Self.document(Self.outline(of: events + [end]), state: .completed) == #"{"message":"ESCALATE",\#(facts)}"#)
  }

  @Test func `the call that is shown is the one that began last and has not ended`() {
    func shown(_ reports: [(String, String)]) -> String? {
      let outline = Self.outline(of: reports.map { Self.event($0, $1) })
      return outline.calls.last.map { "\($0.agent ?? "")/\($0.tool)/\($0.id ?? "") \($0.message)" }
    }
    let one = ("tool_started", #","tool":"a","callId":"1""#)
    let two = ("tool_started", #","tool":"b","callId":"2""#)
    let below = ("tool_started", #","tool":"c","callId":"1","agent":"wash","agentTask":"x""#)
    #expect(shown([one, two]) == "/b/2 ")
    #expect(shown([one, two, ("tool_completed", #","tool":"b","callId":"2""#)]) == "/a/1 ")
    // Agents below may use the same ids.
    #expect(shown([one, below, ("tool_completed", #","callId":"1""#)]) == "wash/c/1 ")
    #expect(shown([one, ("tool_failed", #","callId":"1","error":"no""#)]) == nil)
    #expect(shown([one, ("tool_failed", #","callId":"1","payload":{"retryInMs":50}"#)]) == "/a/1 ")
    #expect(shown([one, ("tool_failed", #","callId":"1","payload":{"retryInMs":50,"denied":true}"#)]) == nil)
    #expect(shown([("tool_progress", #","tool":"late","message":"half""#)]) == "/late/ half")
    // Without ids, the only call of that tool is meant.
    let bare = ("tool_started", #","tool":"a""#)
    let later = [("tool_completed", #","tool":"b","callId":"2""#), ("tool_progress", #","tool":"a","message":"on""#)]
    #expect(shown([bare, two] + later) == "/a/ on")
    #expect(shown([bare, ("tool_completed", #","tool":"a""#)]) == nil)
    let again = [one, ("tool_progress", #","callId":"1","step":4,"total":5,"message":"old""#), one]
    #expect(shown(again) == "/a/1 ", "Another attempt begins with nothing.")
    #expect(Self.outline(of: (1...9).map { Self.event("tool_started", #","callId":"\#($0)""#) }).calls.count == 8)
  }

  @Test func `what came of a command counts before its agent tells of it`() {
    var outline = TaskOutline()
    outline.take(Verdict.Word.paused)
    #expect(outline.isPaused)
    for word in [Verdict.Word.refused, .taken] { outline.take(word) }
    #expect(outline.isPaused)
    outline.take(Verdict.Word.resumed)
    #expect(!outline.isPaused)
  }

  @Test func `places, pauses and ends`() {
    let queued = Self.event("progress", #","payload":{"place":3}"#, state: "SUBMITTED", words: "Waiting for a place.")
    var outline = Self.outline(of: [queued])
    #expect(Self.document(outline, state: .submitted) == #"{"message":"Waiting for a place.","place":3}"#)
    outline.wasHandedOver()
    #expect(outline.place == nil)
    #expect(Self.outline(of: [queued, Self.event("progress", #","payload":{"place":1}"#)]).place == nil)
    let paused = Self.outline(of: [Self.event("paused")])
    #expect(Self.document(paused) == #"{"paused":true}"#)
    #expect(Self.document(Self.outline(of: [Self.event("paused", #","agentTask":"below""#)])) == "{}")
    #expect(Self.document(Self.outline(of: [Self.event("paused"), Self.event("resumed")])) == "{}")
    #expect(Self.document(Self.outline(of: [Self.event("paused"), Self.event("", state: "FAILED")])) == "{}")
    // An operator may have ended what an agent has not.
    #expect(Self.document(paused, state: .canceled) == "{}")
  }

  @Test(arguments: [
    #"{"n":1}"#, "[]", "7", "no json", "{}", #"{"statusUpdate":null}"#, #"{"task":[]}"#, #"{"message":{"parts":7}}"#,
    #"{"statusUpdate":{"status":{"state":7,"message":{"parts":[{"text":7},{}]}},"metadata":{"\#(ProgressReport.extensionURI)":{"type":7,"tool":{}}}}}"#,
    #"{"statusUpdate":{"metadata":{"\#(ProgressReport.extensionURI)":{"type":"tool_started","tool":7,"callId":""}}}}"#,
    #"{"statusUpdate":{"metadata":{"\#(ProgressReport.extensionURI)":{"type":"routing","payload":["x"]}}}}"#,
  ])
  func `whatever a producer sends, what says nothing changes nothing`(event: String) {
    #expect(Self.outline(of: [Array(event.utf8)]) == TaskOutline())
  }

  @Test func `however much is said, it stays small`() throws {
    let long = String(repeating: "e\u{301}\u{302}", count: 5000)
    let facts = (0..<50).map { #""fact \#($0)":"\#(long)""# }.joined(separator: ",")
    var events = [Self.event("routing", #","payload":{\#(facts)}"#, words: long)]
    for call in 0..<50 {
      let names = #","tool":"\#(long)\#(call)","callId":"\#(call)\#(long)""#
      events.append(Self.event("tool_progress", names + #","message":"\#(long)""#))
    }
    let outline = Self.outline(of: events)
    #expect(outline.facts.count == 8 && outline.message.unicodeScalars.count == 200)
    #expect(try #require(outline.memo.body).count < 8192)
  }

  @Test func `what is kept is read as it was, and what cannot be read is nothing`() {
    let events = [
      Self.event("routing", #","payload":{"b":"2","a":"\"quoted\" \\ 1"}"#, words: "Said."), Self.event("paused"),
      Self.event("tool_started", #","tool":"a","agent":"wash""#),
      Self.event("tool_progress", #","callId":"7","step":1,"total":9,"message":"m""#),
      Self.event("progress", #","payload":{"place":2}"#, state: "SUBMITTED"),
    ]
    let outline = Self.outline(of: events)
    #expect(outline.calls.count == 2 && outline.place == 2 && outline.isPaused)
    #expect(TaskOutline(outline.memo.body) == outline)
    for kept in ["", "[]", "nonsense", #"{"facts":7,"calls":{},"message":[],"place":"x","paused":1}"#] {
      #expect(TaskOutline(Array(kept.utf8)) == TaskOutline())
    }
    #expect(TaskOutline(nil) == TaskOutline())
  }
}

@Suite struct OutlineKeepingTests {
  @Test func `what is said, begun or ended is stored at once; how far a call has come, now and then`() {
    var keeping = OutlineKeeping()
    var outline = TaskOutline(message: "Said.")
    func stores(at now: Int64) -> Bool {
      guard keeping.isDue(outline, at: now) else { return false }
      keeping.didStore(outline, at: now)
      return true
    }
    #expect(stores(at: 10) && !stores(at: 5000))
    outline.calls = [.init(tool: "a", id: "1", agent: nil, agentTask: nil)]
    #expect(stores(at: 5000))
    outline.calls[0].step = 1
    outline.calls[0].message = "on"
    #expect(!stores(at: 5999) && stores(at: 6000) && !stores(at: 9000))
    outline.calls[0].step = 2
    outline.message = "More."
    #expect(stores(at: 6001))
    outline.calls.append(.init(tool: "a", id: "2", agent: nil, agentTask: nil))
    #expect(stores(at: 6001))
    outline.calls.remove(at: 0)
    #expect(stores(at: 6001))
    outline.calls = [.init(tool: "a", id: "2", agent: "below", agentTask: nil)]
    #expect(stores(at: 6001))
    outline.facts = [.init(name: "symbol", value: "V")]
    #expect(stores(at: 6001))
    outline.place = 1
    #expect(stores(at: 6001))
    outline.isPaused = true
    #expect(stores(at: 6001))
  }
}

@Suite struct OneLineTests {
  @Test(arguments: [
    ("", ""), (" \n\t\n", ""), ("one", "one"), ("\n  first  line \nsecond", "first line"), ("a\tb\u{7}c", "a b c"),
    ("a\u{202E}b", "ab"), ("a\u{2028}b", "a"), ("a\u{85}b", "a"), ("1234567890", "1234567890"),
    ("12345678901", "123456789…"), ("123456789 1", "123456789…"), ("12345678 9", "12345678 9"),
    ("12345678 90", "12345678 …"), ("ééééééééééé", "ééééééééé…"),
  ])
  func `the first line that says something, up to the limit`(text: String, line: String) {
    #expect(OneLine.first(of: text, limit: 10) == line)
  }
}
