import A2A

/// The names of one task: as people know it, and as its agent does. Only names are exchanged, never what somebody wrote.
struct RunNames: Sendable, Equatable {
  let task: String
  let context: String
  var agentTask: String?
  var agentContext: String

  // MARK: From the agent

  func outside(_ event: TaskEvent) -> TaskEvent {
    switch event {
    case .task(let task): .task(outside(task))
    case .message(let message): .message(outside(message))
    case .status(var update):
      {
        update.taskID = task
        update.contextID = context
        update.status = outside(update.status)
        return .status(update)
      }()
    case .artifact(var update):
      {
        update.taskID = task
        update.contextID = context
        return .artifact(update)
      }()
    }
  }

  func outside(_ shown: AgentTask) -> AgentTask {
    var shown = shown
    shown.id = task
    shown.contextID = context
    shown.status = outside(shown.status)
    // What people said is in the records already, in their words.
    shown.history = nil
    return shown
  }

  func outside(_ message: Message) -> Message {
    var message = message
    if message.taskID != nil { message.taskID = task }
    message.contextID = context
    message.referenceTaskIDs = message.referenceTaskIDs.compactMap { $0 == agentTask ? task : nil }
    return message
  }

  private func outside(_ status: TaskStatus) -> TaskStatus {
    var status = status
    status.message = status.message.map { outside($0) }
    return status
  }

  // MARK: To the agent

  /// Nobody's names but ours reach an agent.
  func inside(_ message: Message) -> Message {
    var message = message
    message.taskID = agentTask
    message.contextID = agentContext
    message.referenceTaskIDs = message.referenceTaskIDs.compactMap { $0 == task ? agentTask : nil }
    return message
  }
}
