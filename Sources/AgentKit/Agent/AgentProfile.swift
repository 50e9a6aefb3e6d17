package import A2A

/// What an agent says of itself: its card without the addresses, and how its tasks are kept.
package struct AgentProfile: Sendable {
  package var name: String
  package var description: String
  package var version: String
  package var skills: [AgentSkill]
  package var inputModes: [String]
  package var outputModes: [String]
  /// Beside those of Signalbox, which every card has.
  package var extensions: [AgentExtension] = []
  package var documentationURL: String?
  package var provider: AgentProvider?
  package var streaming = true
  package var pushNotifications = true
  /// People may pause its tasks: its work has tools or checkpoints, at which it waits then.
  package var isPausable = false
  /// What those who call with a name of their own see beside: a card with these skills as well. Nil: there is no such
  /// card.
  package var extendedSkills: [AgentSkill]?
  /// How long one task may work. The time in which it waits for an answer does not count.
  package var timeLimit: Duration?
  /// What the paid calls of one task may cost, in millionths of a US dollar. Nil: they may cost whatever they do.
  package var costLimit: Int?
  /// Some messages are answered with a message, without a task (``TaskContext/reply(_:)``). A call then waits for the
  /// first thing that the agent does, because only that tells whether there is a task.
  package var repliesDirectly = false

  package init(
    name: String, description: String, version: String, skills: [AgentSkill], inputModes: [String] = ["text/plain"],
    outputModes: [String] = ["text/plain"]
  ) {
    self.name = name
    self.description = description
    self.version = version
    self.skills = skills
    self.inputModes = inputModes
    self.outputModes = outputModes
  }

  var card: AgentCard {
    var card = AgentCard(
      name: name, description: description, version: version, interfaces: [], skills: skills,
      defaultInputModes: inputModes, defaultOutputModes: outputModes)
    card.documentationURL = documentationURL
    card.provider = provider
    card.capabilities = AgentCapabilities(
      streaming: streaming, pushNotifications: pushNotifications, extendedAgentCard: extendedSkills != nil,
      extensions: Self.ownExtensions + (isPausable ? [Self.pausing] : []) + extensions)
    return card
  }

  private static let pausing = AgentExtension(
    uri: PauseRequest.extensionURI,
    description: "A message whose metadata asks to pause its task, or to resume it: a paused task begins no other tool."
  )

  private static let ownExtensions = [
    AgentExtension(
      uri: ProgressReport.extensionURI,
      description: "Steps of the work and calls of tools, in the metadata of status and artifact updates."),
    AgentExtension(
      uri: Question.extensionURI,
      description: "Questions with a form, in the metadata of the message with which a task asks for input."),
  ]
}

extension AgentCard {
  mutating func demandCertificate() {
    securitySchemes = [
      ("mutual-tls", .mutualTLS(description: "A client certificate of the authority that this agent trusts."))
    ]
    securityRequirements = [SecurityRequirement(schemes: ["mutual-tls": []])]
  }
}
