import Identity

/// What it takes to give a command.
enum CommandRight: Sendable, Equatable {
  /// To stop a task, or to hold it and let it go on.
  case stopping
  /// To answer its questions, to say that one is about to, or what one thinks of its result.
  case answering
  /// To say something to its agent.
  case saying
}

extension RunCommand.Act {
  var right: CommandRight {
    switch self {
    case .cancel, .pause, .resume: .stopping
    case .answer, .claim, .release, .review: .answering
    case .say: .saying
    }
  }
}

extension CommandRight {
  /// For the audit trail. What is said may be an answer or more work: that depends on how the task stands.
  var action: Action? {
    switch self {
    case .stopping: .cancel
    case .answering: .answer
    case .saying: nil
    }
  }
}
