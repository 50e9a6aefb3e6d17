import A2A

extension Generator {
  /// - Parameter versions: of its interfaces.
  mutating func card(versions: [String] = ["1.0", "0.3"]) -> AgentCard {
    var card = AgentCard(
      name: text(), description: flip() ? "" : text(), version: text(), interfaces: interfaces(versions),
      skills: list { $0.skill() }, defaultInputModes: list { $0.text() }, defaultOutputModes: list { $0.text() })
    card.provider = maybe { AgentProvider(organization: $0.text(), url: $0.text()) }
    card.documentationURL = maybe { $0.text() }
    card.iconURL = maybe { $0.text() }
    card.capabilities = AgentCapabilities(
      streaming: maybe { $0.flip() }, pushNotifications: maybe { $0.flip() }, extendedAgentCard: maybe { $0.flip() },
      extensions: list { $0.agentExtension() })
    card.securitySchemes = (0..<count(0...5)).map { ("scheme \($0)", securityScheme()) }
    card.securityRequirements = list { $0.requirement() }
    card.signatures = list {
      AgentCardSignature(protected: $0.text(), signature: $0.text(), header: $0.maybe { $0.object() })
    }
    return card
  }

  private mutating func interfaces(_ versions: [String]) -> [AgentInterface] {
    list(1...4) {
      AgentInterface(
        url: "https://example.com/" + $0.text(), binding: $0.pick([.jsonRPC, .httpJSON, .grpc, .other("urn:b:1")]),
        protocolVersion: $0.pick(versions), tenant: $0.maybe { $0.text() })
    }
  }

  private mutating func agentExtension() -> AgentExtension {
    AgentExtension(
      uri: text(), description: maybe { $0.text() }, isRequired: flip(), parameters: maybe { $0.object() })
  }

  private mutating func skill() -> AgentSkill {
    var skill = AgentSkill(id: text(), name: text(), description: text(), tags: list { $0.text() })
    skill.examples = list { $0.text() }
    skill.inputModes = list { $0.text() }
    skill.outputModes = list { $0.text() }
    skill.securityRequirements = list { $0.requirement() }
    return skill
  }

  private mutating func requirement() -> SecurityRequirement {
    var requirement = SecurityRequirement(schemes: [:])
    for index in 0..<count(0...2) { requirement.schemes["scheme \(index)"] = list { $0.text() } }
    return requirement
  }

  private mutating func securityScheme() -> SecurityScheme {
    let description = maybe { $0.text() }
    switch count(0...4) {
    case 0: return .apiKey(name: text(), location: pick(["query", "header", "cookie"]), description: description)
    case 1: return .http(scheme: text(), bearerFormat: maybe { $0.text() }, description: description)
    case 2: return .oauth2(flow(), metadataURL: maybe { $0.text() }, description: description)
    case 3: return .openIDConnect(url: text(), description: description)
    default: return .mutualTLS(description: description)
    }
  }

  private mutating func flow() -> OAuthFlow {
    var flow = OAuthFlow(
      kind: pick([.authorizationCode, .clientCredentials, .deviceCode, .implicit, .password]), scopes: [:])
    for index in 0..<count(0...2) { flow.scopes["scope \(index)"] = text() }
    flow.authorizationURL = maybe { $0.text() }
    flow.tokenURL = maybe { $0.text() }
    flow.deviceAuthorizationURL = maybe { $0.text() }
    flow.refreshURL = maybe { $0.text() }
    flow.pkceRequired = maybe { $0.flip() }
    return flow
  }
}
