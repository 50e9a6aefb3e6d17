/// The way to an agent whose task is not followed just now.
struct RunReach: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    case preparing
    case subscribing
    case looking
    case searching
    case pausing(until: Int64, then: Next)
  }

  enum Next: Sendable, Equatable {
    case prepare
    case subscribe
    case look
    case search
  }

  enum Cause: Sendable, Equatable {
    /// The agent was followed and lost, which is written down.
    case loss
    /// The gateway was started anew.
    case restart
    /// It is not known whether the message has arrived.
    case handOver
    /// Nothing is wrong: the agent has closed a stream that may be closed, or does not stream.
    case quiet
  }

  var step: Step
  var cause: Cause
  /// A sentence: why it has to be reached.
  var why: String
  /// When it is given up, on the steady clock; nil as long as nothing is wrong.
  var by: Int64?
  var backoff = RunBackoff()
  /// What was wrong the last time.
  var trouble: String?
  /// Times that the agent would not let us subscribe, or did not find the task.
  var refusals = 0

  init(_ step: Step, _ cause: Cause, why: String, by: Int64?) {
    self.step = step
    self.cause = cause
    self.why = why
    self.by = by
  }
}
