import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Commands to tasks over real TLS, with an agent behind.
@Suite(.timeLimit(.minutes(3)))
struct CommandsOverHTTPTests {
  // MARK: Cancel

  @Test func `a cancel is answered with a receipt, and whoever waits gets the verdict`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      let waited = try await scene.command("\(id):cancel?wait=60", #"{"id":"c-1","why":"Enough."}"#)
      #expect(waited.said == "200 cancel stopped", "\(waited.body)")
      let names = waited.body.members.map(\.key)
      #expect(names == ["id", "task", "command", "seq", "repeated", "verdict"])
      #expect(waited.body["id"]?.string == "c-1" && waited.body["task"]?.string == id)
      #expect(waited.body["repeated"]?.bool == false)
      let command = try #require(try await scene.journaled(.command, id).last)
      #expect(command.description == #"{"command":"cancel","id":"c-1","by":"oscar","why":"Enough."}"#)
      let records = try await scene.records(id)
      #expect(records.first { $0.seq == waited.body["seq"]?.int }?.kind == .command)
      let verdict = waited.body["verdict"]
      #expect(records.first { $0.seq == verdict?["seq"]?.int }?.kind == .verdict)
      #expect((verdict?["afterMilliseconds"]?.int ?? -1) >= 0)

      // The same one again, when all is over: the same answer, and nothing happens.
      let again = try await scene.command("\(id):cancel", #"{"id":"c-1","why":"Enough."}"#)
      #expect(again.said == "200 cancel stopped" && again.body["repeated"]?.bool == true)
      #expect(again.body["seq"] == waited.body["seq"] && again.body["verdict"] == verdict)
      #expect(try await scene.command("\(id):cancel", #"{"id":"c-1"}"#).said == "409 command-id-taken")
      #expect(try await scene.command("\(id):cancel").said == "409 task-ended")
      #expect(try await scene.records(id).count == records.count)
      // Another's word is another's.
      #expect(try await scene.command("\(id):cancel", #"{"id":"c-1"}"#, as: .operator).said == "409 task-ended")
    }
  }

  @Test func `who does not wait hears that it is on its way, and of the verdict like all others`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      // No body at all is as good as an empty one.
      let answer = try #require(
        try await scene.gateway.ask("POST", "/api/tasks/\(id):cancel", try AccessColumn.owner.lines()))
      #expect(answer.status == 202, "\(answer.text)")
      #expect(try answer.member("verdict") == nil)
      try await scene.wait(id, for: "canceled")
      let isThere = try await eventually { try await scene.journaled(.verdict, id).count == 1 }
      #expect(isThere)
      let verdict = try #require(try await scene.journaled(.verdict, id).first)
      let name = try answer.member("id")
      #expect(verdict["verdict"]?.string == "stopped" && verdict["id"] == name)
    }
  }

  @Test func `a refusal to stop has the agent's words, and the task goes on`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.begin("refuse it")
      try await scene.wait(id, for: "input-required")
      let answer = try await scene.command("\(id):cancel?wait=60")
      #expect(answer.said == "200 cancel refused", "\(answer.body)")
      #expect(answer.body["verdict"]?["why"]?.string?.contains("The books are open.") == true, "\(answer.body)")
      #expect(try await scene.journal.task(id)?.state == "input-required")
      _ = try await scene.post("/api/tasks/\(id)/messages", #"{"text":"Yes"}"#)
      try await scene.wait(id, for: "completed")
    }
  }

  @Test func `a task that waits in line is stopped at once`() async throws {
    try await WorkScene.run {
      $0.work.agents[0].running = 1
    } _: { scene async throws in
      _ = try await scene.holding()
      let waiting = try await scene.begin("hold on")
      #expect(try await scene.command("\(waiting)/messages", #"{"text":"More."}"#).said == "409 task-waiting")
      #expect(try await scene.command("\(waiting):pause").said == "409 task-waiting")
      #expect(try await scene.command("\(waiting):cancel", #"{"id":"c"}"#).said == "200 cancel stopped")
      let again = try await scene.command("\(waiting):cancel", #"{"id":"c"}"#)
      #expect(again.said == "200 cancel stopped" && again.body["repeated"]?.bool == true)
    }
  }

  // MARK: The others

  @Test func `a message is a command with a receipt, and says where its answer comes`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.begin("ask me")
      try await scene.wait(id, for: "input-required")
      let body = #"{"id":"m-1","text":"That one."}"#
      let answer = try await scene.command("\(id)/messages?wait=60", body)
      #expect(answer.body["verdict"]?["verdict"]?.string == "taken", "\(answer.body)")
      #expect(answer.body["id"]?.string == "m-1" && answer.body["streamUrl"]?.string == "/api/stream/\(id)")
      let task = try await scene.wait(id, for: "completed")
      #expect(task["snapshot"]?["task"]?["status"]?["message"]?["parts"]?[0]?["text"]?.string == "Told: That one.")
      let records = try await scene.records(id).count
      let again = try await scene.command("\(id)/messages", body)
      #expect(again.body["repeated"]?.bool == true && again.body["seq"] == answer.body["seq"], "\(again.body)")
      let other = try await scene.command("\(id)/messages", #"{"id":"m-1","text":"No, this."}"#)
      #expect(other.said == "409 command-id-taken")
      #expect(try await scene.command("\(id)/messages", #"{"text":"That one."}"#).said == "409 task-ended")
      #expect(try await scene.records(id).count == records)
    }
  }

  @Test func `a pause and its end are asked of the agent, which may say no`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      let pause = try await scene.command("\(id):pause?wait=60", #"{"id":"p","why":"Lunch."}"#)
      #expect(["200 pause paused", "200 pause refused"].contains(pause.said), "\(pause.body)")
      let resume = try await scene.command("\(id):resume?wait=60", #"{"id":"r"}"#)
      #expect(["200 resume resumed", "200 resume refused"].contains(resume.said), "\(resume.body)")
      let journaled = try await scene.journaled(.command, id).dropFirst().map(\.description)
      #expect(
        Array(journaled) == [
          #"{"command":"pause","id":"p","by":"oscar","why":"Lunch."}"#,
          #"{"command":"resume","id":"r","by":"oscar"}"#,
        ])
    }
  }

  @Test func `a question that is not there is neither answered nor claimed`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      for (verb, body) in [("answer", #"{"text":"Yes."}"#), ("claim", "{}"), ("release", "{}")] {
        #expect(try await scene.command("\(id)/questions/q9:\(verb)", body).said == "404 no-such-question")
      }
    }
  }

  // MARK: What is wrong

  private static let long = String(repeating: "x", count: 129)

  @Test(arguments: [
    (":cancel", #"{"id":""}"#, "400 bad-command"), (":cancel", #"{"id":"a b"}"#, "400 bad-command"),
    (":cancel", #"{"id":"ä"}"#, "400 bad-command"), (":cancel", "{\"id\":\"\(long)\"}", "400 bad-command"),
    (":cancel", #"{"id":7}"#, "400 bad-body"), (":cancel", #"{"reason":"x"}"#, "400 bad-body"),
    (":cancel", #"["x"]"#, "400 bad-body"), (":cancel", #"{"why":"a\u0007b"}"#, "400 bad-command"),
    (":pause", "{\"why\":\"\(long + long + long + long)\"}", "400 bad-command"),
    (":resume", #"{"why":"x"}"#, "400 bad-body"),
    (":cancel?wait=0", "{}", "400 bad-query"), (":cancel?wait=61", "{}", "400 bad-query"),
    (":cancel?wait=soon", "{}", "400 bad-query"), (":cancel?waits=1", "{}", "400 bad-query"),
    ("/messages", #"{"text":"x","id":"a b"}"#, "400 bad-command"), ("/messages", #"{"id":"x"}"#, "400 bad-task"),
    ("/messages", #"{"text":""}"#, "400 bad-task"), ("/messages?after=1", #"{"text":"x"}"#, "400 bad-query"),
    ("/questions/q1:answer", "{}", "400 bad-command"),
    ("/questions/q1:answer", #"{"text":"x","decline":true}"#, "400 bad-command"),
    ("/questions/q1:answer", #"{"values":{},"text":"x"}"#, "400 bad-command"),
    ("/questions/q1:answer", #"{"values":[1]}"#, "400 bad-command"),
    ("/questions/q1:answer", #"{"text":""}"#, "400 bad-command"),
    ("/questions/q1:answer", #"{"decline":"yes"}"#, "400 bad-body"),
    ("/questions/q1:answer", #"{"decline":false}"#, "400 bad-command"),
    ("/questions/q1:claim", #"{"values":{}}"#, "400 bad-body"), ("/questions/q1:ask", "{}", "404 not-found"),
  ])
  func `what is no command is refused, and nothing is done`(path: String, body: String, expected: String) async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      let answer = try await scene.command("\(id)\(path)", body)
      #expect(answer.said == expected, "\(answer.body)")
      // The agent may have gone on meanwhile. The one command is that which began it.
      #expect(try await scene.records(id).count { $0.kind == .command || $0.kind == .answer } == 1)
    }
  }

  @Test func `the field says the same as the member, and two words are one too many`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      let path = "/api/tasks/\(id):pause"
      #expect(try await scene.post(path, #"{"id":"one"}"#, "Idempotency-Key: two").code == "bad-command")
      #expect(try await scene.post(path, "{}", "Idempotency-Key: one", "Idempotency-Key: two").code == "bad-command")
      #expect(try await scene.post(path, "{}", "Idempotency-Key: a b").code == "bad-command")
      let first = try await scene.post(path, #"{"id":"one"}"#, "Idempotency-Key: one")
      #expect([200, 202].contains(first.status), "\(first.text)")
      let second = try await scene.post(path, "{}", "Idempotency-Key: one")
      #expect(try second.member("repeated")?.bool == true)
    }
  }

  @Test func `only JSON is a body, and not more of it than a command has`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      for type in [nil, "text/plain", "application/x-www-form-urlencoded"] {
        #expect(try await scene.send("/api/tasks/\(id):cancel", Array("{}".utf8), type: type).status == 415)
      }
      let large = Array(#"{"why":""#.utf8) + Array(repeating: 0x61, count: 16 << 10) + Array(#""}"#.utf8)
      #expect(try await scene.send("/api/tasks/\(id):cancel", large, type: "application/json").status == 413)
      // 500 characters are 500, however many bytes they take.
      let why = String(repeating: #"\ud83d\ude00"#, count: 500)
      #expect(try await scene.command("\(id):cancel?wait=60", "{\"why\":\"\(why)\"}").said == "200 cancel stopped")
    }
  }

  @Test func `a task that has ended knows which questions were asked`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      #expect(try await scene.command("\(id):cancel?wait=60").said == "200 cancel stopped")
      #expect(try await scene.command("\(id)/questions/q1:claim").said == "404 no-such-question")
      #expect(try await scene.command("\(id):pause").said == "409 task-ended")
    }
  }

  @Test func `a producer's task can be neither told anything nor stopped`() async throws {
    try await WorkScene.run { scene async throws in
      let opening = TaskOpening(owner: "oscar", tenant: "acme", agent: "import")
      _ = try await scene.journal.append(
        Batch(
          task: "p1", entries: [Entry(.event, origin: "gateway", payload: Array("{}".utf8))], opening: opening,
          change: TaskChange(state: "working")))
      for path in ["p1:cancel", "p1:pause", "p1:resume", "p1/questions/q1:claim"] {
        #expect(try await scene.command(path).said == "409 not-run-here")
      }
      #expect(try await scene.command("p1/messages", #"{"text":"Go"}"#).said == "409 not-run-here")
      #expect(try await scene.command("p1/questions/q1:answer", #"{"text":"Go"}"#).said == "409 not-run-here")
      #expect(try await scene.records("p1").count == 1)
    }
  }

  // MARK: Who

  @Test func `promise 9: to act on somebody else's task is as if there were none`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.begin("ask me")
      try await scene.wait(id, for: "input-required")
      let count = try await scene.records(id).count
      let acts = [
        (":cancel", "{}"), (":pause", "{}"), (":resume", "{}"), ("/messages", #"{"text":"Go"}"#),
        ("/questions/q1:answer", #"{"text":"Go"}"#), ("/questions/q1:claim", "{}"), ("/questions/q1:release", "{}"),
      ]
      for (suffix, body) in acts {
        for column in [AccessColumn.tenant, .agent] {
          let theirs = try await scene.post("/api/tasks/\(id)\(suffix)", body, as: column)
          let nobodys = try await scene.post("/api/tasks/none\(suffix)", body, as: column)
          #expect(theirs.status == nobodys.status && theirs.text == nobodys.text, "\(column) \(suffix)")
          #expect([403, 404].contains(theirs.status))
        }
        // Whoever may only watch it is told so.
        #expect(try await scene.post("/api/tasks/\(id)\(suffix)", body, as: .viewer).code == "forbidden")
      }
      // Who has nothing to say here is not told what is wrong with it.
      #expect(try await scene.post("/api/tasks/\(id):cancel", "no JSON", as: .other).code == "forbidden")
      for suffix in [":cancel", ":pause", ":resume"] {
        #expect(try await scene.post("/api/tasks/\(id)\(suffix)", "{}", as: .other).code == "forbidden")
      }
      #expect(try await scene.records(id).count == count)
    }
  }

  @Test func `each command that is taken is in the audit trail once, with who, what and which task`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.holding()
      for _ in 1...2 { _ = try await scene.command("\(id):pause?wait=60", #"{"id":"p-1"}"#) }
      _ = try await scene.command("\(id):cancel?wait=60", #"{"id":"c-1"}"#, as: .operator)
      _ = try await scene.command("\(id):cancel", #"{"id":"late"}"#)
      let records = try await scene.audited()
      let shown = records.map { record in
        ["who", "route", "action", "result", "credential"].map { record[$0]?.string ?? "-" }.joined(separator: " ")
      }
      #expect(
        shown == [
          "oscar POST /api/tasks/{id}:pause cancel ok token", "olaf POST /api/tasks/{id}:cancel cancel ok token",
        ])
      #expect(records.allSatisfy { $0["task"]?.string == id && $0["from"]?.string == "127.0.0.1" })
      #expect(records.allSatisfy { $0["request"]?.string?.isEmpty == false })
      #expect(records.first?["detail"]?.string?.hasPrefix("The command pause with the id p-1 was taken") == true)
    }
  }

  @Test func `who commands too often is told when to come back`() async throws {
    try await WorkScene.run {
      $0.identity.rates.commandsPerPrincipal = 2
    } _: { scene async throws in
      let id = try await scene.holding()
      // What is refused because of its words is no command yet.
      #expect(try await scene.command("\(id):cancel", #"{"id":"a b"}"#).said == "400 bad-command")
      #expect(try await scene.command("\(id):pause").said != "429 too-many-requests")
      #expect(try await scene.command("\(id):pause").said != "429 too-many-requests")
      let refused = try await scene.post("/api/tasks/\(id):cancel", "{}")
      #expect(refused.status == 429 && refused.code == "too-many-requests", "\(refused.text)")
      #expect(Int(refused.fields["retry-after"] ?? "").map { (1...30).contains($0) } == true)
      #expect(try await scene.post("/api/tasks:cancel", #"{"filter":"mine"}"#).status == 429)
      #expect(try await scene.command("\(id):cancel?wait=60", as: .operator).said == "200 cancel stopped")
    }
  }
}
