import A2A
import Journal

/// What a run wants done, in this order. What is asked of the agent leaves when all that was written before is stored.
enum RunAction: Sendable, Equatable {
  case write(RunWrite)

  // The line: each takes the place of the one before.
  /// Reads the card.
  case prepare
  /// Sends a message and follows what comes of it, or waits for the answer where the agent does not stream. Once the connection stands, what
  /// is written then is stored before the message leaves.
  case send(Message)
  case subscribe(String)
  case look(String)
  case search(context: String)
  /// Nobody will read on.
  case hangUp

  // Beside it
  case cancel(String)
  case say(Message)

  /// For those who have asked for the cancel.
  case answerCancel(CancelOutcome)
  case tell(RunNews)
  /// There will be nothing more.
  case finish
}

/// What is to be stored together.
struct RunWrite: Sendable, Equatable {
  var entries: [Entry] = []
  var memory: RunMemory?
  /// A snapshot is due with it.
  var showsChange = false
}

/// For counts and logs.
enum RunNews: Sendable, Equatable {
  /// The agent has told of the task, so long after it was given it.
  case handedOver(afterMilliseconds: Int64)
  case lost(why: String)
  case found
  case gap
  case late
  case ended(TaskState, RunFailure?, why: String?)
}
