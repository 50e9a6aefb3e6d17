import A2A

/// What may follow what on a stream of events: a value that is told of each event, and of the end.
struct StreamRules {
  /// What the stream was asked for.
  enum Opening {
    /// With a task's id when the message goes on with one.
    case message(taskID: String?)
    /// 0.3 does not promise a snapshot.
    case subscription(taskID: String, promisesSnapshot: Bool)
  }

  private enum Phase {
    case opening(Opening)
    /// The state is nil as long as only artifacts have come.
    case following(taskID: String, TaskState?)
    /// By a message, without a task.
    case answered
    case over(taskID: String, TaskState)
  }

  private var phase: Phase

  init(_ opening: Opening) {
    phase = .opening(opening)
  }

  /// The last state that the agent has told.
  var lastState: TaskState? {
    switch phase {
    case .opening, .answered: nil
    case .following(_, let state): state
    case .over(_, let state): state
    }
  }

  /// Nothing is missing: the agent has only to close.
  var isOver: Bool {
    switch phase {
    case .opening, .following: false
    case .answered, .over: true
    }
  }

  /// Takes the next event, or says what is wrong with it.
  mutating func admit(_ event: TaskEvent) throws(ProtocolBreach) {
    switch phase {
    case .opening(let opening):
      phase = try Self.open(opening, with: event)
    case .following(let taskID, let state):
      if case .message = event { throw .messageAfterTask }
      phase = try Self.follow(event, of: taskID, last: state)
    case .answered:
      throw .eventAfterMessage
    case .over(let taskID, let state):
      // An agent may show the finished task once more before it closes.
      if case .task(let task) = event, task.id == taskID, task.status.state == state { return }
      throw .eventAfterTerminal(state, event)
    }
  }

  /// Nil when the stream ends here as it should; otherwise how it was cut.
  func cut(by end: StreamCut) -> StreamCut? {
    if isOver { return nil }
    // Whether a stream stays open while the agent waits for somebody is read either way.
    if end == .closed, let state = lastState, state.isInterrupted { return nil }
    return end
  }

  private static func open(_ opening: Opening, with event: TaskEvent) throws(ProtocolBreach) -> Phase {
    switch (opening, event) {
    case (.message(let taskID), .message(let message)):
      if let taskID, let other = message.taskID, other != taskID { throw .foreignTask(id: other, expected: taskID) }
      return .answered
    case (.subscription, .message):
      throw .messageOnSubscription
    case (.message(let taskID), .task(let task)):
      return try follow(event, of: taskID ?? task.id, last: nil)
    case (.message(taskID: let taskID?), _):
      // Agents in the field leave the snapshot out where the caller knows the task.
      return try follow(event, of: taskID, last: nil)
    case (.subscription(let taskID, promisesSnapshot: false), _), (.subscription(let taskID, _), .task):
      return try follow(event, of: taskID, last: nil)
    case (.message(taskID: nil), _), (.subscription, _):
      throw .updateBeforeTask
    }
  }

  private static func follow(
    _ event: TaskEvent, of taskID: String, last: TaskState?
  ) throws(ProtocolBreach) -> Phase {
    if let other = event.taskID, other != taskID { throw .foreignTask(id: other, expected: taskID) }
    guard let state = event.state ?? last else { return .following(taskID: taskID, nil) }
    return state.isTerminal ? .over(taskID: taskID, state) : .following(taskID: taskID, state)
  }
}
