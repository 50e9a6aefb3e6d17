import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// What a specialist asks is asked of the gateway's people, and what they say changes the advice as the policy has it.
@Suite(.surveillanceStage(), .timeLimit(.minutes(3)))
struct QuestionProcessTests {
  @Test(arguments: [
    ("ruling-analyst.xml", "no_or_denied", "ESCALATE"), ("ruling-analyst.xml", "yes_verified", "CLOSE"),
    ("ruling-analyst.xml", "unknown", "NEEDS_HUMAN_REVIEW"), ("spouses.xml", "one_person", "ESCALATE"),
    ("unknown-owner.xml", "O-9200", "ESCALATE"),
  ])
  func `an answer has its effect, and the decision names who gave it`(
    file: String, answer: String, determination: String
  ) async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin(file)
    let question = try await stage.question(task)
    #expect(question["form"]?["onExpiry"]?.string?.contains("goes to a person for review") == true)
    let taken = try await stage.run("answer", task, "answer=\(answer)", "--wait")
    #expect(taken.status == 0 && taken.output.contains("taken after"), "\(taken.errors)")
    let done = try await stage.done(task)
    #expect(done.determination == determination, "\(done.story.summary)")
    let input = try #require(done.decision?["human_input"]?[0])
    #expect(input["answer"]?.string == answer && input["by"]?.string == "operator", "\(input)")
    #expect(done.story.reports(.inputReceived).count == 1 && done.story.closings.count == 1)
  }

  @Test func `nobody's answer leaves a gap, and the alert goes to a person`() async throws {
    let done = try await SurveillanceStage.current.submit("ruling-analyst.xml", #"{"question_seconds":2}"#)
    #expect(done.status == 0 && done.determination == "NEEDS_HUMAN_REVIEW", "\(done.story.lastWord)")
    #expect(done.story.closings.map { $0["how"]?.string } == ["expired"])
    let gaps = done.decision?["data_gaps"]?.description ?? ""
    #expect(gaps.contains("answer"), "\(gaps)")
    let input = done.decision?["human_input"]?[0]
    #expect(input?["answer"]?.string == "unknown" && input?["by"]?.string == nil, "\(done.decision?.description ?? "")")
    #expect(done.story.artifacts.last == "decision" && done.story.ends == ["TASK_STATE_COMPLETED"])
  }

  @Test func `one that is declined counts as no answer, too`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("ruling-analyst.xml")
    _ = try await stage.question(task)
    let declined = try await stage.run("answer", task, "--decline", "--wait")
    #expect(declined.status == 0, "\(declined.errors)")
    #expect(try await stage.done(task).determination == "NEEDS_HUMAN_REVIEW")
  }

  @Test func `an answer that does not fit names the field, and the second is told who was first`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("ruling-analyst.xml")
    _ = try await stage.question(task)
    let wrong = try await stage.run("answer", task, "answer=perhaps")
    #expect(wrong.status == 9, "\(wrong.output)")
    #expect(wrong.errors.contains("answer must be one of yes_verified, no_or_denied, unknown"), "\(wrong.errors)")
    let other = try await stage.run("answer", task, "cleared=yes")
    #expect(other.status == 9 && other.errors.contains("cleared is no field of this form"), "\(other.errors)")
    #expect(try await stage.run("answer", task, "q1", "answer=no_or_denied", "--wait").status == 0)
    let late = try await stage.run("answer", task, "q1", "answer=yes_verified")
    #expect(late.status == 9 && late.errors.contains("The question q1 was answered by operator"), "\(late.errors)")
    #expect(try await stage.done(task).determination == "ESCALATE")
  }

  @Test func `no question is asked where nobody may be asked`() async throws {
    let done = try await SurveillanceStage.current.submit("ruling-analyst.xml", #"{"interactive":false}"#)
    #expect(done.determination == "NEEDS_HUMAN_REVIEW" && done.story.questions.isEmpty, "\(done.story.summary)")
  }

  @Test func `a cancel while somebody is asked ends the specialist's task, too`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("ruling-analyst.xml")
    _ = try await stage.question(task)
    let cancel = try await stage.run("cancel", task, "--wait")
    #expect(cancel.status == 0, "\(cancel.errors)")
    let story = try await stage.story(task)
    #expect(story.ends == ["TASK_STATE_CANCELED"] && story.artifacts.isEmpty)
    let part = try #require(story.parts["insider-trading"])
    #expect(try await stage.state(of: part, at: .insiderTrading) == "TASK_STATE_CANCELED")
  }
}
