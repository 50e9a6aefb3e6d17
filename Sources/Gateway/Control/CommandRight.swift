import HTTP
import Identity
import Journal

/// What it takes to give a command.
enum CommandRight: Sendable, Equatable {
  /// To stop a task, or to hold it and let it go on.
  case stopping
  /// To answer its questions, to say that one is about to, or what one thinks of its result.
  case answering
  /// To say something to its agent.
  case saying
}

extension CommandKind {
  var right: CommandRight {
    switch self {
    case .cancel, .pause, .resume: .stopping
    case .answer, .claim, .release, .review: .answering
    case .send: .saying
    }
  }
}

extension RunCommand.Act {
  var right: CommandRight { kind.right }
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

extension Asker {
  /// Throws the refusal to answer with when this asker may not give commands of that kind to the task: 404 where the asker may not even
  /// watch it, 403 where watching is all.
  func require(_ right: CommandRight, to task: StoredTask) throws(Refusal) {
    switch right {
    case .stopping: try require(.cancel, on: TaskFacts(task.opening))
    case .answering: try require(.answer, on: TaskFacts(task.opening))
    case .saying: try requireSaying(to: task)
    }
  }
}
