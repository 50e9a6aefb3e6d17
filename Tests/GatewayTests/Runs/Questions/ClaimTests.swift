import A2A
import HTTP
import JSON
import Journal
import Testing

@testable import Gateway

/// "I am answering."
@Suite struct ClaimTests {
  private func facts(_ action: RunAction?) -> JSONValue? {
    guard case .answer(_, .refused(let refusal))? = action, let facts = refusal.facts else { return nil }
    return try? JSONValue(parsing: facts)
  }

  @Test func `a claim is told to all, and lasts two minutes`() throws {
    var stage = QuestionStage.asked()
    stage.stage.turn(by: 1000)
    #expect(stage.feed(QuestionStage.claim(by: "alex")).last?.short == "answer taken")
    let record = try JSONValue(parsing: try #require(stage.entries.last).payload)
    #expect(record["state"]?.string == "claimed" && record["by"]?.string == "alex")
    #expect(record["until"]?.string == "2026-03-01T09:32:01.000Z")
    #expect(stage.question?.claim?.until == stage.stage.now.wall + 120_000)
  }

  @Test func `a second person is told who and until when, and answers all the same`() {
    var stage = QuestionStage.at(.claimed)
    let refusal = stage.feed(QuestionStage.claim(by: "kim")).last
    #expect(refusal?.short == "answer claimed" && facts(refusal)?["by"]?.string == "alex")
    #expect(facts(refusal)?["until"]?.string == "2026-03-01T09:32:00.000Z")
    #expect(stage.feed(QuestionStage.answer(by: "kim")).last?.short == "answer taken")
    #expect(stage.question?.short == "q1 answered by kim" && stage.machine.questions.claimEnds == nil)
  }

  @Test func `a claim is renewed by claiming again, and over when its time is`() {
    var stage = QuestionStage()
    stage.feed(.event(QuestionStage.ask(form: nil)))
    stage.feed(QuestionStage.claim(by: "alex"))
    stage.stage.turn(by: 100_000)
    stage.feed(QuestionStage.command(.claim(question: "q1"), by: "alex", id: "again"))
    stage.stage.turn(by: 100_000)
    stage.feed(.time)
    #expect(stage.question?.claim?.by == "alex")
    stage.turnToTime()
    #expect(stage.question?.short == "q1 open" && stage.trail.last == "q1 released")
    #expect(stage.feed(QuestionStage.claim(by: "kim")).last?.short == "answer taken")
  }

  @Test func `a claim that is over by the clock is nobody's, also before that is written`() {
    var stage = QuestionStage()
    stage.feed(.event(QuestionStage.ask(form: nil)))
    stage.feed(QuestionStage.claim(by: "alex"))
    stage.stage.turn(by: 120_000)
    #expect(stage.feed(QuestionStage.claim(by: "kim")).last?.short == "answer taken")
    #expect(stage.question?.claim?.by == "kim")
  }

  @Test func `one gives up one's own claim, and nobody else's`() {
    var stage = QuestionStage.at(.claimed)
    #expect(stage.feed(QuestionStage.release(by: "kim")).last?.short == "answer taken")
    #expect(stage.question?.claim?.by == "alex")
    stage.feed(QuestionStage.release(by: "alex"))
    #expect(stage.question?.short == "q1 open" && stage.trail.last == "q1 released alex")
  }

  @Test func `the same claim again is the same, and a claim on what is closed is refused`() {
    var stage = QuestionStage.at(.claimed)
    let count = stage.entries.count
    #expect(stage.feed(QuestionStage.claim(by: "alex")).last?.short == "answer again")
    #expect(stage.entries.count == count)
    stage.feed(QuestionStage.answer(by: "kim"))
    #expect(stage.feed(QuestionStage.claim(by: "mia")).last?.short == "answer answered")
  }
}
