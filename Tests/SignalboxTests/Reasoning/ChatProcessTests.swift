import A2A
import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// A conversation through the demo's gateway with the agent that answers questions: processes, certificates, and the reference data.
@Suite(.surveillanceStage(), .timeLimit(.minutes(3)))
struct ChatProcessTests {
  /// Says something with curl, as a page's program would, and gives the events of the answer.
  private func chat(_ body: String) async throws -> [JSONValue] {
    let output = try await curl(["-N", "-H", "Content-Type: application/json", "-d", body], "/chat")
    return output.split(separator: "\n").filter { $0.hasPrefix("data: ") }.compactMap {
      try? JSONValue(parsing: String($0.dropFirst(6)))
    }
  }

  private func curl(_ options: [String], _ path: String) async throws -> String {
    let ready = try SurveillanceStage.current.ready
    func text(_ value: JSONValue?) throws -> String { try #require(value?.string) }
    let shown = [
      "--cacert", try text(ready["ca"]), "--cert", try text(ready["operator"]?["cert"]), "--key",
      try text(ready["operator"]?["key"]),
    ]
    return try await RunningProgram.curl(shown + options + [try text(ready["url"]) + path]).output
  }

  private func last(_ events: [JSONValue]) -> String? { events.last?["final_response"]?.string }

  @Test func `a question is answered from the data, step by step`() async throws {
    let events = try await chat(#"{"message":"Who owns the account A-9152, and who is related to it?"}"#)
    let types = events.compactMap { $0["type"]?.string }
    #expect(types.first == "workflow_started" && types.last == "workflow_completed", "\(types)")
    #expect(Set(types).isSuperset(of: ["agent_thinking", "reasoning_step", "tool_start", "tool_end"]))
    #expect(last(events)?.contains("belongs to Ulmo Paskane (O-9150") == true, "\(last(events) ?? "")")
    #expect(last(events)?.contains("A-9151") == true)
    let starts = events.filter { $0["type"]?.string == "tool_start" }
    #expect(Set(starts.compactMap { $0["tool_name"]?.string }) == ["look_up", "relationships"])

    let id = try #require(events.first?["workflow_id"]?.string)
    let document = try JSONValue(parsing: try await curl([], "/api/workflows/\(id)"))
    #expect(document["status"]?.string == "COMPLETED" && document["final_response"]?.string == last(events))
    #expect(document["tool_calls"]?.count == 2)
    let artifact = try await SurveillanceStage.current.done(String(id.dropFirst(3))).task["artifacts"]?[0]
    #expect(artifact?["artifactId"]?.string == "answer")
    #expect(artifact?["parts"]?[1]?["data"]?["evidence"]?.count == 2)
  }

  @Test func `whom it means is asked, and answered in the conversation`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin(["submit", "reasoning", "Which trades had Ivernoza?"])
    let question = try await stage.question(task)
    #expect(question["form"]?["prompt"]?.string?.contains("Ivernoza") == true, "\(question)")
    let events = try await chat(#"{"message":"T-9140","workflow_id":"wf_\#(task)"}"#)
    #expect(last(events)?.contains("T-9140 (Hana Ivernoza)") == true, "\(events.last?.description ?? "nothing")")
    #expect(last(events)?.contains("WT4-001") == true)
    let later = try await chat(#"{"message":"Who is related to her?","workflow_id":"wf_\#(task)"}"#)
    #expect(last(later)?.contains("spouse") == true, "\(last(later) ?? "nothing")")
  }

  @Test func `its task can be cancelled, listed and tailed like any other`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin(["submit", "reasoning", "Which trades had Ivernoza?"])
    _ = try await stage.question(task)
    let cancel = try await stage.run("cancel", task, "--wait")
    #expect(cancel.status == 0, "\(cancel.errors)")
    let story = try await stage.story(task)
    #expect(story.ends == ["TASK_STATE_CANCELED"] && story.artifacts.isEmpty)
    let status = try JSONValue(parsing: try await curl([], "/api/workflows/wf_\(task)/status"))
    #expect(status["status"]?.string == "FAILED" && status["has_final_response"]?.bool == false)
  }
}
