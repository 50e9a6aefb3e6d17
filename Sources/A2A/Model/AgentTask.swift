package import JSON

/// A task as its agent shows it.
package struct AgentTask: Sendable, Equatable {
  /// Made by the agent.
  package var id: String
  /// Agents should always give one; foreign ones may not.
  package var contextID: String?
  package var status: TaskStatus
  /// Nil where none were asked for, which is not the same as there being none.
  package var artifacts: [Artifact]?
  package var history: [Message]?
  /// An object.
  package var metadata: JSONValue?

  package init(id: String, contextID: String?, status: TaskStatus) {
    self.id = id
    self.contextID = contextID
    self.status = status
  }
}

/// A state, since when, and what the agent says about it.
package struct TaskStatus: Sendable, Equatable {
  package var state: TaskState
  package var message: Message?
  package var timestamp: Timestamp?

  package init(_ state: TaskState, message: Message? = nil, timestamp: Timestamp? = nil) {
    self.state = state
    self.message = message
    self.timestamp = timestamp
  }
}
