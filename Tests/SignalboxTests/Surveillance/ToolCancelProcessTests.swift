import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// A cancel in the middle of each tool: everything stops, nothing is decided, and the specialist does not work on.
@Suite(.surveillanceStage(pace: 5_000), .timeLimit(.minutes(5)))
struct ToolCancelProcessTests {
  private static let insider = [
    "read_alert", "market_data", "trader_profile", "trader_history", "market_news", "peer_trades", "related_parties",
  ]
  private static let wash = [
    "read_alert", "market_data", "account_relationships", "related_accounts_history", "trade_timing",
    "counterparty_analysis",
  ]

  @Test(arguments: insider) func `an analysis of insider trading`(tool: String) async throws {
    try await check(tool, "clear-insider.xml", .insiderTrading)
  }

  @Test(arguments: wash) func `an analysis of wash trades`(tool: String) async throws {
    try await check(tool, "layered-wash.xml", .washTrade)
  }

  @Test func `an analysis that takes longer than its caller gives it fails, and says so`() async throws {
    let done = try await SurveillanceStage.current.submit("clear-insider.xml", #"{"deadline_s":1}"#)
    #expect(done.status == 2 && done.story.lastWord == "The analysis took longer than the 1 s of deadline_s.")
    #expect(done.story.artifacts.isEmpty && done.story.tools(.toolCompleted).isEmpty)
  }

  private func check(_ tool: String, _ file: String, _ agent: AgentName) async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin(file)
    _ = try await stage.story(task) { $0.tools(.toolProgress).contains(tool) }
    let cancel = try await stage.run("cancel", task, "--wait")
    #expect(cancel.status == 0 && cancel.output.contains("stopped after"), "\(cancel.output)\(cancel.errors)")
    let story = try await stage.story(task)
    #expect(story.tools(.toolStarted).contains(tool) && !story.tools(.toolCompleted).contains(tool), "\(story.summary)")
    #expect(story.ends == ["TASK_STATE_CANCELED"] && story.verdicts == ["stopped"])
    #expect(story.artifacts.isEmpty, "\(story.artifacts)")
    let part = try #require(story.parts[agent.rawValue])
    #expect(try await stage.state(of: part, at: agent) == "TASK_STATE_CANCELED")
  }
}
