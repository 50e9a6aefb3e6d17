import A2A

/// The names of one task: as people know it, and as its agent does. Only names are exchanged, never what somebody wrote.
///
/// Agents make ids of messages and artifacts out of the names of their tasks, such as `TASK-m1`. There, too, one name is exchanged for the
/// other: the same id always becomes the same, so that a task that is shown again can be compared.
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
        update.artifact = outside(update.artifact)
        return .artifact(update)
      }()
    }
  }

  func outside(_ shown: AgentTask) -> AgentTask {
    var shown = shown
    shown.id = task
    shown.contextID = context
    shown.status = outside(shown.status)
    shown.artifacts = shown.artifacts?.map { outside($0) }
    // What people said is in the records already, in their words.
    shown.history = nil
    return shown
  }

  func outside(_ message: Message) -> Message {
    var message = message
    message.id = outside(id: message.id)
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

  private func outside(_ artifact: Artifact) -> Artifact {
    var artifact = artifact
    artifact.id = outside(id: artifact.id)
    return artifact
  }

  func outside(id: String) -> String {
    var names = [(from: agentContext, to: context)]
    if let agentTask { names.append((from: agentTask, to: task)) }
    // One of them may be a part of the other.
    names.sort { $0.from.utf8.count > $1.from.utf8.count }
    return Self.exchange(names[...], in: id)
  }

  // MARK: To the agent

  /// Nobody's names but ours reach an agent.
  func inside(_ message: Message) -> Message {
    var message = message
    message.id = inside(id: message.id)
    message.taskID = agentTask
    message.contextID = agentContext
    message.referenceTaskIDs = message.referenceTaskIDs.compactMap { $0 == task ? agentTask : nil }
    return message
  }

  /// What people call a conversation is theirs to choose, and may be any word. The task's name is ours, and means the task.
  func inside(id: String) -> String {
    agentTask.map { Self.exchange([(task, $0)], in: id) } ?? id
  }

  // MARK: In ids

  /// So often at most in one id: a short name is found in many places, and an id is not to grow without bounds.
  private static let limit = 4

  /// What was put in is not looked at again.
  private static func exchange(_ names: ArraySlice<(from: String, to: String)>, in id: String) -> String {
    guard let (from, to) = names.first else { return id }
    let others = names.dropFirst()
    guard !from.isEmpty, from != to else { return exchange(others, in: id) }
    return id.split(separator: from, maxSplits: limit, omittingEmptySubsequences: false)
      .map { exchange(others, in: String($0)) }.joined(separator: to)
  }
}
