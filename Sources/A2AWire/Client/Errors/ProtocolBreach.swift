package import A2A

/// What an agent did that the protocol does not let it do.
package enum ProtocolBreach: Error, Sendable, Equatable {
  /// A stream has to begin with a task or a message; the caller would not know what the update is about.
  case updateBeforeTask
  /// A stream with a task in it has no message beside it.
  case messageAfterTask
  /// A subscription is to a task.
  case messageOnSubscription
  /// A message is the only event of its stream.
  case eventAfterMessage
  /// Nothing comes after a terminal state. The event is kept for whoever wants to write it down.
  case eventAfterTerminal(TaskState, TaskEvent)
  /// Something about another task than the one that was asked for.
  case foreignTask(id: String, expected: String)
  /// Events were asked for, and the answer is a single result.
  case noStream
  /// The answer, or an event, is not of the protocol's shape.
  case unreadable(String)
  /// The pages of a list lead back to one of them.
  case endlessPages(token: String)

  /// What it did, to follow the agent's name.
  var text: String {
    switch self {
    case .updateBeforeTask: "it began its stream with an update, before any task"
    case .messageAfterTask: "it sent a message on the stream of a task"
    case .messageOnSubscription: "it sent a message to a subscriber of a task"
    case .eventAfterMessage: "it sent another event after its message"
    case .eventAfterTerminal(let state, let event): "it sent \(event.kindName) after the task was \(state.words)"
    case .foreignTask(let id, let expected):
      "it sent something about the task \(ForeignText.quoting(id)) instead of \(ForeignText.quoting(expected))"
    case .noStream: "it sent a single result where a stream was asked for"
    case .unreadable(let text): "it sent what cannot be understood: \(ForeignText.clause(text))"
    case .endlessPages(let token): "the pages of its list go in a circle through \(ForeignText.quoting(token))"
    }
  }
}

extension TaskEvent {
  /// The task it is about; a message may be about none.
  var taskID: String? {
    switch self {
    case .task(let task): task.id
    case .message(let message): message.taskID
    case .status(let update): update.taskID
    case .artifact(let update): update.taskID
    }
  }

  var kindName: String {
    switch self {
    case .task: "a task"
    case .message: "a message"
    case .status: "a status"
    case .artifact: "an artifact"
    }
  }
}

extension TaskState {
  /// For sentences.
  var words: String {
    switch self {
    case .submitted: "submitted"
    case .working: "working"
    case .completed: "completed"
    case .failed: "failed"
    case .canceled: "canceled"
    case .inputRequired: "waiting for input"
    case .rejected: "rejected"
    case .authRequired: "waiting for authorization"
    }
  }
}
