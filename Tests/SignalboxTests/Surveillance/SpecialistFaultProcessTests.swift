import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// Specialists that are not there, or are gone in the middle of their work.
@Suite(.timeLimit(.minutes(3)))
struct SpecialistFaultProcessTests {
  @Test func `a specialist that is down fails the task at once, by its name`() async throws {
    try await SurveillanceStage.with { stage in
      try await stage.kill(.washTrade)
      let begin = ContinuousClock.now
      let done = try await stage.submit("layered-wash.xml")
      // Far below what a connection or an answer may take.
      #expect(ContinuousClock.now - begin < .seconds(30))
      #expect(done.status == 2 && done.story.ends == ["TASK_STATE_FAILED"], "\(done.errors)")
      #expect(
        done.story.lastWord.hasPrefix("AGENT_UNAVAILABLE: the agent wash-trade cannot work on the alert."),
        "\(done.story.lastWord)")
      #expect(done.story.tools(.toolStarted).isEmpty && done.story.artifacts.isEmpty)

      // Half of what an alert of both kinds needs is not enough, and what the other kind needs is not missed.
      let both = try await stage.submit("both-kinds.xml", #"{"interactive":false}"#)
      #expect(both.status == 2 && both.story.lastWord.contains("the agent wash-trade"), "\(both.story.lastWord)")
      #expect(both.decision == nil)
      #expect(try await stage.submit("clear-insider.xml").determination == "ESCALATE")
    }
  }

  @Test func `one that dies in the middle of a tool fails the task, and the other's is cancelled`() async throws {
    try await SurveillanceStage.with(pace: 60_000) { stage in
      let task = try await stage.begin("both-kinds.xml")
      let running = try await stage.story(task) { Set($0.reports(.toolProgress).compactMap(\.agent)).count == 2 }
      let part = try #require(running.parts["wash-trade"], "\(running.summary)")
      try await stage.kill(.insiderTrading)
      let story = try await stage.story(task)
      #expect(story.ends == ["TASK_STATE_FAILED"] && story.artifacts.isEmpty)
      #expect(
        story.lastWord.hasPrefix("AGENT_UNAVAILABLE: the agent insider-trading cannot work on the alert."),
        "\(story.lastWord)")
      #expect(try await stage.state(of: part, at: .washTrade) == "TASK_STATE_CANCELED")
    }
  }
}
