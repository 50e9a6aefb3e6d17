import A2A
import HTTP
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Answers that are worked out from a task's whole history say the same as its streams.
@Suite struct ToldHistoryTests {
  private func get(_ path: String, of stand: ProfileStand) async throws -> JSONValue {
    let token = try TestTokens.token(for: "oscar")
    let answer = try #require(try await stand.stand.gateway.ask("GET", path, ["Authorization: Bearer \(token)"]))
    #expect(answer.status == 200, "\(answer.text)")
    return try JSONValue(parsing: answer.body)
  }

  @Test func `a producer's task that ends without a word has ended in every answer`() async throws {
    try await ProfileStand.run { stand async throws in
      try await stand.stand.open("t")
      try await stand.stand.say("t", 2, final: true)
      let workflow = try await get("/api/workflows/wf_t", of: stand)
      #expect(workflow["status"]?.string == "COMPLETED" && workflow["final_response"]?.string != nil)
      #expect(workflow["execution_time_ms"]?.int != nil)
      let page = try JSONValue(parsing: try await stand.page("profile=simple").body)
      #expect(page["told"]?.elements.map(\.self).last?["event"]?.string == "complete" && page["complete"]?.bool == true)
      let agent = try #require(try await get("/api/tasks/t", of: stand)["agent"]?.string)
      let events = try await get("/api/v1/agents/\(agent)/tasks/t/events?page_size=100", of: stand)
      #expect(events["events"]?.elements.map(\.self).last?["event_type"]?.string == "WorkflowCompleted")
    }
  }

  @Test func `what it has come to is the same in the stream and in the answer`() async throws {
    try await ProfileStand.run { stand async throws in
      var script = RunScript()
      script.submit()
      script.open()
      script.artifact(Artifact(id: "a", parts: [.text("A letter.")]))
      script.artifact(Artifact(id: "b", parts: [Part(.text("<p>A page.</p>"), mediaType: "text/html")]))
      script.status(.completed)
      try await stand.put(script, final: .completed)
      let client = try await stand.watch("agentarea")
      #expect(await client.finish() == "finished")
      let end = try JSONValue(parsing: try #require(client.told.last).data)
      let response = try await get("/api/v1/agents/checker/tasks/t/response", of: stand)
      #expect(end["data"]?["final_response"]?.string == "A letter.")
      #expect(response["final_response"]?.string == "A letter.")
    }
  }

  @Test func `pages cut what there is of one type, and count it`() throws {
    let events = (0..<7).flatMap { number in
      ["a", "b"].map { type in ProfileEvent(type) { $0.member("n", number) } }
    }
    func found(_ query: String) throws -> AgentAreaPage.Found {
      let target = try RequestTarget(parsing: "/api/v1/agents/x/tasks/t/events?\(query)")
      var found = AgentAreaPage.Found(try AgentAreaPage(target))
      for event in events { found.take(event) }
      return found
    }
    let all = try found("page=2&page_size=10")
    #expect(all.events == Array(events[10...]) && all.total == 14 && !all.hasNext)
    let some = try found("page=2&page_size=3&event_type=b")
    #expect(some.events == events.filter { $0.name == "b" }[3..<6].map(\.self) && some.total == 7 && some.hasNext)
    let whole = try found("page_size=7&event_type=a")
    #expect(whole.events.count == 7 && !whole.hasNext)
    #expect(try found("page=9").events.isEmpty)
  }
}
