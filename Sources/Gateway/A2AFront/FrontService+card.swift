import A2A
import A2AWire
import Identity
import JSON

extension FrontService {
  /// The agent's card with what it shows to those whom it knows, and what this asker may do.
  func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? {
    guard let known = agent.card else { return nil }
    var card = front.cards.card(of: agent.name, from: known)
    let may = Action.allCases.filter {
      !$0.isOfGateway && asker.principal.decide($0, on: .newTask(agent: agent.name)).isAllowed
    }
    // The agent shows it to the gateway: so only to those whom the gateway has it work for.
    if may.contains(.submit), known.capabilities.extendedAgentCard == true,
      let more = try? await agent.client.extendedCard()
    {
      card.skills = more.skills.map(FrontCard.skill)
    }
    card.capabilities.extensions.append(access(may))
    return card
  }

  private func access(_ may: [Action]) -> AgentExtension {
    var writer = JSONWriter()
    writer.object { object in
      object.member("agent", agent.name)
      object.member("principal", asker.principal.name)
      object.array("roles") { list in
        for role in asker.principal.roles.map(\.rawValue).sorted() { list.string(role) }
      }
      object.array("may") { list in for action in may { list.string(action.rawValue) } }
      object.array("agents") { list in
        for agent in front.work.directory.all(for: asker.principal) { list.string(agent.name) }
      }
    }
    return AgentExtension(
      uri: Self.accessURI, description: "Who asks, as this gateway knows it, and what that one may do here.",
      isRequired: false, parameters: try? JSONValue(parsing: writer.bytes))
  }

  private static let accessURI = "https://signalbox.dev/a2a/extensions/access/v1"
}
