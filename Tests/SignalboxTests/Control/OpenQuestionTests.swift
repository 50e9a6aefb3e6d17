import A2A
import JSON
import Testing

@testable import signalbox

struct OpenQuestionTests {
  @Test func `a form is read as the agent has written it`() throws {
    let json = try JSONValue(
      parsing:
        #"{"task":"t","agent":"checker","question":"q1","kind":"input","text":"Cleared?","deadline":"2026-11-21T08:00:00Z","form":{"prompt":"Was it cleared?","why":"No entry.","onExpiry":"It is taken as no.","fields":[{"name":"cleared","type":"choice","options":[{"value":"yes"},{"value":"no"}]}],"allow":["answer","decline"]}}"#
    )
    let open = try #require(OpenQuestion(json))
    #expect(open.id == "q1" && open.text == "Cleared?" && open.mayAnswer)
    let question = open.question
    #expect(
      question.prompt == "Was it cleared?" && question.allowsDecline && question.fields.map(\.name) == ["cleared"])
  }

  @Test func `without a form, or with one that nobody can read, anything is an answer`() throws {
    for form in ["", #","form":{"fields":[{"type":"choice"}]}"#] {
      let json = try JSONValue(parsing: #"{"question":"q1","text":"Which?"\#(form)}"#)
      let open = try #require(OpenQuestion(json, task: "t"))
      #expect(open.question == Question(id: "q1", prompt: "Which?"))
    }
    #expect(OpenQuestion(try JSONValue(parsing: #"{"question":"q1"}"#)) == nil)
  }

  @Test func `of a task's questions the one is chosen that is meant`() throws {
    let two = TaskQuestions(
      try JSONValue(
        parsing:
          #"{"questions":[{"question":"q1","state":"closed","how":"answered","by":"kim"},{"question":"q2","state":"open","text":"x"},{"question":"q3","state":"open","text":"y"}]}"#
      ), task: "t")
    #expect(try two.choose("q2").get().id == "q2")
    for (name, words) in [
      ("q1", "The question q1 of t is closed: answered by kim."), ("q9", "t has no question q9. Open: q2, q3."),
      (nil, "t has several open questions; name one: q2, q3."),
    ] {
      #expect(throws: CommandFailure(.notTaken, [words])) { try two.choose(name).get() }
    }
    let none = TaskQuestions(try JSONValue(parsing: #"{"questions":[]}"#), task: "t")
    #expect(throws: CommandFailure(.notTaken, ["t has no open question."])) { try none.choose(nil).get() }
  }
}
