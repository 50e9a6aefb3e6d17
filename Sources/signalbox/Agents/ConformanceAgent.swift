import A2A
import AgentKit

/// Does what the id of a message says: what the public conformance kit asks of a system under test, and what our own
/// tests need. docs/agents.md lists the ids.
struct ConformanceAgent: Agent {
  let profile: AgentProfile

  init(without missing: Set<AgentCapability> = []) {
    var profile = AgentProfile(
      name: "conformance", description: "Does what the id of a message says; for conformance suites and tests.",
      version: Version.current,
      skills: [
        AgentSkill(
          id: "conformance", name: "Conformance", description: "Behaves by the id of the message.",
          tags: ["conformance", "test"])
      ], inputModes: ["*/*"], outputModes: ["*/*"])
    profile.repliesDirectly = true
    profile.streaming = !missing.contains(.streaming)
    profile.pushNotifications = !missing.contains(.push)
    if !missing.contains(.extendedCard) {
      profile.extendedSkills = [
        AgentSkill(
          id: "conformance-extended", name: "Extended", description: "Shown in the extended card alone.",
          tags: ["conformance", "test"])
      ]
    }
    self.profile = profile
  }

  func run(_ context: TaskContext) async throws -> AgentMessage? {
    var message = context.message
    while true {
      switch try await ConformanceBehaviour.of(message.id).perform(context) {
      case .done(let last): return last
      case .next(let following): message = following
      }
    }
  }
}

/// What an agent can do without, to be seen doing without it.
enum AgentCapability: String, Sendable, CaseIterable {
  case streaming
  case push
  case extendedCard = "extended-card"

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
