package import A2A

/// What was asked of an agent.
package enum AgentOperation: Sendable, Equatable, CustomStringConvertible {
  case readCard
  case call(OperationName)

  package var description: String {
    switch self {
    case .readCard: "Reading the agent card"
    case .call(let name): name.method(in: .v1)
    }
  }

  /// It changes nothing, so that it may be asked twice.
  var isReading: Bool {
    switch self {
    case .readCard, .call(.getTask), .call(.listTasks), .call(.subscribeToTask), .call(.getPushConfig),
      .call(.listPushConfigs), .call(.getExtendedCard):
      true
    case .call(.sendMessage), .call(.sendStreamingMessage), .call(.cancelTask), .call(.createPushConfig),
      .call(.deletePushConfig):
      false
    }
  }
}
