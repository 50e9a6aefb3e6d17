import JSON

extension Operation {
  init(_ name: OperationName, _ reader: ObjectReader) throws(FieldFault) {
    switch name {
    case .sendMessage: self = .sendMessage(try SendMessageRequest(reader))
    case .sendStreamingMessage: self = .sendStreamingMessage(try SendMessageRequest(reader))
    case .getTask: self = .getTask(try GetTaskRequest(reader))
    case .listTasks: self = .listTasks(try ListTasksRequest(reader))
    case .cancelTask: self = .cancelTask(try CancelTaskRequest(reader))
    case .subscribeToTask: self = .subscribeToTask(try SubscribeToTaskRequest(reader))
    case .createPushConfig: self = .createPushConfig(try CreatePushConfigRequest(reader))
    case .getPushConfig: self = .getPushConfig(try PushConfigRequest(reader))
    case .listPushConfigs: self = .listPushConfigs(try ListPushConfigsRequest(reader))
    case .deletePushConfig: self = .deletePushConfig(try PushConfigRequest(reader))
    case .getExtendedCard: self = .getExtendedCard(try GetExtendedCardRequest(reader))
    }
  }

  /// The request's object: `params` in JSON-RPC.
  var request: any JSONCoded {
    switch self {
    case .sendMessage(let request), .sendStreamingMessage(let request): request
    case .getTask(let request): request
    case .listTasks(let request): request
    case .cancelTask(let request): request
    case .subscribeToTask(let request): request
    case .createPushConfig(let request): request
    case .getPushConfig(let request), .deletePushConfig(let request): request
    case .listPushConfigs(let request): request
    case .getExtendedCard(let request): request
    }
  }

  package var tenant: String? {
    switch self {
    case .sendMessage(let request), .sendStreamingMessage(let request): request.tenant
    case .getTask(let request): request.tenant
    case .listTasks(let request): request.tenant
    case .cancelTask(let request): request.tenant
    case .subscribeToTask(let request): request.tenant
    case .createPushConfig(let request): request.tenant
    case .getPushConfig(let request), .deletePushConfig(let request): request.tenant
    case .listPushConfigs(let request): request.tenant
    case .getExtendedCard(let request): request.tenant
    }
  }
}
