import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// Money, from the model's count of its tokens to what clients of the gateway read: processes, certificates, and a model's server.
@Suite(.timeLimit(.minutes(3)))
struct BudgetProcessTests {
  private static let look = #"{"thought":"Let me see.","calls":[{"tool":"look_up","input":{"account":"A-9152"}}]}"#

  private func curl(_ path: String, _ stage: SurveillanceStage) async throws -> String {
    func text(_ value: JSONValue?) throws -> String { try #require(value?.string) }
    let ready = stage.ready
    let shown = [
      "--cacert", try text(ready["ca"]), "--cert", try text(ready["operator"]?["cert"]), "--key",
      try text(ready["operator"]?["key"]),
    ]
    return try await RunningProgram.curl(shown + ["-N", try text(ready["url"]) + "/api/v1/agents" + path]).output
  }

  /// What AgentArea's stream tells of money, in its order.
  private func told(_ path: String, _ stage: SurveillanceStage) async throws -> [JSONValue] {
    try await curl("\(path)/events/stream", stage).split(separator: "\n").filter { $0.hasPrefix("data: ") }.compactMap {
      try? JSONValue(parsing: String($0.dropFirst(6)))
    }.filter { event in
      let type = event["event_type"]?.string ?? ""
      return ["LLMCall", "Budget", "Completed"].contains { type.contains($0) } && !type.contains("Chunk")
        && !type.contains("Tool") && !type.contains("Step")
    }
  }

  @Test func `a budget that is used up ends the calls and not the work, and everybody is told`() async throws {
    func answer(_ text: String, _ tokens: Int) -> ModelAnswer {
      .words([text], usage: .init(prompt: 1_000, completion: tokens))
    }
    let script = [answer(Self.look, 850), answer(Self.look, 250), answer(Analyst.words.joined(), 1_200)]
    try await ModelServer.run(script) { server in
      let environment = ModelLine.environment(server, ["LLM_BUDGET_USD": "1", "LLM_PRICES": "test-model=0/1000"])
      try await SurveillanceStage.with(environment: environment) { stage in
        let task = try await stage.begin(["submit", "reasoning", "Who owns the account A-9152?"])
        let story = try await stage.story(task)
        #expect(story.ends == ["TASK_STATE_COMPLETED"])
        #expect(server.calls.count == 2 && server.refusals == [])

        let path = "/reasoning/tasks/\(task)"
        let events = try await told(path, stage)
        #expect(
          events.compactMap { $0["event_type"]?.string } == [
            "WorkflowLLMCallStarted", "WorkflowBudgetWarning", "WorkflowLLMCallCompleted", "WorkflowLLMCallStarted",
            "WorkflowBudgetExceeded", "WorkflowLLMCallCompleted", "LLMCallFailed", "WorkflowCompleted",
          ])
        let data = events.compactMap { $0["data"] }
        try #require(data.count == 8)
        #expect(data[0]["model"]?.string == "test-model" && data[0]["estimated_cost"]?.double == 4)
        #expect(
          data[1]["usage_percentage"]?.double == 85 && data[1]["cost"]?.double == 0.85 && data[1]["limit"]?.int == 1)
        #expect(data[1]["message"]?.string == "85 % of this task's budget are used: 0.85 of 1.00 USD.")
        #expect(data[2]["usage"]?["total_tokens"]?.int == 1_850 && data[2]["cost"]?.double == 0.85)
        #expect(data[4]["usage_percentage"]?.double == 110 && data[4]["cost"]?.double == 1.1)
        #expect(data[6]["message"]?.string?.hasPrefix("Rules go on without the model.") == true)
        #expect(data[7]["total_cost"]?.double == 1.1)
        #expect(data[7]["final_response"]?.string?.contains("belongs to Ulmo Paskane") == true)

        let state = try JSONValue(parsing: try await curl("\(path)/status", stage))
        #expect(state["status"]?.string == "completed" && state["cost"]?.double == 1.1)
        #expect(state["budget_remaining"]?.int == 0)
        let tail = try await stage.run("tail", task)
        #expect(tail.output.contains("This task's budget is used up: 1.10 of 1.00 USD."), "\(tail.output)")

        // A specialist's is told in the task that people have begun, and the alert has its decision.
        let alert = try await stage.submit("clear-insider.xml", #"{"interactive":false}"#)
        #expect(alert.determination == "ESCALATE" && alert.decision?["interpretation"]?.string == "llm")
        let id = try #require(alert.task["id"]?.string)
        let passed = try await told("/orchestrator/tasks/\(id)", stage)
        let exceeded = passed.first { $0["event_type"]?.string == "WorkflowBudgetExceeded" }?["data"]
        #expect(exceeded?["agent"]?.string == "insider-trading" && exceeded?["cost"]?.double == 1.2)
        #expect(passed.last?["data"]?["total_cost"]?.double == 1.2)
        #expect(server.calls.count == 3 && server.refusals == [])
      }
    }
  }
}
