import A2A
import HTTP
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
  /// What comes of it is heard with the same round.
  case cancel(String, round: Int)
  case say(Message)

  /// For whoever gave that command, once all that was written before is stored.
  case answer(ticket: Int, CommandAnswer)
  case tell(RunNews)
  /// There will be nothing more.
  case finish
}

/// What is to be stored together.
struct RunWrite: Sendable, Equatable {
  var entries: [Entry] = []
  var memory: RunMemory?
  /// What else is to be remembered, the latest of each name.
  var memos: [Memo] = []
  /// What the agent calls the task from now on.
  var title: String?
  /// A snapshot is due with it.
  var showsChange = false
  /// It is stored together with the next one that is not held back.
  var isHeldBack = false
}

/// For counts and logs.
enum RunNews: Sendable, Equatable {
  /// The agent has told of the task, so long after it was given it.
  case handedOver(afterMilliseconds: Int64)
  case lost(why: String)
  case found
  case gap
  case late
  /// The agent has said something again.
  case repeated
  case verdict(Verdict)
  case ended(TaskState, RunFailure?, why: String?)
}

/// What is said at once to whoever gave a command.
enum CommandAnswer: Sendable, Equatable {
  case taken(CommandReceipt)
  case refused(Refusal)
}
