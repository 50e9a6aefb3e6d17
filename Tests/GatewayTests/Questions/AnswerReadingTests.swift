import A2A
import HTTP
import JSON
import Testing

@testable import Gateway

/// What fits a question, and what is said of what does not.
@Suite struct AnswerReadingTests {
  private static let asked = TaskQuestion(
    number: 1, kind: .input, text: "Cleared?", form: QuestionStage.form, message: "t-m1", asked: 0)
  private static let free = TaskQuestion(number: 2, kind: .input, text: "Which?", form: nil, message: "t-m2", asked: 0)

  private static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

  private func refusal(
    _ content: QuestionReply.Content, _ question: TaskQuestion = asked
  ) -> (detail: String, fields: [String])? {
    do throws(Refusal) {
      _ = try question.read(content, messageID: "id")
      return nil
    } catch {
      #expect(error.status == .unprocessableContent && error.code == "bad-answer")
      let facts = error.facts.flatMap { try? JSONValue(parsing: $0) }
      return (error.detail, facts?["violations"]?.elements.compactMap { $0["field"]?.string } ?? ["none"])
    }
  }

  @Test func `each field that does not fit is named`() throws {
    let bad = try #require(refusal(.values(try Self.json(#"{"cleared":"perhaps","note":"much too long","more":1}"#))))
    #expect(bad.fields == ["cleared", "note", "more"])
    #expect(bad.detail.contains("\"q1\"") && !bad.detail.contains("question-1"), "\(bad.detail)")
    #expect(try #require(refusal(.values(try Self.json("{}")))).fields == ["cleared"])
    #expect(try #require(refusal(.text("perhaps"))).fields == ["cleared"])
    #expect(refusal(.text("yes")) == nil)
    #expect(try #require(refusal(.values(try Self.json("[]")))).fields == [])
  }

  @Test func `saying nothing is no answer`() throws {
    for content: QuestionReply.Content in [.text(""), .text(" \n"), .message(Message(id: "m", role: .user, parts: []))]
    {
      #expect(refusal(content) != nil && refusal(content, Self.free) != nil)
    }
  }

  @Test func `without a form any text is an answer, and there is nothing to fill in or decline`() throws {
    let given = try Self.free.read(.text("The second."), messageID: "id")
    #expect(
      given.content == .text("The second.") && given.message.text == "The second." && given.message.metadata == nil)
    #expect(try #require(refusal(.values(try Self.json(#"{"a":1}"#)), Self.free)).fields == ["a"])
    #expect(refusal(.declined, Self.free) != nil)
    #expect(Self.free.outgoing(given.message, as: "x", by: "ada").metadata == nil)
  }

  @Test func `who may decline does, and who may not is told so`() throws {
    let given = try Self.asked.read(.declined, messageID: "id")
    #expect(given.content == .declined)
    #expect(
      try Answer(reading: Self.asked.outgoing(given.message, as: "x", by: "ada"), to: QuestionStage.form).isDeclined)
    var strict = QuestionStage.form
    strict.allowsDecline = false
    let question = TaskQuestion(number: 1, kind: .input, text: "", form: strict, message: nil, asked: 0)
    #expect(try #require(refusal(.declined, question)).detail.contains("cannot be declined"))
  }

  @Test func `an answer in A2A's words is kept as it was said, and one to another question is none`() throws {
    var message = Message(id: "m1", role: .user, text: "by form")
    message.metadata = Answer(questionID: "question-1", .values(["cleared": .text("no")])).metadata()
    let given = try Self.asked.read(.message(message), messageID: "id")
    #expect(given.message == message)
    // The agent is told who answered by the gateway alone.
    let named = Answer(questionID: "question-1", .values(["cleared": .text("no")]), by: "ada")
    #expect(Self.asked.outgoing(message, as: "m1", by: "ada").metadata == named.metadata())
    message.metadata = Answer(questionID: "question-1", .values(["cleared": .text("no")]), by: "eve").metadata()
    #expect(Self.asked.outgoing(message, as: "m1", by: "ada").metadata == named.metadata())
    message.metadata = Answer(questionID: "question-0", .values(["cleared": .text("no")])).metadata()
    #expect(refusal(.message(message)) != nil)
  }

  @Test func `what is remembered is read again as it was`() throws {
    let ends = QuestionEnd.How.allCases.map { QuestionEnd(how: $0, at: 5, why: "So.") }
    let answered = QuestionEnd(
      how: .answered, at: 7, by: "kim", answer: .init(command: .init(by: "kim", id: "c1"), message: "t-c4"))
    let states: [TaskQuestion.State] =
      [.open(nil), .open(QuestionClaim(by: "kim", until: 9)), .closed(answered)] + ends.map { .closed($0) }
    for base in [Self.asked, Self.free] {
      for state in states {
        var question = base
        question.state = state
        #expect(TaskQuestion(question.memo) == question)
      }
    }
  }

  @Test func `a place in the list is read as it is written`() {
    let place = QuestionPlace(asked: 17, task: "a.b", number: 3)
    #expect(QuestionPlace(place.description) == place)
    for text in ["", "17.3", "17.3.", "x.3.t", "017.3.t", "17.3x.t"] { #expect(QuestionPlace(text) == nil, "\(text)") }
    #expect(QuestionPlace(asked: 17, task: "b", number: 1).isBehind(QuestionPlace(asked: 17, task: "a", number: 2)))
  }
}
