import A2A

// For logs and metrics.
extension Operation {
  /// The task it is about, if it names one.
  var taskID: String? {
    switch self {
    case .sendMessage(let request), .sendStreamingMessage(let request): request.message.taskID
    case .getTask(let request): request.id
    case .cancelTask(let request): request.id
    case .subscribeToTask(let request): request.id
    case .createPushConfig(let request): request.taskID
    case .getPushConfig(let request), .deletePushConfig(let request): request.taskID
    case .listPushConfigs(let request): request.taskID
    case .listTasks, .getExtendedCard: nil
    }
  }
}

extension Dialect {
  /// Such as `jsonrpc 1.0`.
  var name: String {
    switch binding {
    case .jsonRPC: "jsonrpc \(version.rawValue)"
    case .httpJSON: "http+json \(version.rawValue)"
    }
  }
}

extension Caller {
  var name: String {
    switch self {
    case .anonymous: "anonymous"
    case .named(let name): name
    }
  }
}
