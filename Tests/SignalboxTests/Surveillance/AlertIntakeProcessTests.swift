import A2A
import JSON
import TestSupport
import Testing

@testable import signalbox

/// Files that are no good alert, and tasks that come without one.
@Suite(.surveillanceStage(), .timeLimit(.minutes(3)))
struct AlertIntakeProcessTests {
  @Test func `a type that nobody knows is rejected with those that are known`() async throws {
    let done = try await SurveillanceStage.current.submit("unknown-type.xml")
    #expect(done.status == 4 && done.errors.contains("was rejected"), "\(done.errors)")
    #expect(done.story.ends == ["TASK_STATE_REJECTED"] && done.story.artifacts.isEmpty)
    #expect(
      done.story.lastWord == "No agent here knows alerts of the type \"Spoofing\". Two kinds are known: "
        + "INSIDER_TRADING (insider trading) and WASH_TRADE (wash trades).")
  }

  @Test func `people are asked for the kind where the task says so`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin("unknown-type.xml", #"{"interactive":true}"#)
    let question = try await stage.question(task)
    #expect(question["text"]?.string?.contains("\"Spoofing\"") == true)
    let options = question["form"]?["fields"]?[0]?["options"]?.elements.compactMap { $0["value"]?.string }
    #expect(options == ["INSIDER_TRADING", "WASH_TRADE", "stop"])
    let answered = try await stage.run("answer", task, "choice=INSIDER_TRADING", "--wait")
    #expect(answered.status == 0, "\(answered.errors)")
    // What the specialist asks then comes to the same people.
    let next = try await stage.story(task) { $0.questions.count == 2 || !$0.ends.isEmpty }
    if next.ends.isEmpty { _ = try await stage.run("answer", task, "--decline") }
    let done = try await stage.done(task)
    #expect(done.story.parts.keys.sorted() == ["insider-trading"], "\(done.story.summary)")
  }

  @Test func `who stops there, or does not answer, has it rejected`() async throws {
    let stage = try SurveillanceStage.current
    let stopped = try await stage.begin("unknown-type.xml", #"{"interactive":true}"#)
    _ = try await stage.question(stopped)
    _ = try await stage.run("answer", stopped, "choice=stop", "--wait")
    #expect(try await stage.story(stopped).ends == ["TASK_STATE_REJECTED"])
    let silent = try await stage.submit("unknown-type.xml", #"{"interactive":true,"question_seconds":1}"#)
    #expect(silent.status == 4 && silent.story.closings.first?["how"]?.string == "expired", "\(silent.errors)")
  }

  @Test func `a broken file fails with the line and the column`() async throws {
    let done = try await SurveillanceStage.current.submit("broken.xml")
    #expect(done.status == 2 && done.story.ends == ["TASK_STATE_FAILED"], "\(done.errors)")
    #expect(
      done.story.lastWord
        == "Failed to parse alert XML: line 7, column 26: `&` stands here by itself. Write `&amp;` for it.")
  }

  @Test func `a task without an alert asks for it, and works with what is pasted`() async throws {
    let stage = try SurveillanceStage.current
    let task = try await stage.begin(["submit", "orchestrator", "--data", #"{"task_parameters":{}}"#])
    let question = try await stage.question(task)
    #expect(question["form"]?["fields"]?[0]?["name"]?.string == "alert_content")
    let xml = String(decoding: try LocalFile.read(SurveillanceStage.alert("clear-insider.xml")), as: UTF8.self)
    let answered = try await stage.run("answer", task, "alert_content=\(xml)", "--wait")
    #expect(answered.status == 0, "\(answered.errors)")
    let done = try await stage.done(task)
    #expect(done.determination == "ESCALATE", "\(done.story.summary)")
  }

  @Test func `where nobody may be asked, a task without an alert fails and says what to send`() async throws {
    let words = ["submit", "orchestrator", "--data", #"{"task_parameters":{"interactive":false}}"#]
    let done = try await SurveillanceStage.current.submit(words)
    #expect(done.status == 2)
    #expect(done.story.lastWord == "The message has no alert in it. Send the alert file as text or bytes.")
  }

  @Test(arguments: [
    (#"{"interactiv":true}"#, "task_parameters has a member \"interactiv\", which nobody here knows."),
    (#"{"question_seconds":0}"#, "question_seconds must be a whole number from 1 to 86400."),
    (#"{"interactive":"no"}"#, "interactive must be true or false."),
  ])
  func `parameters that are wrong are refused by their names`(parameters: String, text: String) async throws {
    let done = try await SurveillanceStage.current.submit("clear-insider.xml", parameters)
    #expect(done.status == 2 && done.story.lastWord.hasPrefix(text), "\(done.story.lastWord)")
    #expect(done.story.tools(.toolStarted).isEmpty)
  }
}
