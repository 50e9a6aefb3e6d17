import A2A
import AgentKit
import JSON
import TestSupport

/// Does what the first word of the message says, and thinks aloud.
struct ThinkingAgent: Agent {
  /// What is held goes on when it opens, or when it is cancelled.
  let gate: Gate
  let profile = AgentProfile(
    name: "thinker", description: "Thinks aloud.", version: "1",
    skills: [AgentSkill(id: "think", name: "Think", description: "Does it.", tags: ["test"])])

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    let words = context.message.text.split(separator: " ").map(String.init)
    switch words.first {
    case "hold":
      try await context.progress("Holding.", type: .thinking, phase: "execution")
      await withTaskCancellationHandler {
        await gate.pass()
      } onCancel: {
        gate.open()
      }
      try await context.progress("Going on.", type: .thinking, phase: "review")
      return "Held."
    case "ask":
      let outcome = try await context.ask(QuestionDraft("Which one?"))
      return "Told: \(outcome.message?.text ?? "nothing")"
    case "fail":
      try await context.progress("Half of it.", type: .modelChunk)
      throw AgentFailure("It went wrong.")
    case "crowd":
      for number in 1...(words.last.flatMap { Int($0) } ?? 1) {
        try await context.progress("Thought \(number).", type: .thinking, phase: "execution")
      }
      return "Done."
    case "silence":
      try await context.progress("Thinking.", type: .thinking)
      try await Task.sleep(for: .milliseconds(2_500))
      return "Awake."
    case "context": return AgentMessage("In \(context.contextID).")
    default: return try await think(context)
    }
  }

  /// Two calls of one tool that run beside each other, the first of which ends while the second, which has begun last, goes on.
  private func think(_ context: TaskContext) async throws -> AgentMessage? {
    try await context.progress("Reading.", type: .analysisStarted, phase: "analysis")
    try await context.progress("It needs two looks.", type: .thinking, phase: "planning")
    try await context.progress(
      "Look twice.", type: .stepStarted, step: 1,
      payload: try JSONValue(parsing: #"{"action":"look","action_input":{"times":2}}"#))
    let (begun, second, ended) = (Gate(), Gate(), Gate())
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await context.tool("look", input: try JSONValue(parsing: #"{"number":1}"#)) { tool in
          begun.open()
          await second.pass()
          tool.summary("one \(String(repeating: "x", count: 600))")
        }
        ended.open()
      }
      group.addTask {
        await begun.pass()
        try? await context.tool("look", input: try JSONValue(parsing: #"{"number":2}"#)) { _ in
          second.open()
          await ended.pass()
          throw AgentFailure("two is broken")
        }
      }
      try await group.waitForAll()
    }
    try await context.artifact(Artifact(id: "answer", parts: [.text("It is 42.")], name: "Answer"))
    return "Done."
  }
}
