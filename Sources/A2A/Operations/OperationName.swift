/// Which operation: what the name of a method, or a path, says before anything else is read.
package enum OperationName: Sendable, Hashable, CaseIterable {
  case sendMessage, sendStreamingMessage, getTask, listTasks, cancelTask, subscribeToTask
  case createPushConfig, getPushConfig, listPushConfigs, deletePushConfig, getExtendedCard

  /// It is answered with a stream of events.
  package var isStreaming: Bool { self == .sendStreamingMessage || self == .subscribeToTask }

  /// The name in JSON-RPC. The two versions have none in common. In 0.3 the specification lists tasks on other bindings
  /// only; the name here is what it would be.
  package func method(in version: ProtocolVersion) -> String {
    switch self {
    case .sendMessage: version == .v1 ? "SendMessage" : "message/send"
    case .sendStreamingMessage: version == .v1 ? "SendStreamingMessage" : "message/stream"
    case .getTask: version == .v1 ? "GetTask" : "tasks/get"
    case .listTasks: version == .v1 ? "ListTasks" : "tasks/list"
    case .cancelTask: version == .v1 ? "CancelTask" : "tasks/cancel"
    case .subscribeToTask: version == .v1 ? "SubscribeToTask" : "tasks/resubscribe"
    case .createPushConfig: version == .v1 ? "CreateTaskPushNotificationConfig" : "tasks/pushNotificationConfig/set"
    case .getPushConfig: version == .v1 ? "GetTaskPushNotificationConfig" : "tasks/pushNotificationConfig/get"
    case .listPushConfigs: version == .v1 ? "ListTaskPushNotificationConfigs" : "tasks/pushNotificationConfig/list"
    case .deletePushConfig:
      version == .v1 ? "DeleteTaskPushNotificationConfig" : "tasks/pushNotificationConfig/delete"
    case .getExtendedCard: version == .v1 ? "GetExtendedAgentCard" : "agent/getAuthenticatedExtendedCard"
    }
  }

  /// The method of that name, and the version it belongs to.
  static func method(named name: String) -> (operation: OperationName, version: ProtocolVersion)? {
    methods[name]
  }

  private static let methods: [String: (operation: OperationName, version: ProtocolVersion)] = {
    var methods: [String: (operation: OperationName, version: ProtocolVersion)] = [:]
    for version in ProtocolVersion.allCases {
      for operation in allCases { methods[operation.method(in: version)] = (operation, version) }
    }
    return methods
  }()
}

extension Operation {
  package var name: OperationName {
    switch self {
    case .sendMessage: .sendMessage
    case .sendStreamingMessage: .sendStreamingMessage
    case .getTask: .getTask
    case .listTasks: .listTasks
    case .cancelTask: .cancelTask
    case .subscribeToTask: .subscribeToTask
    case .createPushConfig: .createPushConfig
    case .getPushConfig: .getPushConfig
    case .listPushConfigs: .listPushConfigs
    case .deletePushConfig: .deletePushConfig
    case .getExtendedCard: .getExtendedCard
    }
  }
}
