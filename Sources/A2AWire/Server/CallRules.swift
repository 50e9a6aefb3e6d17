import A2A

/// What a call has to meet before a service hears of it: the promises of the card.
enum CallRules {
  /// Throws when the call is of a version that is not spoken here.
  static func check(_ version: ProtocolVersion, against spoken: [ProtocolVersion]) throws(A2AError) {
    guard !spoken.contains(version) else { return }
    let versions = spoken.map(\.rawValue).joined(separator: " and ")
    throw A2AError(
      .versionNotSupported,
      "The call is of A2A \(version.rawValue), and this agent speaks \(versions); see its card for where.")
  }

  /// Throws when the card does not offer what the call needs.
  static func check(_ operation: Operation, against card: AgentCard) throws(A2AError) {
    let capabilities = card.capabilities
    if operation.name.isStreaming, capabilities.streaming != true {
      throw A2AError(
        .unsupportedOperation, "This agent does not stream. Send the message without streaming, or ask for the task.")
    }
    if operation.needsPush, capabilities.pushNotifications != true {
      throw A2AError(
        .pushNotificationNotSupported,
        "This agent sends no push notifications. Leave the configuration out and ask for the task instead.")
    }
    if case .getExtendedCard = operation, capabilities.extendedAgentCard != true {
      throw A2AError(.unsupportedOperation, "This agent has no extended card; its public card says all there is.")
    }
  }

  /// The extensions that are active: those of `asked` that the card declares, in its order. Throws when one is missing that the card
  /// requires.
  static func activeExtensions(asked: [String], card: AgentCard) throws(A2AError) -> [String] {
    let declared = card.capabilities.extensions
    let missing = declared.filter { $0.isRequired && !asked.contains($0.uri) }.map(\.uri)
    guard missing.isEmpty else {
      throw A2AError(
        .extensionSupportRequired,
        "This agent requires extensions that the call does not activate. Name them in A2A-Extensions: \(missing.joined(separator: ", "))."
      )
    }
    return declared.map(\.uri).filter(asked.contains)
  }
}

extension Operation {
  fileprivate var needsPush: Bool {
    switch self {
    case .createPushConfig, .getPushConfig, .listPushConfigs, .deletePushConfig: true
    case .sendMessage(let request), .sendStreamingMessage(let request): request.configuration.pushConfig != nil
    case .getTask, .listTasks, .cancelTask, .subscribeToTask, .getExtendedCard: false
    }
  }
}
