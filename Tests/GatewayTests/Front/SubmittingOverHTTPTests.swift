import A2A
import HTTP
import JSON
import Journal
import Telemetry
import TestSupport
import Testing

@testable import Gateway

/// Work for an agent, begun, talked about and stopped over real sockets.
@Suite(.timeLimit(.minutes(3)))
struct SubmittingOverHTTPTests {
  @Test func `a task is begun, runs at its agent, and ends where everyone can read it`() async throws {
    try await WorkScene.run { scene async throws in
      let answer = try await scene.post(
        "/api/tasks",
        #"""
        {"agent":"checker","title":"Look","message":{"contextId":"talk","parts":[{"text":"Look."},{"data":{"n":[1]}},
          {"raw":"AAE=","filename":"a.bin","mediaType":"application/octet-stream"}]}}
        """#)
      #expect(answer.status == 201, "\(answer.text)")
      let id = try #require(try answer.member("id")?.string)
      let names = try JSONValue(parsing: answer.body).members.map(\.key)
      #expect(names == ["id", "context", "cursor", "streamUrl"])
      #expect(try answer.member("context")?.string == "talk")
      #expect(try answer.member("streamUrl")?.string == "/api/stream/\(id)")
      #expect(answer.fields["location"] == "/api/tasks/\(id)")

      let task = try await scene.wait(id, for: "completed")
      #expect(task["title"]?.string == "Look" && task["agent"]?.string == "checker" && task["final"]?.bool == true)
      let shown = task["snapshot"]?["task"]
      #expect(shown?["id"]?.string == id && shown?["contextId"]?.string == "talk")
      let parts = shown?["artifacts"]?[0]?["parts"]
      #expect(parts?[0]?["text"]?.string == "Look." && parts?[1]?["data"]?["n"]?[0]?.int == 1)
      #expect(parts?[2]?["raw"]?.string == "AAE=" && parts?[2]?["filename"]?.string == "a.bin")
      #expect(shown?["status"]?["message"]?["parts"]?[0]?["text"]?.string == "Done.")
      #expect(task["snapshot"]?["seq"]?.int == task["lastSeq"]?.int)

      // The cursor is behind what was stored when it was answered, and everything later follows.
      let cursor = try #require(try answer.member("cursor")?.string)
      let later = try await scene.get("/api/tasks/\(id)/events?after=\(cursor)")
      #expect(later["events"]?[0]?["seq"]?.int == 3)
    }
  }

  @Test func `a text to nobody in particular is for the default agent`() async throws {
    try await WorkScene.run { scene async throws in
      let task = try await scene.wait(try await scene.begin("Look at account 4711."), for: "completed")
      #expect(task["agent"]?.string == "checker" && task["title"]?.string == "Look at account 4711.")
      #expect(task["snapshot"]?["task"]?["artifacts"]?[0]?["parts"]?[0]?["text"]?.string == "Look at account 4711.")
    }
  }

  @Test func `the same key begins nothing twice, in the body or in the field`() async throws {
    try await WorkScene.run { scene async throws in
      let first = try await scene.post("/api/tasks", #"{"text":"One","key":"k"}"#)
      let second = try await scene.post("/api/tasks", #"{"text":"Two"}"#, "Idempotency-Key: k")
      #expect(first.status == 201 && second.status == 200)
      #expect(try first.member("id") == second.member("id") && first.member("cursor") == second.member("cursor"))
      #expect(second.fields["location"] == first.fields["location"])
      #expect(try await scene.get("/api/tasks")["tasks"]?.count == 1)
      // It is its owner's word.
      let other = try await scene.post("/api/tasks", #"{"text":"One","key":"k"}"#, as: .other)
      #expect(other.status == 201)
      #expect(try other.member("id") != first.member("id"))
    }
  }

  @Test func `an agent that cannot be reached is no refusal but a task that has failed, and says why`() async throws {
    try await WorkScene.run { scene async throws in
      let answer = try await scene.post("/api/tasks", #"{"agent":"gone","text":"Look"}"#)
      #expect(answer.status == 201, "\(answer.text)")
      let task = try await scene.wait(try #require(try answer.member("id")?.string), for: "failed")
      #expect(task["snapshot"]?.description.contains("AGENT_UNAVAILABLE") == true || task["final"]?.bool == true)
    }
  }

  @Test func `an agent that is not there and one that is not for the asker are answered alike`() async throws {
    try await WorkScene.run { scene async throws in
      for path in ["/api/tasks", "/api/analyze?agent="] {
        func ask(_ name: String, as column: AccessColumn) async throws -> TestSupport.Answer {
          path == "/api/tasks"
            ? try await scene.post(path, #"{"agent":"\#(name)","text":"Look"}"#, as: column)
            : try await scene.send(path + name, Array("<a/>".utf8), type: "application/xml", as: column)
        }
        let (hidden, absent) = (try await ask("hidden", as: .owner), try await ask("nobody", as: .owner))
        #expect(hidden.status == 404 && hidden.code == "no-such-agent")
        #expect(hidden.text == absent.text)
        #expect([200, 201].contains(try await ask("hidden", as: .other).status))
      }
      #expect(try await scene.get("/api/tasks?owner=oscar")["tasks"]?.count == 0)
    }
  }

  @Test(arguments: [
    ("/api/tasks", #"{"text":"Go","message":{"parts":[{"text":"Go"}]}}"#, "400 bad-task"),
    ("/api/tasks", #"{"message":{"taskId":"abc","parts":[{"text":"Go"}]}}"#, "400 bad-task"),
    ("/api/tasks", #"{"text":"Go","agnet":"checker"}"#, "400 bad-body"), ("/api/tasks", "{", "400 bad-body"),
    ("/api/tasks/abc/messages", #"{"text":"Go"}"#, "404 not-found"),
    ("/api/tasks/abc:cancel", "{}", "404 not-found"),
    ("/api/tasks/abc:stop", "{}", "405 method-not-allowed"), ("/api/tasks/:cancel", "{}", "405 method-not-allowed"),
  ])
  func `what is wrong is refused, and nothing begins`(path: String, body: String, expected: String) async throws {
    try await WorkScene.run { scene async throws in
      let answer = try await scene.post(path, body)
      #expect("\(answer.status) \(answer.code ?? "without a code")" == expected, "\(answer.text)")
      #expect(try await scene.get("/api/tasks")["tasks"]?.count == 0)
    }
  }

  @Test func `only JSON is a body`() async throws {
    try await WorkScene.run { scene async throws in
      for type in [nil, "text/plain", "application/x-www-form-urlencoded"] {
        #expect(try await scene.send("/api/tasks", Array(#"{"text":"Go"}"#.utf8), type: type).status == 415)
      }
      let large = Array(#"{"text":""#.utf8) + Array(repeating: 0x61, count: 4 << 20) + Array(#""}"#.utf8)
      #expect(try await scene.send("/api/tasks", large, type: "application/json").status == 413)
    }
  }

  // MARK: Saying more

  @Test func `an answer reaches the agent that asked, and the question stays in the conversation`() async throws {
    try await WorkScene.run { scene async throws in
      let id = try await scene.begin("ask me")
      try await scene.wait(id, for: "input-required")
      let wrong = try await scene.post(
        "/api/tasks/\(id)/messages", #"{"message":{"taskId":"other","parts":[{"text":"That"}]}}"#)
      #expect(wrong.status == 400 && wrong.code == "bad-task")
      #expect(try await scene.post("/api/tasks/\(id)/messages", #"{"text":"That","agent":"checker"}"#).status == 400)
      let answer = try await scene.post(
        "/api/tasks/\(id)/messages", #"{"message":{"taskId":"\#(id)","parts":[{"text":"That"}]}}"#)
      #expect(answer.status == 202, "\(answer.text)")
      #expect(try answer.member("streamUrl")?.string == "/api/stream/\(id)")
      let task = try await scene.wait(id, for: "completed")
      let shown = task["snapshot"]?["task"]
      #expect(shown?["status"]?["message"]?["parts"]?[0]?["text"]?.string == "Told: That")
      // The question says, too, until when it may be answered.
      let said = shown?["history"]?.elements.compactMap {
        $0["parts"]?[0]?["text"]?.string.map { String($0.prefix(10)) }
      }
      #expect(said == ["ask me", "Which one?", "That"], "\(task)")

      let late = try await scene.post("/api/tasks/\(id)/messages", #"{"text":"More"}"#)
      #expect(late.status == 409 && late.code == "task-ended")
    }
  }

  @Test func `a trace that a request belongs to goes on with the task`() async throws {
    try await WorkScene.run { scene async throws in
      let trace = "0af7651916cd43dd8448eb211c80319c"
      let answer = try await scene.post(
        "/api/tasks", #"{"text":"Look"}"#, "traceparent: 00-\(trace)-b7ad6b7169203331-01",
        "tracestate: congo=t61rcWkgMzE", "tracestate: rojo=1")
      let id = try #require(try answer.member("id")?.string)
      try await scene.wait(id, for: "completed")
      let memo = try #require(try await scene.journal.memos(of: id, under: RunMemory.memoName).first)
      let context = RunMemory(memo)?.traceContext
      #expect(context?.traceID == trace && context?.state?.text == "congo=t61rcWkgMzE,rojo=1")
    }
  }
}
