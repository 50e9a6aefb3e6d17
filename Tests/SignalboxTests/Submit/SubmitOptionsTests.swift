import A2A
import JSON
import Testing

@testable import signalbox

struct SubmitOptionsTests {
  private func options(_ words: [String]) throws -> SubmitOptions {
    let (arguments, command) = try TypedCommand.parse(["submit"] + words)
    return try SubmitOptions(arguments, command)
  }

  @Test func `a text is enough`() throws {
    let options = try options(["checker", "Check 4711."])
    #expect(options.agent == "checker" && options.pieces == [.text("Check 4711.")])
    #expect(options.title == nil && options.key == nil && options.context == nil)
    #expect(!options.waits && !options.printsJSON)
  }

  @Test func `a file alone goes to the default agent`() throws {
    let options = try options(["alerts/one.xml", "Look."])
    #expect(options.agent == nil && options.pieces == [.file("alerts/one.xml", type: nil), .text("Look.")])
    #expect(try body(["one.xml"], files: ["one.xml": Array("<a/>".utf8)])["agent"] == nil)
  }

  @Test func `pieces keep their order, and a type belongs to the file before it`() throws {
    let options = try options([
      "checker", "--file", "a.xml", "Look.", "--data", "[1]", "--file", "b", "--type", "text/csv", "--title", "T",
      "--task-key",
      "K", "--context", "C", "--wait", "--json",
    ])
    #expect(
      options.pieces == [.text("Look."), .file("a.xml", type: nil), .data("[1]"), .file("b", type: "text/csv")])
    #expect(options.title == "T" && options.key == "K" && options.context == "C")
    #expect(options.waits && options.printsJSON)
  }

  @Test(arguments: [
    (["checker"], "There is nothing for the agent to do. Give a text, --file or --data."),
    (["checker", ""], "The text is empty. Say something, or leave it out."),
    (
      ["", "x"], "The agent is missing. Name one, signalbox submit AGENT TEXT, or a file for the gateway's own choice."
    ),
    (
      ["checker", "--type", "a/b", "--file", "x"],
      "The option --type says what the --file right before it is. Put it there, once."
    ),
    (
      ["checker", "--file", "x", "--type", "a/b", "--type", "a/c"],
      "The option --type says what the --file right before it is. Put it there, once."
    ),
    (["checker", "--file="], "The option --file needs the name of a file."),
    (["checker", "x", "--task-key="], "The option --task-key needs a value."),
  ])
  func `what cannot be submitted is refused`(words: [String], message: String) throws {
    #expect(try #require(throws: UsageError.self) { _ = try options(words) }.message == message)
  }

  // MARK: What is sent

  private func body(_ words: [String], files: [String: [UInt8]] = [:]) throws -> JSONValue {
    let bytes = try SubmitBody.encode(try options(words), id: "m", key: "k") { path throws(CommandFailure) in
      guard let file = files[path] else { throw .failure("\(path) does not exist.") }
      return file
    }
    return try JSONValue(parsing: bytes)
  }

  @Test func `text goes as text, JSON as data, and everything else as bytes`() throws {
    let body = try body(
      [
        "checker", "Look.", "--file", "in/a.xml", "--file", "b.json", "--file", "c.bin", "--file", "d", "--type",
        "text/csv", "--data", #"{"n":1}"#, "--context", "talk",
      ],
      files: [
        "in/a.xml": Array("<a/>".utf8), "b.json": Array("[1]".utf8), "c.bin": [0xFF, 0x00], "d": Array("x;y".utf8),
      ])
    #expect(body["agent"]?.string == "checker" && body["key"]?.string == "k" && body["title"] == nil)
    let message = try Message(reading: try #require(body["message"]))
    #expect(message.id == "m" && message.contextID == "talk" && message.role == .user)
    #expect(
      message.parts == [
        .text("Look."), Part(.text("<a/>"), filename: "a.xml", mediaType: "application/xml"),
        Part(.data(try JSONValue(parsing: "[1]")), filename: "b.json", mediaType: "application/json"),
        Part(.raw([0xFF, 0x00]), filename: "c.bin", mediaType: "application/octet-stream"),
        Part(.text("x;y"), filename: "d", mediaType: "text/csv"), .data(try JSONValue(parsing: #"{"n":1}"#)),
      ])
  }

  @Test(arguments: [
    (["checker", "--data", "{"], "The value of --data is no JSON: at its byte 2"),
    (["checker", "--file", "b.json"], "b.json is no JSON: at its byte 1"),
    (["checker", "--file", "none"], "none does not exist."),
  ])
  func `what is no JSON or no file is named`(words: [String], beginning: String) throws {
    let failure = try #require(throws: CommandFailure.self) { _ = try body(words, files: ["b.json": [0x78]]) }
    #expect(failure.code == .failure && failure.messages[0].hasPrefix(beginning), "\(failure.messages)")
  }
}
