/// A call, whatever version and binding it came in.
package enum Operation: Sendable, Equatable {
  case sendMessage(SendMessageRequest)
  case sendStreamingMessage(SendMessageRequest)
  case getTask(GetTaskRequest)
  case listTasks(ListTasksRequest)
  case cancelTask(CancelTaskRequest)
  case subscribeToTask(SubscribeToTaskRequest)
  case createPushConfig(CreatePushConfigRequest)
  case getPushConfig(PushConfigRequest)
  case listPushConfigs(ListPushConfigsRequest)
  case deletePushConfig(PushConfigRequest)
  case getExtendedCard(GetExtendedCardRequest)
}

/// What a call is answered with, unless it is a stream.
package enum OperationResult: Sendable, Equatable {
  /// Of `sendMessage`.
  case sent(SendResult)
  /// Of `getTask` and `cancelTask`.
  case task(AgentTask)
  case tasks(TaskPage)
  case pushConfig(PushConfig)
  case pushConfigs(PushConfigPage)
  /// Of `deletePushConfig`.
  case nothing
  case card(AgentCard)
}

package enum SendResult: Sendable, Equatable {
  case task(AgentTask)
  case message(Message)
}
