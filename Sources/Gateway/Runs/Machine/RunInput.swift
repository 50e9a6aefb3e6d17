import A2A

/// What happens to a run.
///
/// "The line" is the one call at a time by which it hears of its task. Calls beside the line (a cancel, a message to a task at work) have
/// inputs of their own.
enum RunInput: Sendable {
  // From whoever has the run
  case begin
  /// The ticket is what the answer is given under.
  case command(RunCommand, ticket: Int)
  case time
  /// The gateway goes away; the task goes on.
  case leave

  // From the line
  /// The agent's card is known.
  case ready(AgentManner)
  /// The connection for a message stands, and nothing of it has left.
  case connected
  /// All is stored that has to be: the message leaves.
  case leaves
  case event(TaskEvent)
  /// A stream has ended as it should.
  case closed
  /// The answer of an agent that does not stream.
  case answered(SendResult)
  /// The task as it is.
  case shown(AgentTask)
  /// What the agent has under a context: nil for nothing.
  case found(AgentTask?)
  case failed(RunFault)

  // From beside it
  /// The connection for it stands. The round is that of the call.
  case cancelLeft(round: Int)
  case cancelAnswered(AgentTask, round: Int)
  case cancelFailed(RunFault, round: Int)
  /// Under the name that the agent was told it under.
  case taken(messageID: String)
  case notTaken(messageID: String, RunFault)
}

/// What matters of how an agent is spoken to.
struct AgentManner: Sendable, Equatable {
  var streams: Bool
  /// A2A 1.0: a subscription begins with a snapshot, and tasks can be looked up by their context.
  var isCurrent: Bool
  /// Its card names the extension for it.
  var pauses = false
}
