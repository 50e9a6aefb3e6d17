import A2A
import A2AWire
import AgentKit

/// Does what the id of a message says: what the public conformance kit asks of a system under test, and what our own
/// tests need. docs/agents.md lists the ids.
struct ConformanceAgent: Agent {
  let profile: AgentProfile
  private let peer: AgentClient?

  /// - Parameter peer: the agent that `test-child` calls.
  init(without missing: Set<AgentCapability> = [], peer: AgentClient? = nil) {
    self.peer = peer
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
    profile.isPausable = !missing.contains(.pause)
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
      switch try await ConformanceBehaviour.of(message.id).perform(context, peer) {
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
  case pause

  static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
