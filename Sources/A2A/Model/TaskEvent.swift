package import JSON

/// One item of a stream: A2A's `StreamResponse`.
package enum TaskEvent: Sendable, Equatable {
  /// A snapshot.
  case task(AgentTask)
  /// An answer without a task; it is the only event of its stream.
  case message(Message)
  case status(StatusUpdate)
  case artifact(ArtifactUpdate)

  package struct StatusUpdate: Sendable, Equatable {
    package var taskID: String
    package var contextID: String
    package var status: TaskStatus
    /// An object.
    package var metadata: JSONValue?

    package init(taskID: String, contextID: String, status: TaskStatus, metadata: JSONValue? = nil) {
      self.taskID = taskID
      self.contextID = contextID
      self.status = status
      self.metadata = metadata
    }
  }

  package struct ArtifactUpdate: Sendable, Equatable {
    package var taskID: String
    package var contextID: String
    package var artifact: Artifact
    /// The parts follow those that the artifact of this id has; otherwise they replace them.
    package var append = false
    /// The artifact is complete.
    package var lastChunk = false
    /// An object.
    package var metadata: JSONValue?

    package init(
      taskID: String, contextID: String, artifact: Artifact, append: Bool = false, lastChunk: Bool = false,
      metadata: JSONValue? = nil
    ) {
      self.taskID = taskID
      self.contextID = contextID
      self.artifact = artifact
      self.append = append
      self.lastChunk = lastChunk
      self.metadata = metadata
    }
  }

  /// The state it tells; nil for what tells none.
  package var state: TaskState? {
    switch self {
    case .task(let task): task.status.state
    case .status(let update): update.status.state
    case .message, .artifact: nil
    }
  }
}
