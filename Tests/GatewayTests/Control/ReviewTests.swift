import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// What people think of what a task has come to, over real TLS.
@Suite(.timeLimit(.minutes(3)))
struct ReviewTests {
  private func completed(_ scene: WorkScene) async throws -> String {
    let id = try await scene.begin("echo")
    try await scene.wait(id, for: "completed")
    return id
  }

  /// `by opinion why`, as the task's document has them.
  private func reviews(_ scene: WorkScene, _ id: String) async throws -> [String] {
    let reviews = try await scene.get("/api/tasks/\(id)")["reviews"]
    return reviews?.elements.map { one in
      ["by", "opinion", "why"].compactMap { one[$0]?.string }.joined(separator: " ")
    } ?? []
  }

  @Test func `a review is kept behind the end, and the task's document has it`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await completed(scene)
      let before = try await scene.get("/api/tasks/\(id)")
      #expect(before["reviews"] == nil)
      let answer = try await scene.command("\(id):review", #"{"id":"r-1","opinion":"disagree","why":"Not the same."}"#)
      #expect(answer.said == "200 review", "\(answer.body)")
      #expect(answer.body.members.map(\.key) == ["id", "task", "command", "seq", "repeated"])
      let record = try #require(try await scene.records(id).last)
      #expect(record.kind == .command && record.origin == "oscar" && answer.body["seq"]?.int == record.seq)
      #expect(
        String(decoding: record.payload, as: UTF8.self)
          == #"{"command":"review","id":"r-1","by":"oscar","opinion":"disagree","why":"Not the same."}"#)
      let after = try await scene.get("/api/tasks/\(id)")
      #expect(after["state"]?.string == "completed" && after["snapshot"]?["task"] == before["snapshot"]?["task"])
      let review = try #require(after["reviews"]?[0])
      #expect(review.members.map(\.key) == ["by", "opinion", "why", "time", "seq"])
      #expect(review["seq"]?.int == record.seq && after["updated"] == review["time"])
      // Lists do not have them.
      #expect(try await scene.get("/api/tasks")["tasks"]?[0]?["reviews"] == nil)

      let again = try await scene.command("\(id):review", #"{"id":"r-1","opinion":"disagree","why":"Not the same."}"#)
      #expect(again.said == "200 review" && again.body["repeated"]?.bool == true)
      #expect(again.body["seq"] == answer.body["seq"])
      let other = try await scene.command("\(id):review", #"{"id":"r-1","opinion":"accept"}"#)
      #expect(other.said == "409 command-id-taken")
      #expect(try await scene.records(id).count == Int(record.seq))
    }
  }

  @Test func `several people review, each may say something else, and the last word of each counts`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await completed(scene)
      let said: [(AccessColumn, String)] = [
        (.owner, #"{"opinion":"accept"}"#), (.other, #"{"opinion":"disagree","why":"No."}"#),
        (.analyst, #"{"opinion":"accept","why":"Seen."}"#), (.owner, #"{"opinion":"disagree","why":"I see."}"#),
      ]
      for (column, body) in said {
        #expect(try await scene.command("\(id):review", body, as: column).said == "200 review")
      }
      #expect(
        try await reviews(scene, id) == ["otto disagree No.", "anna accept Seen.", "oscar disagree I see."])
      #expect(try await scene.journaled(.command, id).count { $0["command"]?.string == "review" } == 4)
      let audited = try await scene.audited()
      #expect(audited.count == 4 && audited.allSatisfy { $0["route"]?.string == "POST /api/tasks/{id}:review" })
      #expect(audited.allSatisfy { $0["action"]?.string == "answer" && $0["result"]?.string == "ok" })
    }
  }

  @Test func `only what is completed can be reviewed`() async throws {
    try await WorkScene.run { scene async throws in
      let running = try await scene.holding()
      let early = try await scene.command("\(running):review", #"{"opinion":"accept"}"#)
      #expect(early.said == "409 nothing-to-review")
      #expect(early.body["detail"]?.string?.hasPrefix("There is nothing to review yet") == true, "\(early.body)")
      _ = try await scene.command("\(running):cancel?wait=60")
      let failed = try await scene.begin("fail now")
      try await scene.wait(failed, for: "failed")
      for id in [running, failed] {
        let late = try await scene.command("\(id):review", #"{"opinion":"accept"}"#)
        #expect(late.said == "409 nothing-to-review")
        #expect(late.body["detail"]?.string?.contains("has ended as") == true, "\(late.body)")
        #expect(try await scene.journaled(.command, id).allSatisfy { $0["command"]?.string != "review" })
      }
    }
  }

  @Test func `a producer's task is reviewed like any other`() async throws {
    try await WorkScene.run { scene async throws in
      let opening = TaskOpening(owner: "oscar", tenant: "acme", agent: "import")
      func event(_ change: TaskChange, _ opening: TaskOpening? = nil) -> Batch {
        Batch(
          task: "p1", entries: [Entry(.event, origin: "p", payload: Array("{}".utf8))], opening: opening, change: change
        )
      }
      _ = try await scene.journal.append(event(TaskChange(state: "working"), opening))
      #expect(try await scene.command("p1:review", #"{"opinion":"accept"}"#).said == "409 nothing-to-review")
      _ = try await scene.journal.append(event(TaskChange(state: "completed", isFinal: true)))
      #expect(try await scene.command("p1:review", #"{"opinion":"accept"}"#).said == "200 review")
      #expect(try await reviews(scene, "p1") == ["oscar accept"])
    }
  }

  private static let long = String(repeating: "x", count: 501)

  private static let bad = [
    ("{}", "400 bad-command"), (#"{"opinion":"maybe"}"#, "400 bad-command"), (#"{"opinion":true}"#, "400 bad-body"),
    (#"{"opinion":"disagree"}"#, "400 bad-command"), (#"{"opinion":"disagree","why":""}"#, "400 bad-command"),
    (#"{"opinion":"disagree","why":"  "}"#, "400 bad-command"),
    ("{\"opinion\":\"disagree\",\"why\":\"\(long)\"}", "400 bad-command"),
    (#"{"opinion":"accept","why":"a\u0007b"}"#, "400 bad-command"),
    (#"{"opinion":"accept","id":"a b"}"#, "400 bad-command"), (#"{"opinion":"accept","reason":"x"}"#, "400 bad-body"),
  ]

  @Test func `what is no review is refused, and nothing is kept`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await completed(scene)
      for (body, expected) in Self.bad {
        let answer = try await scene.command("\(id):review", body)
        #expect(answer.said == expected, "\(body): \(answer.body)")
      }
      #expect(try await reviews(scene, id).isEmpty)
    }
  }

  @Test func `the same review, sent often at once, is one`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await completed(scene)
      let said = try await withThrowingTaskGroup(of: (String, Int64?).self) { group in
        for _ in 0..<8 {
          group.addTask {
            let answer = try await scene.command("\(id):review", #"{"id":"r","opinion":"accept"}"#)
            return (answer.said, answer.body["seq"]?.int)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(said.allSatisfy { $0.0 == "200 review" } && Set(said.map(\.1)).count == 1, "\(said)")
      #expect(try await scene.journaled(.command, id).count { $0["command"]?.string == "review" } == 1)
    }
  }

  @Test func `whoever watches all tasks sees it at once, and whoever reads the history finds it`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await completed(scene)
      let socket = try await scene.gateway.socket()
      #expect(
        try await socket.ask(#"{"type":"subscribe","id":"all","all":true,"after":"latest"}"#)?["type"]?.string == "ack")
      #expect(try await scene.command("\(id):review", #"{"opinion":"accept"}"#, as: .other).said == "200 review")
      @Sendable func isReview(_ message: JSONValue) -> Bool {
        message["record"]?["task"]?.string == id && message["record"]?["data"]?["command"]?.string == "review"
      }
      #expect(await socket.read { $0.heard("event").contains { isReview($0) } })
      let late = try await scene.gateway.socket()
      #expect(
        try await late.ask(#"{"type":"subscribe","id":"s","task":"\#(id)","after":"earliest"}"#)?["type"]?.string
          == "ack")
      #expect(await late.read { $0.count("end") == 1 })
      #expect(late.heard("event").count { isReview($0) } == 1 && late.checker.faults == [])
    }
  }

  @Test func `over a socket it is the same command`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await completed(scene)
      let socket = try await scene.gateway.socket()
      let review = #"{"type":"review","id":"r-1","task":"\#(id)","opinion":"accept","why":"Well seen."}"#
      let ack = try #require(try await socket.ask(review))
      #expect(ack["type"]?.string == "ack" && ack["command"]?.string == "review", "\(ack)")
      #expect(ack["repeated"]?.bool == false && ack["verdict"] == nil)
      #expect(try await reviews(scene, id) == ["oscar accept Well seen."])
      let again = try await scene.command("\(id):review", #"{"id":"r-1","opinion":"accept","why":"Well seen."}"#)
      #expect(again.body["repeated"]?.bool == true && again.body["seq"] == ack["seq"])
      let viewer = try await scene.gateway.socket(.vera)
      #expect(try await viewer.ask(review)?["code"]?.string == "forbidden")
      let stranger = try await scene.gateway.socket(.tina)
      #expect(try await stranger.ask(review)?["code"]?.string == "not-found")
      let running = try await scene.holding()
      let early = try await socket.ask(#"{"type":"review","id":"r-2","task":"\#(running)","opinion":"accept"}"#)
      #expect(early?["code"]?.string == "nothing-to-review", "\(early.map { "\($0)" } ?? "nothing")")
    }
  }
}
