import A2A
import JSON
import Testing

/// Events in the envelope that the first alert analyzers' pages read.
struct AnalyzerTellingTests {
  private func status(
    _ state: TaskState, _ text: String? = nil, _ report: ProgressReport? = nil
  ) -> TaskEvent {
    let message = text.map { Message(id: "m", role: .agent, text: $0) }
    return .status(
      .init(taskID: "t", contextID: "c", status: TaskStatus(state, message: message), metadata: report?.metadata()))
  }

  private func told(_ events: [TaskEvent], id: String = "1") throws -> [JSONValue] {
    var telling = AnalyzerTelling(id: try JSONValue(parsing: id))
    return try events.compactMap { telling.take($0) }.map { try JSONValue(parsing: $0) }
  }

  @Test func `an envelope has all that pages look for, in its place`() throws {
    var report = ProgressReport(.toolProgress)
    (report.tool, report.callID, report.step, report.total) = ("history", "c1", 2, 3)
    let event = try #require(try told([status(.working, "Reading.", report)]).first)
    #expect(event.members.map(\.key) == ["jsonrpc", "id", "result"])
    #expect(event["jsonrpc"]?.string == "2.0" && event["id"]?.int == 1)
    #expect(event["result"]?["task"] == (try JSONValue(parsing: #"{"id":"t","state":"working"}"#)))
    let update = try #require(event["result"]?["taskStatusUpdateEvent"])
    #expect(update.members.map(\.key) == ["task", "artifacts", "final"])
    #expect(update["final"]?.bool == false && update["artifacts"]?.count == 0)
    #expect(update["task"]?["id"]?.string == "t" && update["task"]?["state"]?.string == "working")
    let message = try #require(update["task"]?["messages"]?[0])
    #expect(message["role"]?.string == "agent" && message["parts"]?.count == 2)
    #expect(message["parts"]?[0] == (try JSONValue(parsing: #"{"type":"textPart","text":"Reading."}"#)))
    #expect(message["parts"]?[1]?["type"]?.string == "dataPart")
    let data = try JSONValue(parsing: try #require(message["parts"]?[1]?["data"]?.string))
    #expect(
      data
        == (try JSONValue(
          parsing: #"{"event_type":"tool_progress","tool_name":"history","tool_call_id":"c1","step":2,"total":3}"#)))
  }

  @Test(arguments: [
    (ProgressReport.Kind.toolStarted, "tool_start"), (.toolProgress, "tool_progress"),
    (.toolCompleted, "tool_complete"),
    (.toolFailed, "tool_error"), (.routing, "routing"), (.init("own"), "own"),
  ])
  func `kinds of report have the names of then`(kind: ProgressReport.Kind, name: String) throws {
    let parts = try told([status(.working, "x", ProgressReport(kind))])[0]["result"]?["taskStatusUpdateEvent"]?[
      "task"]?[
        "messages"]?[0]?["parts"]
    #expect(try JSONValue(parsing: try #require(parts?[1]?["data"]?.string))["event_type"]?.string == name)
  }

  @Test func `the first state is working, artifacts come with the end, and what tells nothing is not told`() throws {
    let decision = Artifact(id: "decision", parts: [.data(try JSONValue(parsing: #"{"determination":"CLOSE"}"#))])
    func artifact(_ artifact: Artifact, append: Bool = false) -> TaskEvent {
      .artifact(.init(taskID: "t", contextID: "c", artifact: artifact, append: append))
    }
    let events = try told([
      .task(AgentTask(id: "t", contextID: "c", status: TaskStatus(.submitted))), status(.working),
      artifact(Artifact(id: "notes", parts: [.text("a")])),
      artifact(Artifact(id: "notes", parts: [.text("b")]), append: true), artifact(decision),
      status(.completed, "Done."),
      status(.working, "late"),
    ])
    let texts = events.map { event in
      let update = event["result"]?["taskStatusUpdateEvent"]
      let text = update?["task"]?["messages"]?[0]?["parts"]?[0]?["text"]?.string ?? ""
      return "\(update?["task"]?["state"]?.string ?? "") \(update?["final"]?.bool == true ? "final " : "")\(text)"
    }
    #expect(texts.prefix(2) == ["working Initializing analysis...", "completed final Done."])
    #expect(
      events[1]["result"]?["taskStatusUpdateEvent"]?["artifacts"]
        == (try JSONValue(
          parsing: #"[{"type":"notes","data":"ab"},{"type":"decision","data":{"determination":"CLOSE"}}]"#)))
  }

  @Test(
    arguments: [
      (TaskState.completed, nil, "completed", "Analysis complete"),
      (.failed, "It broke.", "failed", "Error: It broke."),
      (.rejected, "No.", "failed", "Error: No."), (.canceled, nil, "canceled", "Analysis canceled"),
      (.inputRequired, "Which?", "input-required", "Which?"),
      (.authRequired, nil, "input-required", "The agent waits for somebody."),
    ] as [(TaskState, String?, String, String)])
  func `every state has a word and a text`(state: TaskState, said: String?, word: String, text: String) throws {
    let event = try #require(try told([status(state, said)]).first)
    let task = event["result"]?["taskStatusUpdateEvent"]?["task"]
    #expect(task?["state"]?.string == word && task?["messages"]?[0]?["parts"]?[0]?["text"]?.string == text)
    #expect(event["result"]?["taskStatusUpdateEvent"]?["final"]?.bool == state.isTerminal)
  }

  @Test func `an answer without a task is a task that is complete`() throws {
    let event = try #require(try told([.message(Message(id: "m", role: .agent, text: "Hello"))], id: "\"x\"").first)
    #expect(event["id"]?.string == "x" && event["result"]?["task"]?["state"]?.string == "completed")
    #expect(event["result"]?["taskStatusUpdateEvent"]?["final"]?.bool == true)
  }

  @Test func `an error of a stream has the number of then`() throws {
    let error = try JSONValue(parsing: AnalyzerTelling.failure(A2AError(.taskNotFound, "Gone."), id: nil))
    #expect(
      error == (try JSONValue(parsing: #"{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"Gone."}}"#)))
  }
}
