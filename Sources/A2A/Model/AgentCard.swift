package import JSON

/// What an agent says of itself.
package struct AgentCard: Sendable, Equatable {
  package var name: String
  package var description: String
  /// In the agent's order of preference; at least one.
  package var interfaces: [AgentInterface]
  package var provider: AgentProvider?
  package var version: String
  package var documentationURL: String?
  package var iconURL: String?
  package var capabilities = AgentCapabilities()
  package var securitySchemes: [(name: String, scheme: SecurityScheme)] = []
  /// Alternatives.
  package var securityRequirements: [SecurityRequirement] = []
  package var defaultInputModes: [String]
  package var defaultOutputModes: [String]
  package var skills: [AgentSkill]
  /// As they came; JWS over the card without them.
  package var signatures: [AgentCardSignature] = []

  package init(
    name: String, description: String, version: String, interfaces: [AgentInterface], skills: [AgentSkill],
    defaultInputModes: [String] = ["text/plain"], defaultOutputModes: [String] = ["text/plain"]
  ) {
    self.name = name
    self.description = description
    self.version = version
    self.interfaces = interfaces
    self.skills = skills
    self.defaultInputModes = defaultInputModes
    self.defaultOutputModes = defaultOutputModes
  }

  package static func == (left: AgentCard, right: AgentCard) -> Bool {
    left.name == right.name && left.description == right.description && left.interfaces == right.interfaces
      && left.provider == right.provider && left.version == right.version
      && left.documentationURL == right.documentationURL && left.iconURL == right.iconURL
      && left.capabilities == right.capabilities
      && left.securitySchemes.elementsEqual(right.securitySchemes) { $0 == $1 }
      && left.securityRequirements == right.securityRequirements && left.defaultInputModes == right.defaultInputModes
      && left.defaultOutputModes == right.defaultOutputModes && left.skills == right.skills
      && left.signatures == right.signatures
  }
}

package struct AgentInterface: Sendable, Equatable {
  package enum Binding: Sendable, Equatable {
    case jsonRPC
    case httpJSON
    case grpc
    /// A URI.
    case other(String)
  }

  /// Absolute.
  package var url: String
  package var binding: Binding
  /// To be put into every request that goes to it.
  package var tenant: String?
  /// Major and minor, such as `1.0`.
  package var protocolVersion: String

  package init(url: String, binding: Binding, protocolVersion: String = "1.0", tenant: String? = nil) {
    self.url = url
    self.binding = binding
    self.protocolVersion = protocolVersion
    self.tenant = tenant
  }
}

package struct AgentProvider: Sendable, Equatable {
  package var organization: String
  package var url: String

  package init(organization: String, url: String) {
    self.organization = organization
    self.url = url
  }
}

package struct AgentCapabilities: Sendable, Equatable {
  package var streaming: Bool?
  package var pushNotifications: Bool?
  package var extendedAgentCard: Bool?
  package var extensions: [AgentExtension] = []

  package init(
    streaming: Bool? = nil, pushNotifications: Bool? = nil, extendedAgentCard: Bool? = nil,
    extensions: [AgentExtension] = []
  ) {
    self.streaming = streaming
    self.pushNotifications = pushNotifications
    self.extendedAgentCard = extendedAgentCard
    self.extensions = extensions
  }
}

package struct AgentExtension: Sendable, Equatable {
  package var uri: String
  package var description: String?
  package var isRequired: Bool
  /// An object.
  package var parameters: JSONValue?

  package init(uri: String, description: String? = nil, isRequired: Bool = false, parameters: JSONValue? = nil) {
    self.uri = uri
    self.description = description
    self.isRequired = isRequired
    self.parameters = parameters
  }
}

package struct AgentSkill: Sendable, Equatable {
  package var id: String
  package var name: String
  package var description: String
  package var tags: [String]
  package var examples: [String] = []
  package var inputModes: [String] = []
  package var outputModes: [String] = []
  package var securityRequirements: [SecurityRequirement] = []

  package init(id: String, name: String, description: String, tags: [String]) {
    self.id = id
    self.name = name
    self.description = description
    self.tags = tags
  }
}

package struct AgentCardSignature: Sendable, Equatable {
  /// Base64url of a JSON object.
  package var protected: String
  package var signature: String
  /// An object.
  package var header: JSONValue?

  package init(protected: String, signature: String, header: JSONValue? = nil) {
    self.protected = protected
    self.signature = signature
    self.header = header
  }
}
