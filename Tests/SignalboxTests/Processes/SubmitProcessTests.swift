import A2A
import AgentKit
import Foundation
import Identity
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox submit` against a gateway with an agent, over real sockets and signals.
@Suite(.timeLimit(.minutes(3)))
struct SubmitProcessTests {
  private let gateway: PublishingGateway

  init() throws {
    gateway = try PublishingGateway()
  }

  private func with(_ body: (JSONValue) async throws -> Void) async throws {
    try await gateway.with(agent: WordAgent()) { _, ready, _ in try await body(ready) }
  }

  private func words(_ ready: JSONValue, _ words: [String]) throws -> [String] {
    try ["submit"] + words + gateway.options(ready)
  }

  private func submit(_ ready: JSONValue, _ words: String...) async throws -> RunningProgram.Result {
    try await RunningProgram.run(try self.words(ready, words), folder: gateway.scratch.path)
  }

  @Test func `it prints the id, which tail takes, and the same key gives the same task`() async throws {
    try await with { ready in
      let first = try await submit(ready, "checker", "Look.", "--task-key", "k")
      #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
      let id = first.output.trimmingCharacters(in: .newlines)
      let again = try await submit(ready, "checker", "Look.", "--task-key", "k", "--json")
      let answer = try JSONValue(parsing: again.output)
      #expect(answer["id"]?.string == id && answer["streamUrl"]?.string == "/api/stream/\(id)")
      let tail = try await RunningProgram.run(
        ["tail", id] + gateway.options(ready), folder: gateway.scratch.path)
      #expect(tail.status == 0 && tail.output.contains("Did: Look."), "\(tail.output)\(tail.errors)")
    }
  }

  @Test func `files and data reach the agent, and waiting shows what tail shows`() async throws {
    try await with { ready in
      try gateway.scratch.write("alert.xml", "<a/>")
      let result = try await submit(
        ready, "checker", "--file", "\(gateway.scratch.path)/alert.xml", "--data", #"{"n":1}"#, "--title", "Alert",
        "--wait",
        "--json")
      #expect(result.status == 0, "\(result.errors)")
      // Nothing but the task as it ended.
      let task = try JSONValue(parsing: result.output)
      #expect(task["status"]?["state"]?.string == "TASK_STATE_COMPLETED")
      let id = try #require(task["id"]?.string)
      #expect(result.errors == "signalbox: The task is \(id).\n")
      let tail = try await RunningProgram.run(
        ["tail", id, "--json"] + gateway.options(ready), folder: gateway.scratch.path)
      let records = try tail.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
      #expect(records.map { $0["seq"]?.int } == (1...max(records.count, 1)).map { Int64($0) })
      let parts = records.first?["data"]?["message"]?["parts"]
      #expect(parts?[0]?["text"]?.string == "<a/>" && parts?[0]?["filename"]?.string == "alert.xml")
      #expect(parts?[1]?["data"]?["n"]?.int == 1)
    }
  }

  @Test(arguments: [("fail", 2, "has failed"), ("reject", 4, "was rejected")])
  func `waiting ends with the code of the task's end`(text: String, code: Int32, words: String) async throws {
    try await with { ready in
      let result = try await submit(ready, "checker", text, "--wait")
      #expect(result.status == code, "\(result.output)\(result.errors)")
      #expect(result.errors.contains(words))
    }
  }

  @Test func `Ctrl-C ends the waiting and not the task, and says how to go on`() async throws {
    try await with { ready in
      let words = try words(ready, ["checker", "hold", "--wait"])
      try await RunningProgram.with(words, folder: gateway.scratch.path) { program in
        _ = try #require(await program.output.line(containing: "Holding."), "\(program.errors.text)")
        program.signal(SIGINT)
        let result = try await program.result()
        #expect(result.status == 130)
        #expect(result.errors.contains("To go on from here: signalbox tail "), "\(result.errors)")
      }
      let list = try await RunningProgram.run(
        ["list", "--running", "--json"] + gateway.options(ready), folder: gateway.scratch.path)
      #expect(try JSONValue(parsing: list.output)["state"]?.string == "working", "\(list.output)")
    }
  }

  @Test func `a refusal is told in the gateway's words, and one that nobody hears in ours`() async throws {
    try await with { ready in
      let unknown = try await submit(ready, "nobody", "Look.")
      #expect(unknown.status == 1 && unknown.output.isEmpty)
      #expect(unknown.errors.contains("There is no such agent, or it is not for you."), "\(unknown.errors)")
      let missing = try await submit(ready, "checker", "--file", "/nowhere/x")
      #expect(missing.status == 1 && missing.errors.contains("/nowhere/x does not exist."), "\(missing.errors)")
      // Over a connection that there was not, nothing can have begun.
      let (right, wrong) = (gateway.served.authority, gateway.served.pki.layout.clientAuthority.certificate)
      let distrusted = try await RunningProgram.run(
        try words(ready, ["checker", "Look."]).map { $0 == right ? wrong : $0 }, folder: gateway.scratch.path)
      #expect(distrusted.status == 1 && distrusted.errors.contains("is not good"), "\(distrusted.errors)")
      #expect(!distrusted.errors.contains("--task-key"), "\(distrusted.errors)")
      let usage = try await submit(ready, "checker")
      #expect(usage.status == 64, "\(usage.errors)")
    }
    let gone = try await RunningProgram.run(
      [
        "submit", "checker", "Look.", "--gateway", "https://127.0.0.1:1", "--ca", gateway.served.authority, "--token",
        try gateway.scratch.write("token", "abc"),
      ], folder: gateway.scratch.path)
    #expect(gone.status == 1 && gone.errors.contains("Check that the gateway runs"), "\(gone.errors)")
  }
}

/// Does what the message says, in one word.
private struct WordAgent: Agent {
  let profile = AgentProfile(
    name: "words", description: "Does what it is told.", version: "1",
    skills: [AgentSkill(id: "obey", name: "Obey", description: "Does it.", tags: ["test"])], inputModes: ["*/*"],
    outputModes: ["*/*"])

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    switch context.message.text {
    case "fail": throw AgentFailure("It went wrong.")
    case "reject": throw AgentRejection("Not that.")
    case "hold":
      try await context.progress("Holding.")
      try await Task.sleep(for: .seconds(3600))
      return nil
    default: return "Did: \(context.message.text)"
    }
  }
}
