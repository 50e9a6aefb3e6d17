import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// The eight types of a chain of reasoning, with all their fields.
@Suite struct WorkflowProfileTests {
  private static func told(_ script: RunScript) -> [JSONValue] {
    Profile.workflow.told(script.records, of: RunScript.told).compactMap(\.json)
  }

  private static func types(_ script: RunScript) -> [String] { told(script).compactMap { $0["type"]?.string } }

  @Test func `a whole run, each type with its fields`() throws {
    var script = RunScript()
    script.open("Write to Ms Brandt.")
    script.status(.working)
    script.report(.thinking) { ($0.message, $0.phase) = ("Who is she?", "analysis") }
    script.report(.thinking) { report in
      report.message = "I look her up."
      report.payload = try? JSONValue(parsing: #"{"action":"lookup","action_input":{"name":"Brandt"}}"#)
    }
    script.report(.toolStarted) { report in
      (report.tool, report.callID, report.message) = ("lookup", "c1", "Looks up a client.")
      report.input = try? JSONValue(parsing: #"{"name":"Brandt"}"#)
    }
    script.report(.toolCompleted) { report in
      (report.tool, report.callID, report.durationMilliseconds) = ("lookup", "c1", 120)
      report.summary = String(repeating: "ö", count: 600)
    }
    script.report(.toolStarted) { ($0.tool, $0.callID) = ("send", "c2") }
    script.report(.toolFailed) { ($0.tool, $0.callID, $0.error) = ("send", "c2", "No mail server.") }
    script.artifact(Artifact(id: "r", parts: [.text("Dear Ms Brandt,")], name: "final_response"))
    script.status(.completed, "Written.")
    let output = String(repeating: "ö", count: 500)
    func event(_ type: String, _ time: String, _ rest: String) -> String {
      #"{"type":"\#(type)","workflow_id":"wf_t","timestamp":"2026-03-01T09:00:0\#(time)Z",\#(rest)}"#
    }
    let expected = [
      event("workflow_started", "0.750", #""initial_prompt":"Write to Ms Brandt.","agent_type":"checker""#),
      event("agent_thinking", "1.000", #""thinking":"Who is she?","planning_stage":"analysis""#),
      event(
        "reasoning_step", "1.250",
        #""step_id":"t-5","thought":"I look her up.","action":"lookup","action_input":{"name":"Brandt"},"step_number":1"#
      ),
      event(
        "tool_start", "1.500",
        #""tool_name":"lookup","tool_call_id":"c1","tool_input":{"name":"Brandt"},"description":"Looks up a client.""#),
      event(
        "tool_end", "1.750",
        #""tool_name":"lookup","tool_call_id":"c1","tool_output":"\#(output)","success":true,"execution_time_ms":120"#),
      event("tool_start", "2.000", #""tool_name":"send","tool_call_id":"c2","tool_input":{}"#),
      event(
        "tool_end", "2.250",
        #""tool_name":"send","tool_call_id":"c2","success":false,"error_message":"No mail server.","execution_time_ms":250"#
      ),
      event(
        "workflow_completed", "2.750",
        #""final_response":"Dear Ms Brandt,","total_steps":1,"execution_time_ms":2500,"tools_used":["lookup","send"]"#),
    ]
    let told = Self.told(script).map(\.description)
    #expect(told.count == expected.count)
    for (heard, meant) in zip(told, expected) { #expect(heard == meant) }
  }

  @Test func `how far the words had come is what the work has said, not what people have`() {
    var script = RunScript()
    script.submit()
    script.open()
    script.status(.working, "Half of it.")
    script.put(
      .answer,
      #"{"command":"answer","by":"olaf","message":{"messageId":"m","role":"ROLE_USER","parts":[{"text":"Yes."}]}}"#)
    script.put(.command, #"{"command":"cancel","by":"olaf","why":"Never mind."}"#)
    script.status(.canceled)
    #expect(Self.told(script).last?["partial_response"]?.string == "Half of it.")
  }

  @Test func `a workflow has begun before anything else is told of it, and once, however its agent begins`() {
    var script = RunScript()
    script.open()
    script.report(.routing) { $0.message = "To the one who knows." }
    script.report(.analysisStarted) { $0.message = "Reading." }
    script.report(.analysisStarted) { $0.message = "Reading it again." }
    #expect(Self.types(script) == ["workflow_started", "agent_thinking", "agent_thinking", "agent_thinking"])
    var late = RunScript()
    late.open()
    late.status(.failed, "Nobody is there.")
    #expect(Self.types(late) == ["workflow_started", "workflow_error"])
  }

  @Test func `an error keeps what was written so far, and says what to do`() throws {
    var script = RunScript()
    script.open()
    script.artifact(Artifact(id: "w", parts: [.text("Dear ")]), append: true, ProgressReport(.modelChunk))
    script.artifact(Artifact(id: "w", parts: [.text("Ms")]), append: true, ProgressReport(.modelChunk))
    script.add(RunRecords.failure(.agentUnavailable, "It cannot be reached.", task: "t", context: "c", at: 0))
    let last = try #require(Self.told(script).last)
    #expect(last["type"]?.string == "workflow_error" && last["error_type"]?.string == "AGENT_UNAVAILABLE")
    #expect(last["error_message"]?.string == "It cannot be reached." && last["partial_response"]?.string == "Dear Ms")
    #expect(last["recovery_suggestion"]?.string?.hasPrefix("Try again") == true)
  }

  @Test(arguments: RunFailure.allCases)
  func `each way in which the gateway ends a task has a suggestion`(_ failure: RunFailure) {
    var event = CanonicalEvent(.taskFailed, task: "t", seq: 1, time: 0, state: .failed)
    event.code = failure.rawValue
    #expect(event.recoverySuggestion?.isEmpty == false)
  }

  @Test func `the answer is the agent's last word where no artifact is, and a page is none`() throws {
    var script = RunScript()
    script.open()
    script.artifact(Artifact(id: "p", parts: [Part(.text("<html>"), mediaType: "text/html")]))
    script.status(.completed, "Done.")
    #expect(Self.told(script).last?["final_response"]?.string == "Done.")
    var silent = RunScript()
    silent.open()
    silent.artifact(Artifact(id: "p", parts: [.text("The letter.")]))
    silent.status(.completed)
    #expect(Self.told(silent).last?["final_response"]?.string == "The letter.")
  }

  @Test func `a sign of life is one of the eight types`() {
    let beat = Profile.workflow.telling(of: RunScript.told).heartbeat(at: 0)
    #expect(
      beat?.text
        == #"{"type":"heartbeat","workflow_id":"wf_t","timestamp":"1970-01-01T00:00:00.000Z","status":"processing"}"#)
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `tools, thoughts and ends can be read back`(_ seed: UInt64) throws {
    let script = try GeneratedRun(seed: seed).script
    var reader = CanonicalReader(RunScript.told)
    let events = script.records.flatMap { reader.take($0) }
    let told = Self.told(script)
    let heard = { (type: String) in told.filter { $0["type"]?.string == type } }
    let started = events.filter { $0.type == .toolStarted }
    #expect(heard("tool_start").map { $0["tool_call_id"]?.string } == started.map(\.callID))
    let ended = events.filter { $0.type == .toolCompleted || $0.type == .toolFailed }
    #expect(heard("tool_end").map { $0["tool_name"]?.string ?? "" } == ended.map { $0.tool ?? "" })
    #expect(heard("tool_end").map { $0["success"]?.bool } == ended.map { $0.type == .toolCompleted })
    let steps = heard("reasoning_step")
    #expect(steps.map { $0["thought"]?.string } == events.filter(\.isStep).map(\.words))
    #expect(steps.map { $0["step_number"]?.int } == (0..<steps.count).map { Int64($0 + 1) })
    #expect(heard("workflow_completed").count == events.count { $0.type == .taskCompleted })
    #expect(heard("workflow_error").count == events.count { $0.type.isFinal && $0.type != .taskCompleted })
  }
}
