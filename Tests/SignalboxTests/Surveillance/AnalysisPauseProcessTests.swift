import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// A pause reaches the agent that works, not only the one that has it work.
@Suite(.surveillanceStage(pace: 5_000), .timeLimit(.minutes(3)))
struct AnalysisPauseProcessTests {
  @Test func `while it is paused no tool begins, and then all of them do`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("clear-insider.xml")
    _ = try await stage.story(task) { $0.tools(.toolProgress).contains("read_alert") }
    let pause = try await stage.run("pause", task, "--wait")
    #expect(pause.status == 0 && pause.output.contains("paused after"), "\(pause.output)\(pause.errors)")
    // What has begun ends. Behind it the others would begin at once.
    let held = try await stage.story(task) { $0.tools(.toolCompleted).contains("read_alert") }
    #expect(held.tools(.toolStarted) == ["read_alert"], "\(held.summary)")
    let part = try #require(held.parts["insider-trading"])
    #expect(try await stage.state(of: part, at: .insiderTrading) == "TASK_STATE_WORKING")
    let resume = try await stage.run("resume", task, "--wait")
    #expect(resume.status == 0, "\(resume.output)\(resume.errors)")
    let done = try await stage.done(task)
    #expect(done.determination == "ESCALATE", "\(done.story.summary)")
    let types = done.story.reports.filter { [.paused, .resumed, .toolStarted].contains($0.type) }.map(\.type.name)
    #expect(types.prefix(3) == ["tool_started", "paused", "resumed"], "\(types)")
    #expect(types.filter { $0 == "tool_started" }.count == 7, "The pause and its end are told once: \(types)")
  }

  @Test func `what is answered meanwhile arrives, and waits`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("ruling-analyst.xml")
    _ = try await stage.question(task)
    #expect(try await stage.run("pause", task, "--wait").status == 0)
    #expect(try await stage.run("answer", task, "answer=no_or_denied", "--wait").status == 0)
    let told = try await stage.story(task) { !$0.reports(.inputReceived).isEmpty }
    #expect(told.artifacts.isEmpty, "\(told.artifacts)")
    #expect(try await stage.run("resume", task, "--wait").status == 0)
    #expect(try await stage.done(task).determination == "ESCALATE")
  }

  @Test func `a question that nobody answers meanwhile has its default, and nothing is lost`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("ruling-analyst.xml", #"{"question_seconds":4}"#)
    _ = try await stage.question(task)
    #expect(try await stage.run("pause", task, "--wait").status == 0)
    let told = try await stage.story(task) { !$0.reports(.inputReceived).isEmpty || !$0.ends.isEmpty }
    #expect(told.ends.isEmpty && told.closings.map { $0["how"]?.string } == ["expired"], "\(told.summary)")
    #expect(try await stage.run("resume", task, "--wait").status == 0)
    #expect(try await stage.done(task).determination == "NEEDS_HUMAN_REVIEW")
  }

  @Test func `a paused task is cancelled as any other`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("layered-wash.xml")
    _ = try await stage.story(task) { $0.tools(.toolProgress).contains("read_alert") }
    #expect(try await stage.run("pause", task, "--wait").status == 0)
    let cancel = try await stage.run("cancel", task, "--wait")
    #expect(cancel.status == 0, "\(cancel.errors)")
    let story = try await stage.story(task)
    #expect(story.ends == ["TASK_STATE_CANCELED"])
    let part = try #require(story.parts["wash-trade"])
    #expect(try await stage.state(of: part, at: .washTrade) == "TASK_STATE_CANCELED")
  }
}
