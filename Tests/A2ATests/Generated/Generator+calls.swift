import A2A
import JSON

extension Generator {
  mutating func sendRequest() -> SendMessageRequest {
    var configuration = SendConfiguration()
    configuration.acceptedOutputModes = list { $0.text() }
    configuration.historyLength = maybe { $0.number() }
    configuration.pushConfig = maybe { $0.pushConfig() }
    configuration.returnImmediately = flip()
    var request = SendMessageRequest(
      message: message(), configuration: flip() ? configuration : SendConfiguration(), tenant: maybe { $0.text() })
    request.metadata = maybe { $0.object() }
    return request
  }

  mutating func operation(_ name: OperationName) -> Operation {
    let tenant = maybe { $0.text() }
    switch name {
    case .sendMessage: return .sendMessage(sendRequest())
    case .sendStreamingMessage: return .sendStreamingMessage(sendRequest())
    case .getTask: return .getTask(GetTaskRequest(id: text(), historyLength: maybe { $0.number() }, tenant: tenant))
    case .listTasks:
      var request = ListTasksRequest()
      request.tenant = tenant
      request.contextID = maybe { $0.text() }
      request.state = maybe { $0.pick(TaskState.allCases) }
      request.pageSize = maybe { $0.count(1...100) }
      request.pageToken = maybe { $0.text() }
      request.historyLength = maybe { $0.number() }
      request.statusTimestampAfter = maybe { $0.timestamp() }
      request.includeArtifacts = flip()
      return .listTasks(request)
    case .cancelTask:
      var request = CancelTaskRequest(id: text(), tenant: tenant)
      request.metadata = maybe { $0.object() }
      return .cancelTask(request)
    case .subscribeToTask: return .subscribeToTask(SubscribeToTaskRequest(id: text(), tenant: tenant))
    case .createPushConfig:
      var config = pushConfig()
      let taskID = text()
      config.taskID = taskID
      return .createPushConfig(CreatePushConfigRequest(taskID: taskID, config: config, tenant: tenant))
    case .getPushConfig: return .getPushConfig(PushConfigRequest(taskID: text(), id: text(), tenant: tenant))
    case .listPushConfigs:
      var request = ListPushConfigsRequest(taskID: text(), tenant: tenant)
      request.pageSize = maybe { $0.count(1...1000) }
      request.pageToken = maybe { $0.text() }
      return .listPushConfigs(request)
    case .deletePushConfig: return .deletePushConfig(PushConfigRequest(taskID: text(), id: text(), tenant: tenant))
    case .getExtendedCard: return .getExtendedCard(GetExtendedCardRequest(tenant: tenant))
    }
  }

  /// What a server may answer it with; nil where it is a stream.
  mutating func result(of name: OperationName) -> OperationResult? {
    switch name {
    case .sendMessage: return .sent(flip() ? .task(task()) : .message(message()))
    case .getTask, .cancelTask: return .task(task())
    case .listTasks:
      return .tasks(
        TaskPage(
          tasks: list { $0.task() }, nextPageToken: maybe { $0.text() }, pageSize: count(1...100),
          totalSize: number()))
    case .createPushConfig, .getPushConfig: return .pushConfig(pushConfig())
    case .listPushConfigs:
      return .pushConfigs(PushConfigPage(configs: list { $0.pushConfig() }, nextPageToken: maybe { $0.text() }))
    case .deletePushConfig: return .nothing
    case .getExtendedCard: return .card(card())
    case .sendStreamingMessage, .subscribeToTask: return nil
    }
  }

  mutating func error() -> A2AError {
    let own: [A2AError.Code] = [.other(-32050), .other(418)]
    var error = A2AError(pick(Self.codes + own), text())
    error.reason = maybe { "PEERS_OWN_" + String($0.count(1...9)) }
    for name in list(0...2, { $0.text() }) { error.metadata[name] = text() }
    error.violations = list { .init(field: $0.text(), description: $0.text()) }
    error.details = maybe { generator in
      let details = generator.list(1...2) { $0.object() }
      return .made { array in array.array { for detail in details { $0.value(detail) } } }
    }
    return error
  }

  static let codes: [A2AError.Code] = [
    .taskNotFound, .taskNotCancelable, .pushNotificationNotSupported, .unsupportedOperation,
    .contentTypeNotSupported, .invalidAgentResponse, .extendedCardNotConfigured, .extensionSupportRequired,
    .versionNotSupported, .parseError, .invalidRequest, .methodNotFound, .invalidParams, .internalError,
  ]
}
