import A2A
import AgentKit
import Wire

/// Greets whoever calls.
struct HelloAgent: Agent {
  let profile = AgentProfile(
    name: "hello", description: "Greets people.", version: "1.0.0",
    skills: [AgentSkill(id: "greet", name: "Greet", description: "Says hello to a name.", tags: ["greeting"])])

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    var name = context.message.text
    if name.isEmpty {
      let answer = try await context.ask(
        QuestionDraft("Who are you?", fields: [QuestionField("name", "Your name", .text(maximumLength: 80))]))
      if case .text(let text)? = answer["name"] { name = text }
    }
    let greeting = try await context.tool("write_greeting") { tool in
      try await tool.progress(step: 1, total: 1, message: "found a word")
      tool.summary("Chose the English one.")
      return "Hello, \(name)!"
    }
    try await context.artifact(Artifact(id: "greeting", parts: [.text(greeting)]))
    return AgentMessage(greeting)
  }
}
