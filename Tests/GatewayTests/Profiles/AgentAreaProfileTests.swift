import A2A
import JSON
import Journal
import Testing

@testable import Gateway

/// `WorkflowStarted` and its like.
@Suite struct AgentAreaProfileTests {
  private static func told(_ script: RunScript) -> [ProfileEvent] {
    Profile.agentarea.told(script.records, of: RunScript.told)
  }

  @Test func `an event says its type twice, and whose it is`() throws {
    var script = RunScript()
    script.open("Look.")
    script.status(.working)
    script.report(.modelStarted) { report in
      report.message = "Asking."
      report.payload = try? JSONValue(parsing: #"{"model":"m-1","estimated_cost":0.02}"#)
    }
    let told = Self.told(script)
    #expect(told.map(\.name) == ["task_created", "WorkflowStarted", "WorkflowLLMCallStarted"])
    for event in told { #expect(event.json?["event_type"]?.string == event.name) }
    #expect(
      told.last?.text
        == #"{"event_type":"WorkflowLLMCallStarted","event_id":"t-4","timestamp":"2026-03-01T09:00:01.000Z","#
        + #""data":{"task_id":"t","agent_id":"checker","execution_id":"task-t","iteration":0,"message":"Asking.","#
        + #""model":"m-1","estimated_cost":0.02}}"#)
    #expect(told[1].json?["data"]?["query"]?.string == "Look.")
    #expect(Set(told.map { $0.json?["event_id"]?.string }).count == 3)
  }

  @Test func `budgets, tools, questions and results have their fields`() throws {
    var script = RunScript()
    script.open()
    script.status(.working)
    script.report(.budgetWarning) { report in
      report.payload = try? JSONValue(parsing: #"{"usage_percentage":81.5,"cost":8.15,"limit":10}"#)
    }
    script.report(.toolStarted) { ($0.tool, $0.callID) = ("load", "c1") }
    script.report(.toolCompleted) { ($0.callID, $0.summary) = ("c1", "40 rows") }
    script.put(
      .question,
      #"{"question":"q1","state":"open","kind":"auth","text":"May I?","deadline":"2026-03-01T10:00:00.000Z"}"#)
    script.put(.answer, #"{"command":"answer","by":"kim","question":"q1","values":{"ok":true}}"#)
    script.artifact(Artifact(id: "r", parts: [.text("The result.")]))
    script.status(.completed, "Done.")
    let told = Self.told(script).suffix(7)
    let data = told.compactMap { $0.json?["data"] }
    #expect(
      told.map(\.name) == [
        "WorkflowBudgetWarning", "WorkflowToolCallStarted", "WorkflowToolCallCompleted", "HumanApprovalRequested",
        "HumanApprovalReceived", "TaskArtifactAdded", "WorkflowCompleted",
      ])
    #expect(data[0]["usage_percentage"]?.double == 81.5 && data[0]["limit"]?.int == 10)
    #expect(data[2]["tool_name"]?.string == "load" && data[2]["result"]?.string == "40 rows")
    #expect(data[2]["success"]?.bool == true && data[2]["duration_ms"]?.int == 250)
    #expect(data[3]["question_id"]?.string == "q1" && data[3]["status"]?.string == "waiting_for_approval")
    #expect(data[4]["by"]?.string == "kim" && data[4]["values"]?["ok"]?.bool == true)
    #expect(data[5]["artifact"]?["parts"]?[0]?["text"]?.string == "The result.")
    #expect(data[6]["final_response"]?.string == "Done." && data[6]["success"]?.bool == true)
  }

  @Test func `calls of a model say what they used and cost, why they failed, and the end says what it all cost`() throws
  {
    var script = RunScript()
    script.open()
    script.status(.working)
    script.report(.modelCompleted) { report in
      report.payload = try? JSONValue(parsing: #"{"model":"m","usage":{"total_tokens":9,"estimated":true},"cost":0.1}"#)
      report.durationMilliseconds = 850
    }
    script.report(.modelFailed) { report in
      report.payload = try? JSONValue(parsing: #"{"class":"rate","retryable":true,"retry_after":7,"cost":0.2}"#)
    }
    script.report(.modelFailed) { report in
      report.payload = try? JSONValue(parsing: #"{"is_auth_error":true,"class":"of its own","cost":"much"}"#)
    }
    script.report(.budgetExceeded) { report in
      report.message = "It is used up."
      report.payload = try? JSONValue(parsing: #"{"usage_percentage":101.25,"cost":0.3,"limit":0.29}"#)
    }
    script.status(.completed, "Done.")
    let told = Self.told(script).suffix(5)
    #expect(
      told.map(\.name) == [
        "WorkflowLLMCallCompleted", "LLMCallFailed", "LLMCallFailed", "WorkflowBudgetExceeded", "WorkflowCompleted",
      ])
    let data = told.compactMap { $0.json?["data"] }
    #expect(data[0]["usage"]?["estimated"]?.bool == true && data[0]["cost"]?.double == 0.1)
    #expect(data[0]["duration_ms"]?.int == 850)
    #expect(data[1]["is_rate_limit_error"]?.bool == true && data[1]["is_auth_error"]?.bool == false)
    #expect(data[1]["retry_after"]?.int == 7 && data[1]["cost"]?.double == 0.2)
    #expect(data[2]["is_auth_error"]?.bool == true && data[2]["is_rate_limit_error"]?.bool == false)
    #expect(data[3]["message"]?.string == "It is used up." && data[3]["usage_percentage"]?.double == 101.25)
    #expect(data[3]["cost"]?.double == 0.3 && data[3]["limit"]?.double == 0.29)
    // Neither 0.30000000000000004 nor what is no number.
    #expect(data[4]["total_cost"]?.double == 0.3)
  }

  /// Names that were compared letter by letter let streams of the original hang.
  @Test(arguments: [
    (TaskState.completed, "WorkflowCompleted"), (.failed, "WorkflowFailed"), (.rejected, "WorkflowFailed"),
    (.canceled, "WorkflowCancelled"),
  ])
  func `each end is an end`(_ state: TaskState, _ name: String) throws {
    var script = RunScript()
    script.open()
    script.status(state, "Over.")
    var telling = Profile.agentarea.telling(of: RunScript.told)
    let told = script.records.flatMap { telling.take($0) }
    #expect(telling.isOver && told.last?.name == name)
    #expect(told.last?.json?["data"]?["status"]?.string == state.word)
    #expect((told.last?.json?["data"]?["error"] == nil) == (state == .completed))
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func `everything that is carried can be read back`(_ seed: UInt64) throws {
    let script = try GeneratedRun(seed: seed).script
    var reader = CanonicalReader(RunScript.told)
    let events = script.records.flatMap { reader.take($0) }.filter {
      if case .told = AgentAreaVocabulary.carriage(of: $0.type) { true } else { false }
    }
    // The first sign of work is told as the beginning, and as itself where it is something else.
    let told = Self.told(script).filter { $0.json?["event_id"]?.string?.hasSuffix(".start") != true }
    let first = events.firstIndex { $0.type != .taskSubmitted }
    let meant = events.enumerated().filter { $0.offset != first || $0.element.type != .analysisStarted }.map(\.element)
    #expect(told.count == meant.count)
    for (event, heard) in zip(meant, told.compactMap(\.json)) {
      let data = heard["data"]
      #expect(heard["event_id"]?.string == event.id)
      #expect(heard["timestamp"]?.string.flatMap(Timestamp.init)?.millisecondsSince1970 == event.time)
      if event.type != .modelChunk { #expect(data?["message"]?.string == event.words) }
      guard event.type.rawValue.hasPrefix("tool_") else { continue }
      #expect(data?["tool_name"]?.string == event.tool && data?["tool_call_id"]?.string == event.callID)
      #expect(data?["step"]?.int.map(Int.init) == event.step && data?["error"]?.string == event.error)
    }
  }
}
