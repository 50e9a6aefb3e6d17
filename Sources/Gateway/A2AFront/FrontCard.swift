import A2A
import A2AWire

/// An agent's card as the gateway shows it: what the agent can do, and how it is done here.
///
/// What the agent says of itself stays: name, words, skills, media types. How it is reached, who may come, and what is offered is the
/// gateway's. Signatures were made for another document; whoever knows the agent has verified them.
struct FrontCard: Sendable {
  enum Credential: Sendable {
    case bearer, certificate
  }

  /// What may be shown at this listener, each one enough.
  let credentials: [Credential]
  let sendsPush: Bool

  /// - Parameter card: nil when the agent has not been seen yet: then there is nothing to show, and enough to judge calls by.
  func card(of name: String, from card: AgentCard?) -> AgentCard {
    var card = card ?? AgentCard(name: name, description: "", version: "", interfaces: [], skills: [])
    card.interfaces = []
    card.signatures = []
    card.capabilities = AgentCapabilities(
      streaming: true, pushNotifications: sendsPush, extendedAgentCard: true,
      extensions: card.capabilities.extensions.filter { Self.passedOn.contains($0.uri) }.map {
        AgentExtension(uri: $0.uri, description: $0.description, isRequired: false)
      })
    card.securitySchemes = credentials.map { ($0.name, $0.scheme) }
    card.securityRequirements = credentials.map { SecurityRequirement(schemes: [$0.name: []]) }
    card.skills = card.skills.map(Self.skill)
    return card
  }

  /// Whatever it asks for at the agent, here it is asked for once.
  static func skill(_ skill: AgentSkill) -> AgentSkill {
    var skill = skill
    skill.securityRequirements = []
    return skill
  }

  /// Extensions that the gateway understands. What others say travels on in the metadata; to be active, an extension would have to be
  /// agreed on by all three.
  private static let passedOn = [ProgressReport.extensionURI, Question.extensionURI]
}

extension FrontCard.Credential {
  fileprivate var name: String {
    switch self {
    case .bearer: "bearer"
    case .certificate: "mutual-tls"
    }
  }

  fileprivate var scheme: SecurityScheme {
    switch self {
    case .bearer:
      .http(scheme: "Bearer", bearerFormat: "JWT", description: "A token of the issuer that this gateway trusts.")
    case .certificate:
      .mutualTLS(description: "A client certificate of the authority that this gateway trusts.")
    }
  }
}
