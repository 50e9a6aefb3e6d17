package import A2A

// One method for each operation. The tenant of a request is the chosen interface's, whatever it says.
extension AgentClient {
  /// Sends a message. Without `returnImmediately` the answer waits until the task has ended or needs somebody.
  package func send(_ request: SendMessageRequest) async throws(AgentCallError) -> SendResult {
    let deadlines =
      request.configuration.returnImmediately ? options.deadlines.ofCall : options.deadlines.ofBlockingSend
    return try await answer(to: .sendMessage(request), about: request.message.taskID, within: deadlines) {
      if case .sent(let result) = $0 { result } else { nil }
    }
  }

  /// Sends a message, and follows what comes of it.
  package func stream(_ request: SendMessageRequest) async throws(AgentCallError) -> TaskEventStream {
    try await events(of: .sendStreamingMessage(request)) { _ in .message(taskID: request.message.taskID) }
  }

  /// Follows a task: a snapshot, and what comes after it. By POST, and by GET with agents that know this operation as such.
  package func subscribe(_ request: SubscribeToTaskRequest) async throws(AgentCallError) -> TaskEventStream {
    try await events(of: .subscribeToTask(request)) { dialect in
      .subscription(taskID: request.id, promisesSnapshot: dialect.version != .v0_3)
    }
  }

  package func task(_ request: GetTaskRequest) async throws(AgentCallError) -> AgentTask {
    try await answer(to: .getTask(request), about: request.id) { if case .task(let task) = $0 { task } else { nil } }
  }

  /// One page; `TaskPages` has them all.
  package func tasks(_ request: ListTasksRequest) async throws(AgentCallError) -> TaskPage {
    try await answer(to: .listTasks(request)) { if case .tasks(let page) = $0 { page } else { nil } }
  }

  /// Asks for a task to be cancelled. The agent may refuse; what it answers is the task as it is then.
  package func cancel(_ request: CancelTaskRequest) async throws(AgentCallError) -> AgentTask {
    try await answer(to: .cancelTask(request), about: request.id) { if case .task(let task) = $0 { task } else { nil } }
  }

  // MARK: Push configurations

  package func createPushConfig(_ request: CreatePushConfigRequest) async throws(AgentCallError) -> PushConfig {
    try await answer(to: .createPushConfig(request)) { if case .pushConfig(let config) = $0 { config } else { nil } }
  }

  package func pushConfig(_ request: PushConfigRequest) async throws(AgentCallError) -> PushConfig {
    try await answer(to: .getPushConfig(request)) { if case .pushConfig(let config) = $0 { config } else { nil } }
  }

  package func pushConfigs(_ request: ListPushConfigsRequest) async throws(AgentCallError) -> PushConfigPage {
    try await answer(to: .listPushConfigs(request)) { if case .pushConfigs(let page) = $0 { page } else { nil } }
  }

  package func deletePushConfig(_ request: PushConfigRequest) async throws(AgentCallError) {
    try await answer(to: .deletePushConfig(request)) { if case .nothing = $0 { () } else { nil } }
  }
}
