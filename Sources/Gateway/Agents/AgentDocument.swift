import A2A
import Identity
import JSON
import Telemetry

/// An agent as people and programs read it who may know of it. Where it is, and with which certificates it is spoken to, is not among that.
enum AgentDocument {
  /// - Parameter figures: how it does; nil in lists.
  static func write(
    _ agent: KnownAgent, _ figures: AgentFigures?, isDefault: Bool, for principal: Principal,
    to writer: inout JSONWriter
  ) {
    let health = agent.health
    writer.object { object in
      object.member("name", agent.name)
      object.member("default", isDefault)
      object.member("state", health.state.rawValue)
      object.member("since", ifPresent: health.since.map { RFC3339.text(secondsSince1970: $0.seconds) })
      object.member("lastSeen", ifPresent: health.lastSeen.map { RFC3339.text(secondsSince1970: $0.seconds) })
      object.member("reason", ifPresent: agent.quarantine ?? health.trouble)
      object.member("mayBegin", agent.may(principal, .submit))
      figures?.write(of: agent, health, to: &object)
      guard let card = health.card else { return }
      object.object("card") { write(card, health.dialect, to: &$0) }
    }
  }

  private static func write(_ card: AgentCard, _ dialect: Dialect?, to object: inout JSONWriter) {
    object.member("name", card.name)
    object.member("description", card.description)
    object.member("version", card.version)
    object.member("protocol", ifPresent: dialect?.version.rawValue)
    object.member("streaming", card.capabilities.streaming ?? false)
    object.member("pausable", card.takesPauses)
    write(card.defaultInputModes, "inputModes", to: &object)
    write(card.defaultOutputModes, "outputModes", to: &object)
    object.array("skills") { list in
      for skill in card.skills {
        list.object { item in
          item.member("id", skill.id)
          item.member("name", skill.name)
          item.member("description", skill.description)
          write(skill.tags, "tags", to: &item)
          write(skill.examples, "examples", to: &item)
        }
      }
    }
    object.member("documentationUrl", ifPresent: card.documentationURL)
  }

  private static func write(_ texts: [String], _ name: String, to object: inout JSONWriter) {
    object.array(name) { list in for text in texts { list.string(text) } }
  }
}
