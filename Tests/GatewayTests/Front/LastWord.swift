import A2A
import A2AWire
import TestSupport

/// An agent that answers what a task is told when the task has ended, and the gate is open: its stream is faster than its answers.
struct LastWord: TaskService {
  let agent: any TaskService
  let gate: Gate

  var card: AgentCard { get async { await agent.card } }

  func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? { try await agent.extendedCard(call) }

  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    let result = try await agent.send(request, call)
    if let id = request.message.taskID {
      _ = try? await eventually { try await agent.task(GetTaskRequest(id: id), call).status.state.isTerminal }
      await gate.pass()
    }
    return result
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try await agent.stream(request, call)
  }

  func subscribe(_ request: SubscribeToTaskRequest, _ call: CallContext) async throws(A2AError) -> TaskFeed {
    try await agent.subscribe(request, call)
  }

  func task(_ request: GetTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await agent.task(request, call)
  }

  func tasks(_ request: ListTasksRequest, _ call: CallContext) async throws(A2AError) -> TaskPage {
    try await agent.tasks(request, call)
  }

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await agent.cancel(request, call)
  }

  func createPushConfig(_ request: CreatePushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    try await agent.createPushConfig(request, call)
  }

  func pushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) -> PushConfig {
    try await agent.pushConfig(request, call)
  }

  func pushConfigs(_ request: ListPushConfigsRequest, _ call: CallContext) async throws(A2AError) -> PushConfigPage {
    try await agent.pushConfigs(request, call)
  }

  func deletePushConfig(_ request: PushConfigRequest, _ call: CallContext) async throws(A2AError) {
    try await agent.deletePushConfig(request, call)
  }
}
