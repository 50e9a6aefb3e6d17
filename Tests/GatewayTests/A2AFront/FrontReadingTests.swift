import A2A
import FoundationEssentials
import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// Reading by A2A: what the journal has, under the gateway's own names, also when the agent is not there.
@Suite struct FrontReadingTests {
  @Test func `a task is had as its records tell it, in both bindings and both versions`() async throws {
    try await FrontScene.run { front async throws in
      try await front.begin("one")
      try await front.status("one", .working)
      try await front.artifact("one", "a", "first")
      try await front.artifact("one", "a", "second", append: true)
      try await front.status("one", .completed, "Done.")
      for path in ["/agents/checker", "/agents/checker/", "/a2a", "/a2a/"] {
        let task = try #require(try await front.call("GetTask", #"{"id":"one"}"#, at: path).result, "\(path)")
        #expect(task["id"]?.string == "one" && task["contextId"]?.string == "talk")
        #expect(task["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
        #expect(task["artifacts"]?[0]?["parts"]?.count == 2)
        #expect(task["history"]?[0]?["parts"]?[0]?["text"]?.string == "Look at this.")
      }
      let old = try await front.call("tasks/get", #"{"id":"one"}"#, version: "0.3").result
      #expect(old?["kind"]?.string == "task" && old?["status"]?["state"]?.string == "completed")
      for path in ["/agents/checker/tasks/one", "/a2a/tasks/one", "/a2a/checker/tasks/one"] {
        let answer = try #require(try await front.rest("GET", path + "?historyLength=0"), "\(path)")
        let task = try JSONValue(parsing: answer.body)
        #expect(answer.status == 200 && task["id"]?.string == "one" && task["history"] == nil, "\(path) \(answer.text)")
      }
    }
  }

  @Test func `a task of another agent is not there`() async throws {
    try await FrontScene.run { front async throws in
      try await front.begin("one", agent: "other")
      for path in ["/agents/checker", "/a2a"] {
        let error = try await front.call("GetTask", #"{"id":"one"}"#, at: path).error
        #expect(error?["code"]?.int == -32001)
      }
      #expect(try await front.call("GetTask", #"{"id":"one"}"#, at: "/agents/other").result != nil)
      #expect(try await front.call("GetTask", #"{"id":"one","tenant":"other"}"#, at: "/a2a").result != nil)
      #expect(try await front.rest("GET", "/a2a/other/tasks/one")?.status == 200)
    }
  }

  @Test func `an agent that is for others is as little there as one that does not exist`() async throws {
    try await FrontScene.run { front async throws in
      for (path, column, status) in [
        ("/agents/hidden/tasks", AccessColumn.owner, 404), ("/agents/absent/tasks", .owner, 404),
        ("/agents/hidden/tasks", .other, 200), ("/a2a/hidden/tasks", .owner, 404), ("/a2a/absent/tasks", .owner, 404),
        ("/a2a/hidden/tasks", .other, 200), ("/agents/hidden/.well-known/agent-card.json", .owner, 404),
        ("/agents/hidden/.well-known/agent-card.json", .none, 404),
        ("/agents/hidden/.well-known/agent-card.json", .other, 503),
        ("/agents/checker/.well-known/agent-card.json", .none, 503), ("/.well-known/agent-card.json", .none, 503),
      ] {
        let answer = try await front.rest("GET", path, as: column)
        #expect(answer?.status == status, "\(path) as \(column): \(answer?.text ?? "")")
      }
      let hidden = try await front.rest("GET", "/agents/hidden/tasks")
      let absent = try await front.rest("GET", "/agents/absent/tasks")
      #expect(hidden?.body == absent?.body)
    }
  }

  @Test func `a list has what may be watched, newest first, page by page, with every filter`() async throws {
    try await FrontScene.run { front async throws in
      for number in 1...5 { try await front.begin("t\(number)", context: number % 2 == 0 ? "even" : "odd") }
      try await front.begin("elsewhere", agent: "other")
      try await front.begin("tinas", owner: "tina", tenant: "globex")
      try await front.status("t2", .inputRequired, context: "even")
      try await front.artifact("t2", "a", "late")
      func list(_ params: String, as column: AccessColumn = .owner) async throws -> (JSONValue, [String]) {
        let page = try #require(try await front.call("ListTasks", params, as: column).result)
        return (page, page["tasks"]?.elements.compactMap { $0["id"]?.string } ?? [])
      }
      #expect(try await list("{}").1 == ["t2", "t5", "t4", "t3", "t1"])
      #expect(try await list("{}", as: .tenant).1 == ["tinas"])
      #expect(try await list("{}", as: .agent).1 == [])
      #expect(try await list(#"{"contextId":"odd"}"#).1 == ["t5", "t3", "t1"])
      #expect(try await list(#"{"status":"TASK_STATE_INPUT_REQUIRED"}"#).1 == ["t2"])
      #expect(try await list(#"{"statusTimestampAfter":"2999-01-01T00:00:00.000Z"}"#).1 == [])
      #expect(try await list(#"{"statusTimestampAfter":"1999-01-01T00:00:00.000Z"}"#).1.count == 5)
      var (page, ids) = try await list(#"{"pageSize":2}"#)
      #expect(page["totalSize"]?.int == 5 && page["pageSize"]?.int == 2)
      #expect(page["tasks"]?[0]?["artifacts"] == nil)
      // One that goes on in between moves to the front, and none of the others is lost.
      try await front.status("t2", .working, context: "even")
      while let token = page["nextPageToken"]?.string, !token.isEmpty, ids.count < 10 {
        let more: [String]
        (page, more) = try await list(#"{"pageSize":2,"pageToken":"\#(token)"}"#)
        ids += more
      }
      #expect(ids == ["t2", "t5", "t4", "t3", "t1"])
      let full = try await list(#"{"includeArtifacts":true,"historyLength":0}"#).0["tasks"]?[0]
      #expect(full?["artifacts"]?.count == 1 && full?["history"] == nil)
      for params in [
        #"{"pageSize":0}"#, #"{"pageSize":101}"#, #"{"pageToken":"x"}"#, #"{"pageToken":"elsewhere.1"}"#,
        #"{"historyLength":-1}"#,
      ] {
        #expect(try await front.call("ListTasks", params).error?["code"]?.int == -32602, "\(params)")
      }
    }
  }

  @Test func `a subscription is a snapshot and all that follows, through questions, to the end`() async throws {
    try await FrontScene.run { front async throws in
      try await front.begin("one")
      try await front.status("one", .working)
      try await front.artifact("one", "a", "first")
      let stream = try await front.subscribe("one")
      #expect(stream.status == 200)
      guard case .task(let task)? = try await stream.next() else { throw TLSClient.Failure(description: "no task") }
      #expect(task.status.state == .working && task.artifacts?.count == 1 && task.history?.count == 1)
      for number in 1...50 { try await front.artifact("one", "a", "\(number)", append: true) }
      try await front.status("one", .inputRequired, "Which?")
      try await front.status("one", .working)
      try await front.status("one", .completed, "Done.")
      var told: [String] = []
      while let event = try await stream.next() { told.append(event.short) }
      #expect(
        told == Array(repeating: "artifact a", count: 50) + ["inputRequired Which?", "working", "completed Done."])
    }
  }

  @Test func `what has ended is not subscribed to, and says so`() async throws {
    try await FrontScene.run { front async throws in
      try await front.begin("one")
      try await front.status("one", .completed)
      let error = try await front.call("SubscribeToTask", #"{"id":"one"}"#).error
      #expect(error?["code"]?.int == -32004)
      #expect(try await front.rest("POST", "/agents/checker/tasks/one:subscribe")?.status == 400)
    }
  }

  @Test func `a stream ends with its right, and says why; the task goes on`() async throws {
    try await FrontScene.run { front async throws in
      try await front.begin("one")
      let stream = try await front.subscribe("one")
      _ = try await stream.next()
      let policy = TestPeople.policy.replacing(
        #"{"name": "oscar", "tenant": "acme", "roles""#,
        with: #"{"name": "oscar", "tenant": "acme", "disabled": true, "roles""#)
      try Data(policy.utf8).write(to: URL(filePath: front.gateway.policyFile))
      _ = try await front.gateway.gateway.reload()
      let failure = await #expect(throws: TLSClient.Failure.self) { _ = try await stream.next() }
      #expect(failure?.description.contains("RIGHT_REVOKED") == true, "\(String(describing: failure))")
    }
  }

  @Test func `a producer's task under the agent's name is shown as far as it is known`() async throws {
    try await FrontScene.run { front async throws in
      try await front.scene.open("made")
      let task = try await front.call("GetTask", #"{"id":"made"}"#).result
      #expect(task?["id"]?.string == "made" && task?["status"]?["state"]?.string == "TASK_STATE_SUBMITTED")
    }
  }
}
