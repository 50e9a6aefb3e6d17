import Gateway
import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// A conversation with the agent, as its clients read it.
@Suite(.timeLimit(.minutes(3)))
struct ChatTests {
  private static let kinds = [
    "workflow_started", "reasoning_step", "tool_start", "tool_end", "agent_thinking", "workflow_completed",
    "workflow_error", "heartbeat",
  ]

  @Test func `a message begins a workflow, whose stream has the eight types with all that they have`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("think about it")
      #expect(reader.status == 200)
      #expect(reader.fields["content-type"]?.hasPrefix("text/event-stream") == true)
      #expect(reader.fields["cache-control"]?.contains("no-store") == true)
      #expect(await reader.finish())
      #expect(reader.names == ["message"], "Events have no names.")
      #expect(
        reader.types.filter { $0 != "heartbeat" } == [
          "workflow_started", "agent_thinking", "agent_thinking", "reasoning_step", "tool_start", "tool_start",
          "tool_end", "tool_end", "workflow_completed",
        ])
      let workflow = reader.workflow
      #expect(workflow.hasPrefix("wf_"))
      for event in reader.events {
        #expect(Self.kinds.contains(event["type"]?.string ?? "") && event["workflow_id"]?.string == workflow)
        #expect(event["timestamp"]?.string?.hasSuffix("Z") == true)
      }
      let started = try #require(reader.all("workflow_started").first)
      #expect(started["initial_prompt"]?.string == "think about it" && started["agent_type"]?.string == "reasoning")
      let thinking = try #require(reader.all("agent_thinking").last)
      #expect(
        thinking["thinking"]?.string == "It needs two looks." && thinking["planning_stage"]?.string == "planning")
      let step = try #require(reader.all("reasoning_step").first)
      #expect(step["thought"]?.string == "Look twice." && step["action"]?.string == "look")
      #expect(step["action_input"]?["times"]?.int == 2 && step["step_number"]?.int == 1)
      #expect(step["step_id"]?.string?.isEmpty == false)
      let end = try #require(reader.all("workflow_completed").first)
      #expect(end["final_response"]?.string == "It is 42." && end["total_steps"]?.int == 1)
      #expect(end["tools_used"]?.elements.compactMap(\.string) == ["look"] && end["execution_time_ms"]?.int != nil)
    }
  }

  @Test func `the end of a tool belongs to its call, though another has begun later`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("think")
      #expect(await reader.finish())
      let starts = reader.all("tool_start")
      let ends = reader.all("tool_end")
      try #require(starts.count == 2 && ends.count == 2)
      // The first has ended first, when the second was the one that had begun last.
      #expect(ends.map { $0["tool_call_id"]?.string } == starts.map { $0["tool_call_id"]?.string })
      #expect(starts.map { $0["tool_input"]?["number"]?.int } == [1, 2])
      #expect(ends[0]["success"]?.bool == true && ends[0]["tool_output"]?.string?.hasPrefix("one ") == true)
      #expect((ends[0]["tool_output"]?.string?.count ?? 0) <= 500)
      #expect(ends[1]["success"]?.bool == false && ends[1]["error_message"]?.string == "two is broken")
    }
  }

  @Test func `one that fails says what went wrong, and how far it had come`() async throws {
    try await ChatScene.run { scene async throws in
      let reader = try await scene.say("fail")
      #expect(await reader.finish())
      let error = try #require(reader.all("workflow_error").first)
      #expect(error["error_message"]?.string == "It went wrong." && error["error_type"]?.string == "failed")
      #expect(error["partial_response"]?.string == "Half of it.")
      #expect(reader.types.last == "workflow_error")
    }
  }

  @Test func `a workflow with a question gets its answer by the same way`() async throws {
    try await ChatScene.run { scene async throws in
      let first = try await scene.say("ask me")
      #expect(await first.read("agent_thinking"))
      let second = try await scene.say("the left one", first.workflow)
      #expect(second.status == 200)
      #expect(await second.finish())
      #expect(second.all("workflow_completed").first?["final_response"]?.string == "Told: the left one")
      #expect(second.all("workflow_started").isEmpty, "It is told from there on.")
      #expect(await first.finish())
      #expect(first.types.last == "workflow_completed", "Whoever has listened all the time hears it, too.")
    }
  }

  @Test func `behind its end the conversation goes on with another workflow`() async throws {
    try await ChatScene.run { scene async throws in
      let first = try await scene.say("context")
      #expect(await first.finish())
      let second = try await scene.say("context", first.workflow)
      #expect(await second.finish())
      #expect(second.workflow != first.workflow)
      let said = [first, second].map { $0.all("workflow_completed").first?["final_response"]?.string }
      #expect(said[0] == said[1] && said[0]?.hasPrefix("In ") == true)
      let other = try await scene.say("context")
      #expect(await other.finish())
      #expect(other.all("workflow_completed").first?["final_response"]?.string != said[0])
    }
  }

  @Test func `signs of life come while the agent is silent`() async throws {
    try await ChatScene.run {
      $0.streams.heartbeat = .seconds(1)
    } _: { scene async throws in
      let reader = try await scene.say("silence")
      #expect(await reader.finish())
      let beat = try #require(reader.all("heartbeat").first)
      #expect(beat["status"]?.string == "processing" && beat["workflow_id"]?.string == reader.workflow)
    }
  }

  // MARK: What is refused

  @Test func `what cannot be said is refused before anything begins`() async throws {
    try await ChatScene.run { scene async throws in
      for (body, expected) in [
        (#"{"message":""}"#, "400 bad-task"), (#"{"message":"  "}"#, "400 bad-task"), ("{}", "400 bad-task"),
        (#"{"message":1}"#, "400 bad-body"), (#"{"text":"x"}"#, "400 bad-body"), ("[]", "400 bad-body"),
        ("x", "400 bad-body"), (#"{"message":"x","workflow_id":"wf_none"}"#, "404 not-found"),
        (#"{"message":"x","key":""}"#, "400 bad-task"), (#"{"message":"x","workflow_id":7}"#, "400 bad-body"),
      ] {
        let answer = try await scene.ask("POST", "/chat", body)
        #expect("\(answer.status) \(answer.code ?? "")" == expected, "\(body): \(answer.text)")
        #expect(answer.fields["content-type"] == "application/problem+json")
      }
      let query = try await scene.ask("POST", "/chat?agent=reasoning", #"{"message":"think"}"#)
      #expect(query.status == 400 && query.code == "bad-query")
      let tasks = try JSONValue(parsing: try await scene.ask("GET", "/api/tasks").body)
      #expect(tasks["tasks"]?.count == 0)
    }
  }

  @Test func `a message that is too long is refused, and one that just fits is not`() async throws {
    try await ChatScene.run { scene async throws in
      let most = "context " + String(repeating: "x", count: ChatEndpoint.longestMessage - 8)
      #expect(try await scene.say(most).status == 200)
      let answer = try await scene.ask("POST", "/chat", #"{"message":"\#(most)x"}"#)
      #expect(answer.status == 413 && answer.code == "content-too-large")
    }
  }

  private static let withoutAgent: [@Sendable (inout GatewayConfiguration) -> Void] = [
    { $0.work.chatAgent = nil }, { $0.work.chatAgent = "nobody" }, { $0.work.agents[0].principals = ["otto"] },
  ]

  @Test func `without an agent for it nobody is talked to, and the answer names the setting`() async throws {
    for setting in Self.withoutAgent {
      try await ChatScene.run {
        setting(&$0)
      } _: { scene async throws in
        let answer = try await scene.ask("POST", "/chat", #"{"message":"Hello"}"#)
        #expect(answer.status == 404 && answer.code == "no-such-agent")
        #expect(try answer.member("detail")?.string?.contains("work.chatAgent") == true)
      }
    }
  }

  @Test func `who may not begin tasks, or is nobody, does not talk`() async throws {
    try await ChatScene.run { scene async throws in
      for (column, status) in [(AccessColumn.none, 401), (.viewer, 403)] {
        #expect(try await scene.ask("POST", "/chat", #"{"message":"think"}"#, as: column).status == status)
      }
    }
  }
}
