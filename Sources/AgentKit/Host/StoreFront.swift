package import A2A
package import A2AWire

/// What stands before an agent's store and passes everything on to it, but for what a type does itself.
package protocol StoreFront: TaskService {
  var store: TaskStore { get }
}

extension StoreFront {
  package var card: AgentCard { store.card }

  package func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? {
    try await store.extendedCard(call)
  }

  package func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    try await store.send(request, call)
  }

  package func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try await store.stream(request, call)
  }

  package func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await store.task(request, call)
  }

  package func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage {
    try await store.tasks(request, call)
  }

  package func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await store.cancel(request, call)
  }

  package func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try await store.subscribe(request, call)
  }

  package func createPushConfig(
    _ request: CreatePushConfigRequest, _ call: CallContext
  ) async throws(A2AError) -> PushConfig {
    try await store.createPushConfig(request, call)
  }

  package func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    try await store.pushConfig(request, call)
  }

  package func pushConfigs(
    _ request: ListPushConfigsRequest, _ call: CallContext
  ) async throws(A2AError) -> PushConfigPage {
    try await store.pushConfigs(request, call)
  }

  package func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) {
    try await store.deletePushConfig(request, call)
  }
}
