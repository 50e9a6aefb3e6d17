/// Fails a task with a sentence that its caller reads.
package struct AgentFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// For agents that want to go on in spite of it.
  package enum Reason: Sendable, Equatable {
    /// The agent's own.
    case own
    /// More than the service keeps for one task.
    case limit
    /// Nobody answered in time a question that had no default.
    case unanswered
    /// The task worked longer than it may.
    case timeLimit
    /// The service stops.
    case stopping
    /// The agent did something in an order that makes no sense.
    case misuse
    /// Another agent could not be reached, or answered with an error.
    case call
  }

  package let reason: Reason
  package let message: String

  package init(_ message: String, reason: Reason = .own) {
    self.reason = reason
    self.message = message
  }

  package var description: String { message }
}

/// Rejects a task: the agent will not do it.
package struct AgentRejection: Error, Sendable, Equatable, CustomStringConvertible {
  package let message: String

  package init(_ message: String) {
    self.message = message
  }

  package var description: String { message }
}
