import A2A
import AgentKit
import JSON
import Testing

@testable import signalbox

/// What a task's message says about the work, as values.
struct AlertParametersTests {
  private func parameters(_ text: String) throws -> AlertParameters {
    try AlertParameters(reading: try JSONValue(parsing: text))
  }

  private func refusal(_ text: String) -> String {
    do {
      _ = try parameters(text)
      return ""
    } catch let error as AgentFailure {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func `without parameters people are asked, for five minutes, but not for the kind`() throws {
    let usual = try parameters("{}")
    #expect(usual == AlertParameters() && usual.mayAsk && usual.isInteractive == nil)
    #expect(usual.questionTime == .seconds(300) && usual.timeLimit == nil && usual.alert == nil)
    #expect(try parameters(#"{"task_parameters":{"interactive":null,"model":null}}"#) == usual)
  }

  @Test func `all of them are read, and written so that another agent reads the same`() throws {
    let some = #""interactive":false,"question_seconds":7,"deadline_s":60,"model":"m""#
    let text = #"{"task_parameters":{\#(some),"enable_streaming":false,"alert":2}}"#
    let all = try parameters(text)
    #expect(all.isInteractive == false && !all.mayAsk && all.questionTime == .seconds(7))
    #expect(all.timeLimit == .seconds(60) && all.model == "m" && !all.isStreaming && all.alert == 2)
    for value in [all, AlertParameters()] {
      guard case .data(let data) = value.part.content else { throw AgentFailure("The part is no data.") }
      #expect(try AlertParameters(reading: data) == value)
    }
  }

  @Test(arguments: [
    ("[]", "The data part of the message must be an object."),
    (
      #"{"parameters":{}}"#,
      "The data part has a member \"parameters\", which nobody here knows. There is: task_parameters."
    ),
    (#"{"task_parameters":1}"#, "task_parameters must be an object."),
    (
      #"{"task_parameters":{"Alert":1}}"#,
      "task_parameters has a member \"Alert\", which nobody here knows. There are: interactive, question_seconds, "
        + "deadline_s, model, enable_streaming, alert."
    ),
    (#"{"task_parameters":{"interactive":1}}"#, "interactive must be true or false."),
    (#"{"task_parameters":{"enable_streaming":"x"}}"#, "enable_streaming must be true or false."),
    (#"{"task_parameters":{"question_seconds":0}}"#, "question_seconds must be a whole number from 1 to 86400."),
    (#"{"task_parameters":{"question_seconds":1.5}}"#, "question_seconds must be a whole number from 1 to 86400."),
    (#"{"task_parameters":{"deadline_s":86401}}"#, "deadline_s must be a whole number from 1 to 86400."),
    (#"{"task_parameters":{"alert":21}}"#, "alert must be a whole number from 1 to 20."),
    (#"{"task_parameters":{"model":""}}"#, "model must be the name of a model."),
  ])
  func `what is wrong is refused by its name, with what it should be`(text: String, message: String) {
    #expect(refusal(text) == message)
  }

  // MARK: The file

  private func file(_ parts: [Part]) throws -> AlertFile {
    try AlertFile(reading: Message(id: "m", role: .user, parts: parts))
  }

  private func fileRefusal(_ parts: [Part]) -> String {
    do {
      _ = try file(parts)
      return ""
    } catch let error as AgentFailure {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  @Test func `the file comes as text or bytes, with or without parameters`() throws {
    let settings = Part.data(try JSONValue(parsing: #"{"task_parameters":{"alert":3}}"#))
    #expect(try file([.text("<a/>")]).xml == Array("<a/>".utf8))
    let raw = try file([settings, Part(.raw([60, 97]))])
    #expect(raw.xml == [60, 97] && raw.parameters.alert == 3)
    #expect(try file([.text(" \n")]).xml == nil, "Nothing but space is no file.")
  }

  @Test func `what is too much or not here is refused`() throws {
    let data = Part.data(try JSONValue(parsing: "{}"))
    #expect(fileRefusal([.text("<a/>"), .text("<b/>")]).hasPrefix("The message has two files."))
    #expect(fileRefusal([data, data]) == "The message has two data parts. Send one with task_parameters.")
    let far = fileRefusal([Part(.url("https://a.example/x"))])
    #expect(far.hasPrefix("Alerts are not fetched from https://a.example/x."), "\(far)")
    let most = AlertFile.maximumBytes
    #expect(try file([Part(.raw([UInt8](repeating: 32, count: most)))]).xml?.count == most)
    #expect(
      fileRefusal([Part(.raw([UInt8](repeating: 32, count: most + 1)))])
        == "The alert file has \(most + 1) bytes; at most \(most) are read.")
  }
}
