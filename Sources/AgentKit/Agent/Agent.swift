/// An agent: what it says of itself, and what it does with a task.
package protocol Agent: Sendable {
  var profile: AgentProfile { get }

  /// Works on one task. What is returned is the agent's last word, and the task is completed. ``AgentRejection``
  /// rejects it; ``AgentFailure`` fails it with its sentence; every other error fails it with a sentence that tells
  /// nothing of the agent's inside, which the log has.
  ///
  /// The task in which this runs is cancelled when somebody cancels the task, when its time is over, and when the
  /// service stops. Child tasks are cancelled with it.
  func run(_ context: TaskContext) async throws -> AgentMessage?
}
