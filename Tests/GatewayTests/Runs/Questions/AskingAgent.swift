import A2A
import AgentKit

/// An agent that asks, and says what it was answered.
struct AskingAgent: Agent {
  let profile = AgentProfile(
    name: "asking", description: "Asks.", version: "1",
    skills: [AgentSkill(id: "ask", name: "Ask", description: "Asks.", tags: ["test"])])

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    let asked = QuestionDraft.choice(
      "Which?", [.init("first"), .init("second")], within: .seconds(600),
      otherwise: .init(["choice": .text("first")], consequence: "it is the first."))
    let outcome = try await context.ask(asked)
    guard case .text(let choice)? = outcome["choice"] else { return "Nothing." }
    return "\(choice) in \(outcome.message?.id ?? "-")"
  }
}
