import A2A

extension APISchemas {
  static let agentStates = APISchema.words(AgentHealth.State.allCases.map(\.rawValue))

  static let agent = APISchema.object(agentMembers)
  static let agentDetails = APISchema.object(agentMembers + agentFigures)

  private static let agentMembers = [
    APIMember("name", .string(), "What tasks and policies call it."),
    APIMember("default", .bool, "It gets the tasks that name no agent."), APIMember("state", agentStates),
    .optional("since", .time, "When it came into this state."), .optional("lastSeen", .time),
    .optional("reason", .string(), "Why it is out of reach, or gets no tasks."),
    APIMember("mayBegin", .bool, "The asker may give it work."),
    .optional(
      "card",
      .object([
        APIMember("name", .string()), APIMember("description", .string()), APIMember("version", .string()),
        .optional(
          "protocol", .words(ProtocolVersion.allCases.map(\.rawValue)), "In which version of A2A it is spoken to."),
        APIMember("streaming", .bool), APIMember("pausable", .bool, "Its tasks can be paused."),
        APIMember("inputModes", .array(of: .string())),
        APIMember("outputModes", .array(of: .string())),
        APIMember(
          "skills",
          .array(
            of: .object([
              APIMember("id", .string()), APIMember("name", .string()), APIMember("description", .string()),
              APIMember("tags", .array(of: .string())), APIMember("examples", .array(of: .string())),
            ]))),
        .optional("documentationUrl", .string()),
      ]), "What it says of itself, as it was last seen."),
  ]

  static let agentCertificate = APISchema.object([
    APIMember("side", .words(["agent", "gateway"]), "Whose it is."), APIMember("notAfter", .time),
    APIMember("daysLeft", .integer, "Negative when it is over."),
  ])

  /// In `/status`.
  static let agentFacts = APISchema.object([
    APIMember("name", .string()), APIMember("url", .string()), APIMember("state", agentStates),
    .optional("since", .time), .optional("lastSeen", .time),
    .optional("quarantine", .string(), "Why it gets no tasks."),
    .optional("lastTrouble", .object([APIMember("text", .string()), APIMember("time", .time)])),
    .optional(
      "card",
      .object([
        APIMember("name", .string()), APIMember("version", .string()), .optional("protocol", .string()),
        .optional("binding", .string()),
      ])),
    APIMember("certificates", .array(of: agentCertificate)),
  ])
}
