import A2A
import A2AWire
import AgentKit
import JSON
import Testing

@Suite(.timeLimit(.minutes(2)))
struct ToolTests {
  /// The reports of a task that runs to its end.
  private static func reports(_ made: TestStore) async throws -> [ProgressReport] {
    try await made.stream().all().compactMap(\.report)
  }

  @Test func `A tool tells its beginning, its steps, and its end with what came of it and how long it took`()
    async throws
  {
    let input = try JSONValue(parsing: #"{"symbol":"ABC"}"#)
    let time = ManualTime()
    let store = TaskStore(
      agent: ScriptedAgent { context in
        let value = try await context.tool("market_data", input: input) { tool in
          try await tool.progress(step: 1, total: 4, records: 120, message: "loaded")
          time.advance(by: .milliseconds(1500))
          tool.summary("120 rows, one gap.")
          return 42
        }
        return "\(value)"
      }, world: time.world, log: .nowhere)
    let feed = try await store.stream(
      SendMessageRequest(message: Message(id: "m", role: .user, text: "x")), .by(.anonymous))
    let events = try await feed.all()
    let reports = events.compactMap(\.report)
    #expect(reports.map(\.type) == [.toolStarted, .toolProgress, .toolCompleted])
    #expect(Set(reports.map(\.callID)).count == 1 && reports[0].callID?.hasSuffix("-call-1") == true)
    #expect(Set(reports.map(\.tool)) == ["market_data"])
    #expect(reports[0].input == input)
    #expect(reports[1].step == 1 && reports[1].total == 4 && reports[1].records == 120)
    #expect(reports[1].message == "loaded")
    #expect(reports[2].durationMilliseconds == 1500)
    #expect(reports[2].summary == "120 rows, one gap.")
    #expect(
      events.map(\.short).dropFirst(2) == [
        "working market_data: started.", "working market_data: 1 of 4 loaded.",
        "working market_data: 120 rows, one gap.",
        "completed 42",
      ])
  }

  @Test func `A tool that fails says so, without telling what a foreign error says`() async throws {
    let made = TestStore { context in
      do {
        try await context.tool("news") { _ in throw Unexpected(what: "secret") }
      } catch is Unexpected {}
      do {
        try await context.tool("news") { _ in throw AgentFailure("No feed.") }
      } catch is AgentFailure {}
      return nil
    }
    let reports = try await Self.reports(made)
    #expect(reports.map(\.type) == [.toolStarted, .toolFailed, .toolStarted, .toolFailed])
    #expect(reports.map { $0.callID?.suffix(6) } == ["call-1", "call-1", "call-2", "call-2"])
    #expect(reports[1].error?.contains("secret") == false)
    #expect(reports[3].error == "No feed.")
  }

  @Test func `Tools at the same time do not mix`() async throws {
    let made = TestStore { context in
      try await withThrowingTaskGroup { group in
        for number in 0..<20 {
          group.addTask {
            try await context.tool("same", input: try JSONValue(parsing: "\(number)")) { tool in
              for step in 1...5 { try await tool.progress(step: step, total: 5, message: "\(number)") }
              tool.summary("\(number)")
            }
          }
        }
        try await group.waitForAll()
      }
      return nil
    }
    let calls = Dictionary(grouping: try await Self.reports(made), by: \.callID)
    #expect(calls.count == 20)
    var numbers: Set<String> = []
    for reports in calls.values {
      #expect(
        reports.map(\.type) == [.toolStarted] + Array(repeating: .toolProgress, count: 5) + [.toolCompleted])
      let number = try #require(reports[0].input?.description)
      #expect(reports[1...5].map(\.message) == Array(repeating: number, count: 5))
      #expect(reports[1...5].map(\.step) == [1, 2, 3, 4, 5])
      #expect(reports[6].summary == number)
      numbers.insert(number)
    }
    #expect(numbers.count == 20)
  }

  @Test func `A summary has at most 500 characters, whatever they are made of`() async throws {
    let made = TestStore { context in
      try await context.tool("a") { $0.summary(String(repeating: "x", count: 500)) }
      try await context.tool("b") { $0.summary(String(repeating: "x", count: 501)) }
      try await context.tool("c") { $0.summary("e" + String(repeating: "\u{301}", count: 100_000)) }
      return nil
    }
    let summaries = try await Self.reports(made).filter { $0.type == .toolCompleted }.map(\.summary)
    #expect(summaries[0] == String(repeating: "x", count: 500))
    #expect(summaries[1] == String(repeating: "x", count: 497) + "...")
    #expect((summaries[2]?.utf8.count ?? 0) <= 2003)
  }

  @Test func `An input that is too large to be shown is told of by its size`() async throws {
    let large = try JSONValue(parsing: "\"\(String(repeating: "x", count: 5000))\"")
    let made = TestStore { context in
      try await context.tool("a", input: large) { _ in }
      return nil
    }
    #expect(try await Self.reports(made)[0].input?.string == "5002 bytes of JSON")
  }

  @Test func `Progress carries what it is told, and plain text for everybody`() async throws {
    let payload = try JSONValue(parsing: #"{"score":7}"#)
    let made = TestStore { context in
      try await context.progress(
        "Weighing", type: .stepStarted, phase: "evaluation", step: 2, total: 3, payload: payload)
      return nil
    }
    let events = try await made.stream().all()
    let report = try #require(events.compactMap(\.report).first)
    #expect(report.type == .stepStarted && report.phase == "evaluation" && report.step == 2 && report.total == 3)
    #expect(report.payload == payload)
    #expect(events.contains { $0.short == "working Weighing" })
  }
}
