import A2A
import A2AWire
import AgentKit
import HTTP
import JSON
import TestSupport
import Testing
import Wire

/// Agents as clients of the first alert analyzers call them, over real sockets with certificates on both sides.
@Suite(.timeLimit(.minutes(3)))
struct AnalyzerFormTests {
  private static let agent = ScriptedAgent { context in
    switch context.message.text {
    case "wait": try await forever()
    case "fail": throw AgentFailure("No data.")
    case "reject": throw AgentRejection("Not mine.")
    case "ask":
      let outcome = try await context.ask(.choice("Cleared?", [.init("yes"), .init("no")]))
      return "Told: \(outcome.message?.text ?? "nothing")"
    default: break
    }
    try await context.tool("history") { tool in
      try await tool.progress(step: 1, total: 1)
      tool.summary("Three.")
    }
    let decision = try JSONValue(parsing: #"{"determination":"CLOSE"}"#)
    try await context.artifact(Artifact(id: "decision", parts: [.data(decision)]))
    return "CLOSE."
  }

  private static func body(_ text: String, task: String? = nil, id: String? = "1") -> String {
    let task = task.map { #""task_id":"\#($0)","# } ?? ""
    let id = id.map { #""id":\#($0),"# } ?? ""
    return #"{"jsonrpc":"2.0",\#(id)"method":"message/stream","params":{\#(task)"messages":[{"role":"user","parts":"#
      + #"[{"type":"textPart","text":"\#(text)"}]}]}}"#
  }

  @Test func `a stream tells a task in the envelope of then, from its first state to its decision`() async throws {
    try await ServedAgent.run(Self.agent) { served in
      try await PlainCaller.run(served.origin) { caller in
        let told = try await caller.stream("/message/stream", Self.body("go", task: "unknown"))
        #expect(told.allSatisfy { $0.type == "task_update" && $0.data["id"]?.int == 1 })
        let updates = told.compactMap { $0.data["result"]?["taskStatusUpdateEvent"] }
        #expect(updates.count == told.count)
        let states = updates.compactMap { $0["task"]?["state"]?.string }
        #expect(states.first == "working" && states.last == "completed")
        #expect(updates.map { $0["final"]?.bool == true } == states.map { $0 == "completed" })
        let kinds = try updates.compactMap { $0["task"]?["messages"]?[0]?["parts"]?[1]?["data"]?.string }.map {
          try JSONValue(parsing: $0)["event_type"]?.string
        }
        #expect(kinds == ["tool_start", "tool_progress", "tool_complete"])
        let artifacts = try JSONValue(parsing: #"[{"type":"decision","data":{"determination":"CLOSE"}}]"#)
        #expect(updates.last?["artifacts"] == artifacts && updates.first?["artifacts"]?.count == 0)
        #expect(Set(told.compactMap { $0.data["result"]?["task"]?["id"]?.string }).count == 1)
      }
    }
  }

  @Test func `an alert begins a task, which can be read and heard of from then on`() async throws {
    try await ServedAgent.run(Self.agent) { served in
      try await PlainCaller.run(served.origin) { caller in
        let begun = try await caller.ask(.post, "/analyze", #"{"alert_text":"go"}"#)
        #expect(begun.status == .ok && begun.json?.members.map(\.key) == ["task_id"])
        let id = try #require(begun.json?["task_id"]?.string)
        let last = try await caller.stream("/message/stream", Self.body("go", task: id)).last
        #expect(last?.data["result"]?["task"]?["id"]?.string == id)
        #expect(last?.data["result"]?["task"]?["state"]?.string == "completed")
        // Once more, behind its end.
        let again = try await caller.stream("/message/stream", Self.body("go", task: id))
        #expect(again.count == 1 && again[0].data == last?.data)

        let read = try await caller.ask(.get, "/tasks/\(id)")
        #expect(
          read.json?.members.map(\.key) == ["id", "state", "final", "messages", "alert_text", "artifacts"])
        #expect(read.json?["state"]?.string == "completed" && read.json?["alert_text"]?.string == "go")
        #expect(read.json?["messages"]?[0]?["role"]?.string == "user")
        let said = read.json?["messages"]?.elements.map { $0["parts"]?[0]?["text"]?.string }
        #expect(said == ["go", "CLOSE."])
        #expect(read.json?["artifacts"]?[0]?["data"]?["determination"]?.string == "CLOSE")
        // A2A's own callers name their version, and get its form.
        let modern = try await caller.ask(.get, "/tasks/\(id)", nil, [("a2a-version", "1.0")])
        #expect(modern.json?["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
      }
    }
  }

  @Test func `a task that asks ends its stream, and takes the answer under its id`() async throws {
    try await ServedAgent.run(Self.agent) { served in
      try await PlainCaller.run(served.origin) { caller in
        let asked = try #require(try await caller.stream("/message/stream", Self.body("ask")).last)
        let update = asked.data["result"]?["taskStatusUpdateEvent"]
        #expect(update?["task"]?["state"]?.string == "input-required" && update?["final"]?.bool == false)
        let id = try #require(asked.data["result"]?["task"]?["id"]?.string)
        let end = try await caller.stream("/message/stream", Self.body("yes", task: id)).last
        let message = end?.data["result"]?["taskStatusUpdateEvent"]?["task"]?["messages"]?[0]
        #expect(message?["parts"]?[0]?["text"]?.string == "Told: yes")
      }
    }
  }

  @Test(arguments: [("fail", "Error: No data."), ("reject", "Error: Not mine.")])
  func `a failure is the last event, and says why`(text: String, said: String) async throws {
    try await ServedAgent.run(Self.agent) { served in
      try await PlainCaller.run(served.origin) { caller in
        let last = try await caller.stream("/message/stream", Self.body(text, id: nil)).last
        let update = last?.data["result"]?["taskStatusUpdateEvent"]
        #expect(update?["task"]?["state"]?.string == "failed" && update?["final"]?.bool == true)
        #expect(update?["task"]?["messages"]?[0]?["parts"]?[0]?["text"]?.string == said)
        #expect(last?.data["id"]?.isNull == true)
      }
    }
  }

  @Test func `what is no call is refused with a status, what cannot begin with an event`() async throws {
    var limits = TaskLimits()
    limits.tasks = 1
    try await ServedAgent.run(Self.agent, configure: { $0.tasks = limits }) { served in
      try await PlainCaller.run(served.origin) { caller in
        for (path, body, status, code) in [
          ("/analyze", "{}", 400, -32602), ("/analyze", "{", 400, -32700), ("/message/stream", "{}", 400, -32602),
          ("/message/stream", "[]", 400, -32600),
        ] {
          let answer = try await caller.ask(.post, path, body)
          #expect(answer.status.code == status, "\(path) \(body): \(answer.text)")
          #expect(answer.json?["error"]?["code"]?.int == Int64(code), "\(path) \(body): \(answer.text)")
        }
        let gone = try await caller.ask(.get, "/tasks/none")
        #expect(gone.status == .notFound && gone.json?["error"]?["code"]?.int == -32001)

        let first = try await caller.ask(.post, "/analyze", #"{"alert_text":"wait"}"#)
        #expect(first.status == .ok)
        let full = try await caller.stream("/message/stream", Self.body("go"))
        #expect(full.map(\.type) == ["error"])
        #expect(full.first?.data["error"]?["code"]?.int == -32000 && full.first?.data["id"]?.int == 1)
        #expect(full.first?.data["error"]?["message"]?.string?.contains("no room") == true)
      }
    }
  }

  @Test func `somebody else's task is not there`() async throws {
    try await ServedAgent.run(Self.agent) { served in
      let id = try await PlainCaller.run(served.origin) { caller in
        try #require(try await caller.ask(.post, "/analyze", #"{"alert_text":"wait"}"#).json?["task_id"]?.string)
      }
      try await PlainCaller.run(served.origin, as: .goodOperator) { caller in
        let (other, none) = (try await caller.ask(.get, "/tasks/\(id)"), try await caller.ask(.get, "/tasks/none"))
        #expect(other.status == .notFound && other.text.replacing(id, with: "none") == none.text)
        // A name that is not taken, for all that this caller can tell.
        let begun = try await caller.stream("/message/stream", Self.body("go", task: id)).last
        #expect(begun?.data["result"]?["task"]?["id"]?.string != id)
      }
    }
  }

  @Test func `the card is at its older address too, with what clients look for there`() async throws {
    try await ServedAgent.run(Self.agent) { served in
      try await PlainCaller.run(served.origin) { caller in
        let card = try #require(try await caller.ask(.get, "/.well-known/agent.json").json)
        let current = try #require(try await caller.ask(.get, "/.well-known/agent-card.json").json)
        #expect(current["endpoint"] == nil)
        for (name, member) in current.members where name != "capabilities" { #expect(card[name] == member, "\(name)") }
        #expect(card["id"]?.string == "scripted" && card["endpoint"]?.string == served.origin)
        #expect(card["authentication"]?["schemes"]?[0]?.string == "mTLS")
        #expect(card["capabilities"]?["streaming"]?.bool == true)
        #expect(card["capabilities"]?["authenticated"]?.bool == true)
      }
    }
  }

  @Test func `who speaks 1.0 alone has none of it`() async throws {
    try await ServedAgent.run(Self.agent, configure: { $0.versions = [.v1] }) { served in
      try await PlainCaller.run(served.origin) { caller in
        let begun = try await caller.ask(.post, "/analyze", #"{"alert_text":"go"}"#)
        let told = try await caller.ask(.post, "/message/stream", Self.body("go"))
        #expect(begun.status == .notFound && told.status == .notFound)
        let read = try await caller.ask(.get, "/tasks/none")
        #expect(read.text.contains("A2A-Version"))
      }
    }
  }
}

/// A client without a codec: what goes out and comes back is plain HTTP.
private struct PlainCaller {
  struct Reply {
    let status: HTTPStatus
    let body: [UInt8]

    var json: JSONValue? { try? JSONValue(parsing: body) }
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  let client: HTTPClient
  let origin: String

  static func run<Value>(
    _ origin: String, as kind: TestCertificates.Client = .good, _ body: (PlainCaller) async throws -> Value
  ) async throws -> Value {
    let loop = try await Loop.start(name: "plain")
    let client = try HTTPClient(
      loop: loop, configuration: ClientConfiguration(tls: try AgentCertificates.clientTLS(kind)))
    do {
      let value = try await body(PlainCaller(client: client, origin: origin))
      await client.close()
      await loop.stop()
      return value
    } catch {
      await client.close()
      await loop.stop()
      throw error
    }
  }

  func ask(
    _ method: HTTPMethod, _ path: String, _ body: String? = nil, _ fields: [(String, String)] = []
  ) async throws -> Reply {
    let response = try await send(method, path, body, fields)
    return Reply(status: response.status, body: try await response.body.collect(limit: 1 << 20))
  }

  /// All events to the end of the stream.
  func stream(_ path: String, _ body: String) async throws -> [(type: String, data: JSONValue)] {
    let response = try await send(.post, path, body, [])
    try #require(response.status == .ok && response.mediaType == "text/event-stream")
    let events = try await response.events()
    var all: [(String, JSONValue)] = []
    while let event = try await events.next() { all.append((event.type, try JSONValue(parsing: event.data))) }
    return all
  }

  private func send(
    _ method: HTTPMethod, _ path: String, _ body: String?, _ fields: [(String, String)]
  ) async throws -> ClientResponse {
    let json = body.map { _ in [("content-type", "application/json")] } ?? []
    return try await client.send(
      ClientRequest(
        method, try ServiceURL(parsing: origin + path), fields: HTTPFields(json + fields),
        body: body.map { .bytes(Array($0.utf8)) } ?? .none))
  }
}
