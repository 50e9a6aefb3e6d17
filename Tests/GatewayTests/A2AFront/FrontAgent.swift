import A2A
import AgentKit
import Wire

/// An agent that does what the first word of a message says.
struct FrontAgent: Agent {
  var profile: AgentProfile {
    var profile = AgentProfile(
      name: "Front agent", description: "Does what the first word says.", version: "7",
      skills: [AgentSkill(id: "obey", name: "Obey", description: "Does it.", tags: ["test"])])
    profile.extensions = [AgentExtension(uri: "https://example.test/other", isRequired: false)]
    profile.extendedSkills = [AgentSkill(id: "secret", name: "Secret", description: "For those known.", tags: ["test"])]
    profile.repliesDirectly = true
    return profile
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    switch context.message.text.split(separator: " ").first {
    case "reply":
      try await context.reply("Hello.")
      return nil
    case "ask":
      let outcome = try await context.ask(QuestionDraft("Which?", within: .seconds(600)))
      return .init("You said: \(outcome.message?.text ?? "nothing")")
    case "wait":
      try await context.progress("Waiting.")
      while true { try await Task.sleep(for: .seconds(3600)) }
    case "stubborn":
      try await context.refusingCancel(because: "It is half way through a trade.") {
        try await context.progress("Not now.")
        while true { try await Task.sleep(for: .seconds(3600)) }
      }
      return nil
    case "fail":
      throw AgentFailure("The market data is missing.")
    default:
      try await context.progress("Begun.")
      for (number, piece) in ["one, ", "two, ", "three"].enumerated() {
        try await context.artifact(
          Artifact(id: "report", parts: [.text(piece)]), append: number > 0, lastChunk: number == 2)
      }
      return .init("Done: \(context.message.text)")
    }
  }
}
