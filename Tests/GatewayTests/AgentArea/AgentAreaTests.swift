import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// AgentArea's API over real TLS, with an agent behind: what its clients send, and what they look for.
@Suite(.timeLimit(.minutes(3)))
struct AgentAreaTests {
  private static let tasks = "/api/v1/agents/checker/tasks"

  /// Begins a task that goes on by itself, and gives its id.
  private func begin(_ description: String, in scene: WorkScene) async throws -> String {
    let answer = try await scene.post(Self.tasks, #"{"description":"\#(description)"}"#)
    #expect(answer.status == 201, "\(answer.text)")
    return try #require(try answer.member("id")?.string)
  }

  // MARK: Agents

  @Test func `agents are listed by the names that they have here`() async throws {
    try await WorkScene.run { scene async throws in
      let agents = try await scene.get("/api/v1/agents")
      #expect(agents.kind == .array && agents.elements.map { $0["id"]?.string } == ["checker", "gone"])
      let agent = try await scene.get("/api/v1/agents/checker")
      #expect(agent.members.map(\.key).starts(with: ["id", "name", "description", "status"]))
    }
  }

  // MARK: Work

  @Test func `a task is begun, streamed by its links, and its parts mean what they say`() async throws {
    try await WorkScene.run { scene async throws in
      let body =
        #"{"description":"Look","user_id":"u-7","task_parameters":{"instructions":"Be brief.","model":"m-1","depth":2}}"#
      let answer = try await scene.post(Self.tasks, body)
      #expect(answer.status == 201, "\(answer.text)")
      let task = try JSONValue(parsing: answer.body)
      let id = try #require(task["id"]?.string)
      #expect(task["agent_id"]?.string == "checker" && task["description"]?.string == "Look\nBe brief.")
      #expect(task["user_id"]?.string == "oscar", "The owner is who has shown a credential, not who is named.")
      #expect(task["events_url"]?.string == "\(Self.tasks)/\(id)/events")
      #expect(task["stream_url"]?.string == "\(Self.tasks)/\(id)/events/stream")
      #expect(task["events"] == nil)
      try await scene.wait(id, for: "completed")
      let message = try JSONValue(parsing: try #require(try await scene.records(id).first).payload)["message"]
      #expect(message?["metadata"]?["user_id"]?.string == "u-7")
      #expect(message?["metadata"]?["task_parameters"]?["depth"]?.int == 2)
    }
  }

  @Test func `without streaming the answer comes at the end, with all events and the result`() async throws {
    try await WorkScene.run { scene async throws in
      for parameters in [#""enable_streaming":false"#, #""task_parameters":{"enable_streaming":false}"#] {
        let answer = try await scene.post(Self.tasks, #"{"description":"Look",\#(parameters)}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let task = try JSONValue(parsing: answer.body)
        #expect(task["status"]?.string == "completed" && task["complete"]?.bool == true)
        let end = (task["events"]?.elements.map { $0 } ?? []).last
        #expect(task["result"]?.string == "Done." && end?["data"]?["final_response"]?.string == "Done.")
        let types = task["events"]?.elements.compactMap { $0["event_type"]?.string } ?? []
        #expect(types.first == "task_created" && types.contains("WorkflowStarted") && types.last == "WorkflowCompleted")
        #expect(types.filter { $0 == "WorkflowCompleted" }.count == 1)
      }
      let failed = try await scene.post(Self.tasks, #"{"description":"fail","enable_streaming":false}"#)
      let task = try JSONValue(parsing: failed.body)
      #expect(
        task["status"]?.string == "failed" && task["error"]?.string == "It went wrong."
          && task["result"]?.isNull == true)
      #expect((task["events"]?.elements.map { $0 } ?? []).last?["event_type"]?.string == "WorkflowFailed")
    }
  }

  // MARK: Reading

  @Test func `pages of events are cut from the same list that the stream tells`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await begin("Look", in: scene)
      try await scene.wait(id, for: "completed")
      let all = try await scene.get("\(Self.tasks)/\(id)/events?page_size=100")
      let count = try #require(all["total"]?.int)
      #expect(all["events"]?.count == Int(count) && all["has_next"]?.bool == false && count >= 3)
      var cut: [JSONValue] = []
      for page in 1...Int(count) {
        let one = try await scene.get("\(Self.tasks)/\(id)/events?page=\(page)&page_size=1")
        #expect(one["events"]?.count == 1 && one["has_next"]?.bool == (page < Int(count)))
        cut += one["events"]?.elements.map { $0 } ?? []
      }
      #expect(cut.map(\.description) == all["events"]?.elements.map(\.description))
      let ends = try await scene.get("\(Self.tasks)/\(id)/events?event_type=WorkflowCompleted")
      #expect(ends["total"]?.int == 1)
      let beyond = try await scene.get("\(Self.tasks)/\(id)/events?page=900")
      #expect(beyond["events"]?.count == 0 && beyond["has_next"]?.bool == false && beyond["total"]?.int == count)
    }
  }

  @Test func `a stream tells history, then what happens, and closes at the end`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await begin("ask", in: scene)
      try await scene.wait(id, for: "input-required")
      let state = try await scene.get("\(Self.tasks)/\(id)/status")
      #expect(state["status"]?.string == "waiting_for_approval" && state["end_time"]?.isNull == true)
      #expect(state["cost"]?.int == 0 && state["budget_remaining"]?.isNull == true)
      let early = try await scene.get("\(Self.tasks)/\(id)/response")
      #expect(early["final_response"]?.isNull == true && early["artifacts"]?.count == 0)
      // The answer ends with the stream, and the stream with the task: a stream that did not close would not be answered.
      async let streamed = scene.gateway.ask(
        "GET", "\(Self.tasks)/\(id)/events/stream", try AccessColumn.owner.lines())
      let more = try await scene.post(
        "\(Self.tasks)/\(id)/execute", #"{"query":"The second.","enable_streaming":false}"#)
      #expect(more.status == 200, "\(more.text)")
      #expect(try more.member("status")?.string == "completed")
      let text = try #require(try await streamed).text
      let types = text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { String($0.dropFirst(7)) }
      let expected = [
        "connected", "task_created", "WorkflowStarted", "TaskInputRequired", "HumanApprovalReceived",
        "WorkflowCompleted",
      ]
      #expect(types.filter(expected.contains) == expected, "\(types)")
      let response = try await scene.get("\(Self.tasks)/\(id)/response")
      #expect(response["final_response"]?.string == "Told: The second.")
    }
  }

  @Test func `the answer to a task may be its stream`() async throws {
    try await WorkScene.run { scene async throws in
      let answer = try await scene.post(
        Self.tasks, #"{"description":"Look"}"#, as: .owner, "Accept: text/event-stream")
      #expect(answer.status == 200 && answer.fields["content-type"]?.hasPrefix("text/event-stream") == true)
      #expect(answer.text.contains("event: connected") && answer.text.contains("event: WorkflowCompleted"))
    }
  }

  // MARK: Commands

  @Test func `a task is paused, resumed and cancelled, and what does not fit its state is refused`() async throws {
    try await WorkScene.run(isPausable: true) { scene async throws in
      let id = try await begin("hold", in: scene)
      try await scene.wait(id, for: "working")
      let path = "\(Self.tasks)/\(id)"
      let paused = try await scene.post("\(path)/pause", "")
      #expect(paused.status == 200, "\(paused.text)")
      #expect(try await scene.get("\(path)/status")["status"]?.string == "paused")
      #expect(try await scene.post("\(path)/pause", "").status == 400)
      #expect(try await scene.post("\(path)/resume", "").status == 200)
      #expect(try await scene.post("\(path)/resume", "").status == 400)
      let gone = try #require(try await scene.gateway.ask("DELETE", path, try AccessColumn.owner.lines()))
      #expect(gone.status == 200, "\(gone.text)")
      #expect(try gone.member("status")?.string == "stopped")
      #expect(try await scene.get(path)["status"]?.string == "cancelled")
      let again = try #require(try await scene.gateway.ask("DELETE", path, try AccessColumn.owner.lines()))
      #expect(again.status == 404 && again.code == "task-ended", "\(again.text)")
      #expect(try await scene.post("\(path)/pause", "").status == 400)
    }
  }

  @Test func `somebody else's task is not there, and neither is one under another agent's name`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await begin("hold", in: scene)
      try await scene.wait(id, for: "working")
      for behind in ["", "/status", "/response", "/events", "/events/stream"] {
        let other = try #require(
          try await scene.gateway.ask("GET", "\(Self.tasks)/\(id)\(behind)", try AccessColumn.tenant.lines()))
        #expect(other.status == 404, "\(behind): \(other.text)")
        let elsewhere = try #require(
          try await scene.gateway.ask(
            "GET", "/api/v1/agents/gone/tasks/\(id)\(behind)", try AccessColumn.owner.lines()))
        #expect(elsewhere.status == 404, "\(behind): \(elsewhere.text)")
      }
      let cancelled = try #require(
        try await scene.gateway.ask("DELETE", "\(Self.tasks)/\(id)", try AccessColumn.tenant.lines()))
      #expect(cancelled.status == 404)
      #expect(try await scene.get("\(Self.tasks)/\(id)")["status"]?.string == "running")
      #expect(try await scene.get(Self.tasks, as: .tenant)["tasks"]?.count == 0)
      #expect(try await scene.get(Self.tasks)["tasks"]?[0]?["id"]?.string == id)
    }
  }

  @Test(arguments: [
    ("checker/tasks", #"{}"#, 400, "bad-task", "description"),
    ("checker/tasks", #"{"description":""}"#, 400, "bad-task", "description"),
    ("checker/tasks", #"{"description":7}"#, 400, "bad-body", "has to be a text"),
    ("checker/tasks", #"{"description":"Go","speed":1}"#, 400, "bad-body", "speed"),
    ("checker/tasks", #"{"description":"Go","task_parameters":[]}"#, 400, "bad-body", "task_parameters"),
    (
      "checker/tasks", #"{"description":"Go","task_parameters":{"enable_streaming":"no"}}"#, 400, "bad-body",
      "enable_streaming"
    ),
    ("nobody/tasks", #"{"description":"Go"}"#, 404, "no-such-agent", ""),
    ("hidden/tasks", #"{"description":"Go"}"#, 404, "no-such-agent", ""),
    ("checker/tasks/none/execute", #"{"query":"Go"}"#, 404, "not-found", ""),
  ])
  func `bad requests are answered with what was wrong`(
    path: String, body: String, status: Int, code: String, words: String
  ) async throws {
    try await WorkScene.run { scene async throws in
      let answer = try await scene.post("/api/v1/agents/\(path)", body)
      #expect(answer.status == status && answer.code == code, "\(answer.text)")
      #expect(words.isEmpty || answer.text.contains(words), "\(answer.text)")
    }
  }

  @Test(arguments: ["page=0", "page_size=101", "page=x", "size=3"])
  func `bad pages are refused`(query: String) async throws {
    let target = try RequestTarget(parsing: "/api/v1/agents/a/tasks/b/events?\(query)")
    #expect(throws: Refusal.self) { try AgentAreaPage(target) }
  }
}
