import A2A
import A2AWire
import AgentKit
import JSON
import TestSupport
import Testing

/// What an agent passes on of another's work, and of who answered.
@Suite(.timeLimit(.minutes(1)))
struct RelayTests {
  @Test func `another agent's report is passed on with all that is in it`() async throws {
    var report = ProgressReport(.toolProgress)
    report.tool = "market_data"
    report.callID = "abc-call-2"
    report.step = 1
    report.total = 4
    report.message = "Read the prices."
    report.records = 60
    report.agent = "insider-trading"
    report.agentTask = "abc"
    let told = report
    let made = TestStore { context in
      try await context.relay(told, saying: "market_data 1/4: Read the prices.")
      return "done"
    }
    let event = try #require(try await made.stream().all().first { $0.report != nil })
    #expect(event.report == report)
    #expect(event.statusMessage?.text == "market_data 1/4: Read the prices." && event.state == .working)
  }

  @Test func `who answered is what the caller says, and nobody where it says nothing or nobody answered`() async throws
  {
    let made = TestStore { context in
      let outcome = try await context.ask(
        .confirmation("Go on?", within: .seconds(60), otherwise: .init([:], consequence: "no.")))
      return AgentMessage("\(outcome.source) by \(outcome.by ?? "nobody")")
    }
    func end(_ by: String?) async throws -> String? {
      let task = try await made.send()
      let answer = Answer(questionID: "question-1", .values(["confirmed": .boolean(true)]), by: by)
      return try await made.send("a-\(by ?? "")", to: task) { $0.message.metadata = answer.metadata() }.status.message?
        .text
    }
    #expect(try await end("ada") == "answered by ada")
    #expect(try await end(nil) == "answered by nobody")
    let silent = try await made.send()
    #expect(await eventually { made.time.due == [.seconds(60)] })
    made.time.advance(by: .seconds(60))
    #expect(await eventually { (try? await made.get(silent).status.state) == .completed })
    #expect(try await made.get(silent).status.message?.text == "expired by nobody")
  }
}
