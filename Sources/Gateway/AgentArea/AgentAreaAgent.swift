import A2A
import JSON

/// An agent as AgentArea's clients list it. It has one id: the name that the gateway knows it by.
enum AgentAreaAgent {
  static func write(_ agent: KnownAgent, to writer: inout JSONWriter) {
    let health = agent.health
    writer.object { object in
      object.member("id", agent.name)
      object.member("name", health.card?.name ?? agent.name)
      object.member("description", health.card?.description ?? "")
      object.member("status", status(of: agent, health.state))
      object.member("version", ifPresent: health.card?.version)
    }
  }

  private static func status(of agent: KnownAgent, _ state: AgentHealth.State) -> String {
    if agent.quarantine != nil { return "error" }
    return switch state {
    case .well: "active"
    case .unseen, .away: "inactive"
    case .quarantined: "error"
    }
  }
}
