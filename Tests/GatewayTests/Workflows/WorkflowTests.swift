import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// What programs read of workflows, request by request.
@Suite(.timeLimit(.minutes(3)))
struct WorkflowTests {
  @Test func `a completed workflow has its chain of reasoning, its tools and its answer`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("think hard")
      #expect(await reader.finish())
      let document = try await scene.document(reader.workflow)
      #expect(
        document.members.map(\.key) == [
          "workflow_id", "status", "created_at", "updated_at", "state", "agent_type", "initial_prompt",
          "reasoning_chain", "tool_calls", "tools_used", "total_steps", "final_response", "execution_time_ms",
        ])
      #expect(document["workflow_id"]?.string == reader.workflow && document["status"]?.string == "COMPLETED")
      #expect(document["state"]?.string == "completed" && document["agent_type"]?.string == "reasoning")
      #expect(document["initial_prompt"]?.string == "think hard" && document["final_response"]?.string == "It is 42.")
      // The same steps as the stream's.
      let chain = try #require(document["reasoning_chain"])
      let told = try #require(reader.all("reasoning_step").first)
      #expect(chain.count == 1 && chain[0]?["step_id"]?.string == told["step_id"]?.string)
      #expect(
        chain[0]?.members.map(\.key) == [
          "timestamp", "step_id", "thought", "action", "action_input", "step_number",
        ])
      let calls = try #require(document["tool_calls"])
      #expect(calls.count == 2 && calls[0]?["tool_input"]?["number"]?.int == 1)
      #expect(calls[0]?["success"]?.bool == true && calls[1]?["success"]?.bool == false)
      #expect(calls[1]?["error_message"]?.string == "two is broken")
      #expect(document["tools_used"]?[0]?.string == "look" && document["total_steps"]?.int == 1)
      let status = try await scene.document("\(reader.workflow)/status")
      #expect(
        status.members.map(\.key) == ["workflow_id", "status", "created_at", "updated_at", "has_final_response"])
      #expect(status["has_final_response"]?.bool == true && status["status"]?.string == "COMPLETED")
      #expect(status["created_at"]?.string == document["created_at"]?.string)
    }
  }

  @Test func `one at work says so, and has no answer yet`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("hold on")
      #expect(await reader.read("agent_thinking"))
      let status = try await scene.document("\(reader.workflow)/status")
      #expect(status["status"]?.string == "PROCESSING" && status["has_final_response"]?.bool == false)
      let document = try await scene.document(reader.workflow)
      #expect(document["final_response"] == nil && document["initial_prompt"]?.string == "hold on")
      scene.gate.open()
      #expect(await reader.finish())
      #expect(try await scene.document(reader.workflow)["final_response"]?.string == "Held.")
    }
  }

  @Test func `one that has failed has the error, and one that was cancelled has failed`() async throws {
    try await ChatScene.run { scene async throws in
      let failed = try await scene.say("fail")
      #expect(await failed.finish())
      let document = try await scene.document(failed.workflow)
      #expect(document["status"]?.string == "FAILED" && document["error_message"]?.string == "It went wrong.")
      #expect(document["partial_response"]?.string == "Half of it." && document["final_response"] == nil)
      let held = try await scene.say("hold")
      #expect(await held.read("agent_thinking"))
      #expect(try await scene.ask("POST", "/api/tasks/\(held.task):cancel", "{}").status == 202)
      #expect(await held.finish())
      #expect(held.types.last == "workflow_error")
      let cancelled = try await scene.document(held.workflow)
      #expect(cancelled["status"]?.string == "FAILED" && cancelled["state"]?.string == "canceled")
      #expect(cancelled["recovery_suggestion"]?.string?.isEmpty == false)
    }
  }

  @Test func `the task's own id is good, too`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("context")
      #expect(await reader.finish())
      #expect(try await scene.document(reader.task)["workflow_id"]?.string == reader.workflow)
    }
  }

  // MARK: Who may

  /// Path (`W` is a workflow of Oscar's), who asks, and the status and code that come. Otto is of the same tenant, and may watch.
  private static let requests = """
    W              owner    200
    W              operator 200
    W              other    200
    W              tenant   404 not-found
    W              none     401 not-signed-in
    W/status       owner    200
    W/status       other    200
    W/status       tenant   404 not-found
    W/status       none     401 not-signed-in
    wf_none        owner    404 not-found
    none           owner    404 not-found
    wf_none/status owner    404 not-found
    W?x=1          owner    400 bad-query
    W/status?x=1   owner    400 bad-query
    W/steps        owner    404 not-found
    """

  @Test func `each request has its status, its type and its code`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("think")
      #expect(await reader.finish())
      for line in Self.requests.split(separator: "\n") {
        let words = line.split(separator: " ").map(String.init)
        let path = words[0].replacing("W", with: reader.workflow)
        let column = try #require(AccessColumn(rawValue: words[1]))
        let answer = try await scene.ask("GET", "/api/workflows/\(path)", as: column)
        #expect("\(answer.status)" == words[2], "\(line): \(answer.text)")
        let isGood = answer.status == 200
        #expect(answer.fields["content-type"] == (isGood ? "application/json" : "application/problem+json"), "\(line)")
        if !isGood { #expect(answer.code == words[3], "\(line): \(answer.text)") }
      }
    }
  }

  @Test func `somebody else's workflow is answered like none, in the words that clients look for`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("context")
      #expect(await reader.finish())
      let id = reader.workflow
      let theirs = try await scene.ask("GET", "/api/workflows/\(id)", as: .tenant)
      let nobodys = try await scene.ask("GET", "/api/workflows/wf_nothing", as: .tenant)
      #expect(try theirs.member("detail")?.string?.hasPrefix("Workflow \"\(id)\" not found") == true)
      #expect(theirs.text.replacing(id, with: "ID") == nobodys.text.replacing("wf_nothing", with: "ID"))
      let said = try await scene.ask("POST", "/chat", #"{"message":"Hello","workflow_id":"\#(id)"}"#, as: .tenant)
      #expect(said.status == 404 && said.code == "not-found")
    }
  }
}
