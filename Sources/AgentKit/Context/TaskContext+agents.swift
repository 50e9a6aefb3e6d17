package import A2A
package import A2AWire

extension TaskContext {
  /// Has another agent do a part of the work, and returns what came of it: a message, or its task as it ended or as it
  /// waits for an answer, which is sent as another message with the task's id.
  ///
  /// When this work is cancelled, the other agent's task is cancelled as well. What goes wrong on the way is an
  /// ``AgentFailure`` of the reason `call`, with what and where in its sentence.
  /// - Parameter each: is told of every event, to show what matters of it.
  package func call(
    _ agent: AgentClient, _ message: Message, each: (TaskEvent) async throws -> Void = { _ in }
  ) async throws -> SendResult {
    try Task.checkCancellation()
    var followed = FollowedTask()
    do {
      let events = try await agent.stream(SendMessageRequest(message: message))
      do {
        while let event = try await events.next() {
          followed.take(event)
          try await each(event)
        }
      } catch {
        await events.close()
        throw error
      }
    } catch {
      // Whatever ends the interest in it here, the other agent is not to work for nobody.
      if let id = followed.runningID { await Self.cancel(id, at: agent) }
      try Task.checkCancellation()
      guard let error = error as? AgentCallError else { throw error }
      throw AgentFailure(error.description, reason: .call)
    }
    guard let result = followed.result else {
      throw AgentFailure("The other agent ended its answer before it had begun.", reason: .call)
    }
    return result
  }

  /// In a task of its own, because the one that calls is being cancelled, and for a bounded time.
  private static func cancel(_ id: String, at agent: AgentClient) async {
    let attempt = Task { _ = try? await agent.cancel(CancelTaskRequest(id: id)) }
    let limit = Task {
      try await Task.sleep(for: .seconds(5))
      attempt.cancel()
    }
    await attempt.value
    limit.cancel()
  }
}

/// Another agent's task, put together from what it tells.
struct FollowedTask {
  private(set) var result: SendResult?

  /// The task, unless it has ended.
  var runningID: String? {
    guard case .task(let task)? = result, !task.status.state.isTerminal else { return nil }
    return task.id
  }

  mutating func take(_ event: TaskEvent) {
    switch event {
    case .message(let message): result = .message(message)
    case .task(let task): result = .task(task)
    case .status(let update):
      var task = task(update.taskID, update.contextID)
      task.take(event)
      result = .task(task)
    case .artifact(let update):
      var task = task(update.taskID, update.contextID)
      task.take(event)
      result = .task(task)
    }
  }

  /// Streams that go on with a task may begin without it.
  private func task(_ id: String, _ contextID: String) -> AgentTask {
    if case .task(let task)? = result { return task }
    return AgentTask(id: id, contextID: contextID, status: TaskStatus(.working))
  }
}
