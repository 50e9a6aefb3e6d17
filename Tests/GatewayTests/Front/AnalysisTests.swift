import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// How analyses stand and what they came to, for pages that ask once.
@Suite(.timeLimit(.minutes(3)))
struct AnalysisTests {
  private static let decision = #"{"alert_id":"A-17","alert_type":"INSIDER_TRADING","determination":"CLOSE"}"#
  private static let page = "<!DOCTYPE html><title>A-17</title>"

  private func get(
    _ scene: FrontScene, _ path: String, as column: AccessColumn = .owner
  ) async throws -> TestSupport.Answer {
    try #require(
      try await scene.gateway.ask("GET", path, try column.lines(), showing: try column.certificate()), "\(path)")
  }

  private func store(_ part: Part, as id: String, in scene: FrontScene) async throws {
    let update = TaskEvent.ArtifactUpdate(
      taskID: "t", contextID: "talk", artifact: Artifact(id: id, parts: [part]), lastChunk: true)
    try await scene.store(Batch(task: "t", entries: [RunRecords.event(.artifact(update), origin: "checker")]))
  }

  private func decide(_ scene: FrontScene, suffix: String = "") async throws {
    try await store(
      Part(.text(Self.page), filename: "decision-A-17\(suffix).html", mediaType: "text/html"), as: "report\(suffix)",
      in: scene)
    try await store(
      Part(.data(try JSONValue(parsing: Self.decision)), filename: "decision-A-17.json", mediaType: "application/json"),
      as: "decision\(suffix)", in: scene)
  }

  @Test func `a task that works says how far it is`() async throws {
    try await FrontScene.run { scene async throws in
      try await scene.begin("t")
      let before = try await get(scene, "/api/status/t").shown
      #expect(before.members.map(\.key) == ["task_id", "status", "state", "message", "final", "updated", "stream_url"])
      #expect(before["status"]?.string == "processing" && before["message"]?.string == "Analysis in progress...")

      var report = ProgressReport(.toolProgress)
      (report.tool, report.step, report.total) = ("history", 2, 3)
      let status = TaskStatus(.working, message: Message(id: "m", role: .agent, text: "Reading."))
      let update = TaskEvent.StatusUpdate(taskID: "t", contextID: "talk", status: status, metadata: report.metadata())
      try await scene.store(
        Batch(
          task: "t", entries: [RunRecords.event(.status(update), origin: "checker")],
          change: TaskChange(state: "working", isFinal: false)))
      try await scene.artifact("t", "notes", "later")
      let now = try await get(scene, "/api/status/t").shown
      #expect(now["task_id"]?.string == "t" && now["state"]?.string == "working" && now["final"]?.bool == false)
      #expect(now["message"]?.string == "Reading." && now["stream_url"]?.string == "/api/stream/t")
      #expect(
        now["progress"]
          == (try JSONValue(parsing: #"{"event_type":"tool_progress","tool_name":"history","step":2,"total":3}"#)))
    }
  }

  @Test func `a decision is in the status, and can be kept as a file, once the task has ended`() async throws {
    try await FrontScene.run { scene async throws in
      try await scene.begin("t")
      try await decide(scene)
      for kind in ["json", "html"] {
        let early = try await get(scene, "/api/download/t/\(kind)")
        #expect(early.status == 409 && early.code == "analysis-not-complete", "\(early.text)")
        #expect(try early.member("detail")?.string?.hasPrefix("Analysis not complete") == true)
      }
      #expect(try await get(scene, "/api/status/t").shown["decision"] == nil)
      try await scene.status("t", .completed, "CLOSE.")

      let status = try await get(scene, "/api/status/t").shown
      #expect(status["status"]?.string == "complete" && status["final"]?.bool == true)
      #expect(status["alert_id"]?.string == "A-17" && status["alert_type"]?.string == "INSIDER_TRADING")
      #expect(status["decision"] == (try JSONValue(parsing: Self.decision)) && status["progress"] == nil)

      let json = try await get(scene, "/api/download/t/json")
      #expect(json.status == 200 && json.text == Self.decision && json.fields["content-type"] == "application/json")
      #expect(json.fields["content-disposition"] == #"attachment; filename="decision-A-17.json""#)
      let html = try await get(scene, "/api/download/t/html")
      #expect(html.status == 200 && html.text == Self.page)
      #expect(html.fields["content-type"] == "text/html; charset=utf-8")
      #expect(html.fields["content-disposition"] == #"attachment; filename="decision-A-17.html""#)
      // An agent's page has no rights on this site, should a browser show it all the same.
      #expect(html.fields.values(of: "content-security-policy").contains { $0.hasPrefix("sandbox;") })
    }
  }

  @Test(
    arguments: [
      (TaskState.failed, "No data.", "No data."), (.canceled, nil, "Analysis canceled"), (.rejected, "No.", "No."),
    ] as [(TaskState, String?, String)])
  func `a task that ended without a decision says why, and has nothing to keep`(
    state: TaskState, said: String?, message: String
  ) async throws {
    try await FrontScene.run { scene async throws in
      try await scene.begin("t")
      try await scene.artifact("t", "report", "no page, but text")
      try await scene.status("t", state, said)
      let status = try await get(scene, "/api/status/t").shown
      #expect(status["status"]?.string == "error" && status["state"]?.string == state.word)
      #expect(status["message"]?.string == message && status["decision"] == nil)
      for kind in ["json", "html"] {
        let none = try await get(scene, "/api/download/t/\(kind)")
        #expect(none.status == 404 && none.code == "no-result" && none.text.contains(state.word), "\(none.text)")
      }
    }
  }

  @Test func `of several reports one has to be named`() async throws {
    try await FrontScene.run { scene async throws in
      try await scene.begin("t")
      try await decide(scene, suffix: "-1")
      try await decide(scene, suffix: "-2")
      try await scene.status("t", .completed)
      let which = try await get(scene, "/api/download/t/html")
      #expect(which.status == 400 && which.code == "bad-query" && which.text.contains("report-2"), "\(which.text)")
      let second = try await get(scene, "/api/download/t/html?artifact=report-2")
      #expect(second.status == 200)
      #expect(second.fields["content-disposition"] == #"attachment; filename="decision-A-17-2.html""#)
      let other = try await get(scene, "/api/download/t/html?artifact=decision-1")
      #expect(other.status == 404 && other.code == "no-result")
      #expect(try await get(scene, "/api/download/t/html?name=x").code == "bad-query")
    }
  }

  @Test(
    arguments: [
      ("a\"b\r\nX: 1/../c.html", "a-b-X--1-..-c.html"), ("..", "report-t.html"), ("ÄÖ", "--"), (nil, "report-t.html"),
    ] as [(String?, String)])
  func `a file's name is one that is safe in a field and in a folder`(filename: String?, name: String) throws {
    let part = Part(.text("x"), filename: filename, mediaType: "text/html")
    let file = try AnalysisFile(.html, named: nil, among: [Artifact(id: "report", parts: [part])], of: "t")
    #expect(file?.name == name)
  }

  @Test(arguments: ["/api/status/", "/api/download/"])
  func `somebody else's task is answered like one that does not exist`(_ path: String) async throws {
    try await FrontScene.run { scene async throws in
      try await scene.begin("t")
      try await scene.status("t", .completed)
      let rest = path.contains("download") ? "/json" : ""
      let none = try await get(scene, "\(path)none\(rest)", as: .tenant)
      let hidden = try await get(scene, "\(path)t\(rest)", as: .tenant)
      #expect(none.status == 404 && hidden.status == 404 && hidden.text == none.text)
      #expect(try none.member("detail")?.string?.hasPrefix("Task not found") == true)
    }
  }

  // MARK: A2A's endpoints in the form of the first analyzers

  @Test func `the gateway's agents are called in the older form as well, with the asker's rights`() async throws {
    try await WorkScene.run { scene async throws in
      let begun = try await scene.post("/agents/checker/analyze", #"{"alert_text":"<a/>"}"#)
      #expect(begun.status == 200, "\(begun.text)")
      let id = try #require(try begun.member("task_id")?.string)
      try await scene.wait(id, for: "completed")
      let task = try await scene.get("/agents/checker/tasks/\(id)")
      #expect(task["id"]?.string == id && task["state"]?.string == "completed")
      #expect(task["alert_text"]?.string == "<a/>" && task["artifacts"]?[0]?["data"]?.string == "<a/>")
      let params = #"{"task_id":"\#(id)","messages":[{"parts":[{"text":"<a/>"}]}]}"#
      let stream = try await scene.post("/a2a/message/stream", #"{"id":4,"params":\#(params)}"#)
      #expect(stream.text.contains("event: task_update") && stream.text.contains(#""final":true"#), "\(stream.text)")

      let nobody = try await scene.post("/agents/checker/analyze", #"{"alert_text":"<a/>"}"#, as: .viewer)
      #expect(nobody.status == 403, "\(nobody.text)")
      let lines = try AccessColumn.tenant.lines()
      let hidden = try #require(try await scene.gateway.ask("GET", "/agents/checker/tasks/\(id)", lines))
      #expect(hidden.status == 404)
    }
  }
}

extension TestSupport.Answer {
  fileprivate var shown: JSONValue {
    get throws {
      #expect(status == 200, "\(text)")
      return try JSONValue(parsing: body)
    }
  }
}
