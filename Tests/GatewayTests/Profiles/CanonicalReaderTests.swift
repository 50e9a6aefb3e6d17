import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// What is read from records, before any vocabulary has it.
@Suite struct CanonicalReaderTests {
  private static func read(_ script: RunScript) -> (events: [CanonicalEvent], story: CanonicalStory) {
    var reader = CanonicalReader(RunScript.told)
    let events = script.records.flatMap { reader.take($0) }
    return (events, reader.story)
  }

  @Test func `an event has all that its report says`() throws {
    var script = RunScript()
    script.open()
    script.report(.toolProgress) { report in
      (report.tool, report.callID, report.step, report.total) = ("load", "c1", 2, 5)
      (report.message, report.phase, report.records) = ("Reading.", "data", 40)
      (report.agent, report.agentTask) = ("loader", "l1")
    }
    let event = try #require(Self.read(script).events.last)
    #expect(event.type == .toolProgress && event.seq == 3 && event.id == "t-3" && event.time == 1_772_355_600_750)
    #expect(event.tool == "load" && event.callID == "c1" && event.step == 2 && event.total == 5)
    #expect(event.message == "Reading." && event.phase == "data" && event.records == 40)
    #expect(event.agent == "loader" && event.agentTask == "l1" && event.state == .working && !event.isFinal)
  }

  @Test func `tools that run at the same time are kept apart, also without ids`() {
    var script = RunScript()
    script.open()
    script.report(.toolStarted) { $0.tool = "a" }
    script.report(.toolStarted) { $0.tool = "b" }
    script.report(.toolStarted) { $0.tool = "a" }
    script.report(.toolCompleted) { $0.tool = "a" }
    script.report(.toolCompleted) { $0.callID = "call-2" }
    script.report(.toolFailed) { $0.tool = "a" }
    let ends = Self.read(script).events.suffix(3)
    #expect(ends.map(\.callID) == ["call-1", "call-2", "call-3"])
    #expect(ends.map(\.tool) == ["a", "b", "a"])
    #expect(ends.map(\.durationMilliseconds) == [750, 750, 750])
  }

  @Test func `a question is told once, by the record that has its form`() {
    var script = RunScript()
    script.open()
    script.status(.working)
    script.status(.inputRequired, "Which?")
    script.put(
      .question, #"{"question":"q1","state":"open","kind":"auth","text":"Which?","form":{"prompt":"Which one?"}}"#)
    script.put(.question, #"{"question":"q1","state":"claimed","by":"kim"}"#)
    script.put(.answer, #"{"command":"answer","by":"kim","question":"q1","values":{"x":1}}"#)
    script.status(.working)
    let events = Self.read(script).events
    #expect(events.map(\.type) == [.taskSubmitted, .analysisStarted, .inputRequired, .inputReceived, .progress])
    #expect(events[2].message == "Which one?" && events[2].state == .authRequired)
    #expect(events[3].by == "kim" && events[3].fact("question")?.string == "q1")
    // Of a producer's task there is no such record.
    var producer = RunScript()
    producer.say(.task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))))
    producer.status(.inputRequired, "Which?")
    #expect(Self.read(producer).events.map(\.type) == [.taskSubmitted, .inputRequired])
  }

  @Test func `a pause is told once, whoever says it first`() {
    var script = RunScript()
    script.open()
    script.report(.paused)
    script.put(.verdict, #"{"verdict":"paused","command":"pause","id":"p","by":"kim"}"#)
    script.put(.verdict, #"{"verdict":"resumed","command":"resume","id":"r","by":"kim"}"#)
    script.report(.resumed)
    #expect(Self.read(script).events.map(\.type) == [.taskSubmitted, .paused, .resumed])
  }

  @Test func `an agent's word for its end is none before its state says so`() {
    var script = RunScript()
    script.open()
    script.report(.analysisComplete)
    script.report(.error) { $0.error = "It broke." }
    script.status(.completed, "Done.")
    #expect(Self.read(script).events.map(\.type) == [.taskSubmitted, .stepCompleted, .progress, .taskCompleted])
  }

  @Test func `a snapshot is told as what is new in it`() {
    var script = RunScript()
    script.open()
    var task = AgentTask(id: "t", contextID: "c", status: TaskStatus(.completed))
    task.artifacts = [Artifact(id: "a", parts: [.text("one")]), Artifact(id: "b", parts: [.text("two")])]
    script.artifact(Artifact(id: "a", parts: [.text("one")]))
    script.say(.task(task))
    let events = Self.read(script).events
    #expect(events.map(\.type) == [.taskSubmitted, .artifact, .artifact, .taskCompleted])
    #expect(events.map(\.id) == ["t-2", "t-3", "t-4", "t-4.1"])
    #expect(events[2].artifact?.id == "b")
  }

  @Test(arguments: ProgressReport.Kind.aliases.sorted { $0.key < $1.key }.map { [$0.key, $0.value.name] })
  func `an agent that was written elsewhere is understood`(_ names: [String]) throws {
    var (theirs, ours) = (RunScript(), RunScript())
    theirs.open()
    ours.open()
    try theirs.foreign(#"{"event_type":"\#(names[0])","tool_name":"load","step":1,"total":3}"#)
    // An error of a tool is a failure of that tool.
    let kind = names[1] == "error" ? "tool_failed" : names[1]
    ours.report(.init(kind)) { ($0.tool, $0.step, $0.total) = ("load", 1, 3) }
    let (heard, meant) = (Self.read(theirs).events, Self.read(ours).events)
    #expect(heard.map(\.type) == meant.map(\.type))
    #expect(heard.last?.tool == "load" && heard.last?.step == 1 && heard.last?.total == 3)
  }

  @Test func `what a producer says in no shape of A2A is told as it can be`() {
    var script = RunScript()
    script.put(
      .event,
      #"{"event_type":"tool_complete","tool_name":"load","payload":{"output_summary":"40 rows","duration_seconds":1.5}}"#
    )
    script.put(.event, #"{"text":"Half of it."}"#)
    script.put(.event, #"[1]"#)
    let events = Self.read(script).events
    #expect(events.map(\.type) == [.toolCompleted, .custom])
    #expect(events[0].tool == "load" && events[0].summary == "40 rows" && events[0].durationMilliseconds == 1500)
    #expect(events[1].message == "Half of it.")
  }

  @Test(
    arguments: [
      (
        #"{"determination":"ESCALATE","confidence":12,"genuine_alert_confidence":91,"false_positive_confidence":3}"#, 91
      ),
      (#"{"determination":"CLOSE","confidence":18,"genuine_alert_confidence":18,"false_positive_confidence":72}"#, 72),
      (#"{"determination":"NEEDS_HUMAN_REVIEW","genuine_alert_confidence":51,"false_positive_confidence":39}"#, 51),
      (#"{"determination":"ESCALATE","confidence":0.85}"#, 85),
      (#"{"determination":"ESCALATE","confidence":"high"}"#, nil),
    ] as [(String, Int?)])
  func `confidence is of what the decision says, of 100`(_ decision: String, _ confidence: Int?) throws {
    var script = RunScript()
    script.open()
    try script.decide(decision)
    let story = Self.read(script).story
    #expect(story.confidence == confidence)
    #expect(story.decision?.description == decision)
  }

  @Test func `a task that ends without a word ends all the same, and once`() throws {
    var reader = CanonicalReader(RunScript.told)
    var script = RunScript()
    script.put(.event, #"{"n":1}"#)
    for record in script.records { _ = reader.take(record) }
    #expect(!reader.story.isRun && !reader.story.hasEnded)
    let end = reader.end(as: .failed, at: 5)
    #expect(end.map(\.type) == [.taskFailed] && end.map(\.id) == ["t-1.end"])
    #expect(reader.end(as: .failed, at: 5).isEmpty)
    #expect(CanonicalType(endingAs: .working) == nil)
  }
}
