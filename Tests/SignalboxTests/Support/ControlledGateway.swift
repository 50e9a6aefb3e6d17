import A2A
import AgentKit
import Foundation
import JSON
import TestSupport
import Testing

@testable import signalbox

/// `signalbox serve` with an agent called `checker` that does what it is told, and an operator who commands.
struct ControlledGateway {
  let gateway: PublishingGateway
  var folder: String { gateway.scratch.path }

  init() throws {
    gateway = try PublishingGateway()
  }

  /// Runs both while `body` does.
  func with(_ body: (RunningProgram, JSONValue, [String]) async throws -> Void) async throws {
    try await gateway.with(agent: ObedientAgent(), body)
  }

  func words(_ ready: JSONValue, _ words: [String], as name: String = DemoPKI.operator) throws -> [String] {
    try words + gateway.options(ready, as: name)
  }

  func run(_ ready: JSONValue, _ words: String..., as name: String = DemoPKI.operator) async throws
    -> RunningProgram.Result
  {
    try await RunningProgram.run(try self.words(ready, words, as: name), folder: folder)
  }

  /// Has the agent do something, and waits until it has said `sign`. Gives the task.
  func begin(_ ready: JSONValue, _ text: String, saying sign: String) async throws -> String {
    let result = try await run(ready, "submit", "checker", text)
    try #require(result.status == 0, "\(result.errors)")
    let task = result.output.trimmingCharacters(in: .newlines)
    try await RunningProgram.with(try words(ready, ["tail", task]), folder: folder) { tail in
      _ = try #require(await tail.output.line(containing: sign), "\(tail.output.text) \(tail.errors.text)")
    }
    return task
  }

  /// A command on a terminal: what is written into the program's input is typed.
  func onTerminal<Value>(
    _ words: [String], _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    let line = ([RunningProgram.signalbox] + words).map(Shell.quoted).joined(separator: " ")
    return try await RunningProgram.with(
      program: "/usr/bin/script", ["--quiet", "--return", "--command", line, "/dev/null"],
      environment: ["TERM": "xterm"], folder: folder, body)
  }
}

/// Does what the message says, in one word.
private struct ObedientAgent: Agent {
  let profile = AgentProfile(
    name: "obedient", description: "Does what it is told.", version: "1",
    skills: [AgentSkill(id: "obey", name: "Obey", description: "Does it.", tags: ["test"])], inputModes: ["*/*"],
    outputModes: ["*/*"])

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    switch context.message.text {
    case "hold":
      try await context.progress("Holding.")
      try await Task.sleep(for: .seconds(3600))
      return nil
    case "refuse":
      try await context.progress("Writing.")
      try await context.refusingCancel(because: "The decision is being written.") {
        try await Task.sleep(for: .seconds(60))
      }
      return nil
    case "ask":
      let outcome = try await context.ask(
        QuestionDraft(
          "Was the trade cleared beforehand?", why: "The register has no entry for it.",
          fields: [
            QuestionField("cleared", "Cleared", .choice([.init("yes", "Yes, seen"), .init("no", "No, or denied")])),
            QuestionField("count", "Count", .integer(minimum: 1, maximum: 9), isRequired: false),
          ], within: .seconds(600)))
      guard case .text(let cleared)? = outcome["cleared"] else { return "Declined." }
      return "It is \(cleared)."
    default: return "Did: \(context.message.text)"
    }
  }
}
