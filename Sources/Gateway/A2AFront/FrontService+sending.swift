import A2A
import A2AWire
import HTTP
import Identity
import Journal

extension FrontService {
  func send(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> SendResult {
    try check(request)
    let length = request.configuration.historyLength
    guard !request.configuration.returnImmediately else {
      return try await answering {
        let id =
          if let id = request.message.taskID {
            try await reply(request, to: id, call).id
          } else {
            try await begin(request, call).task
          }
        return .task(try await image(of: find(id)).task.shown(historyLength: length))
      }
    }
    let feed = try await conversation(request, call)
    defer { feed.close() }
    let end = try await feed.untilTold()
    if let answer = end.answer { return .message(answer.withoutTask) }
    return .task(end.task.shown(historyLength: length))
  }

  func stream(_ request: SendMessageRequest, _ call: CallContext) async throws(A2AError) -> A2AWire.TaskFeed {
    try check(request)
    // Clients of the field wait for the end of this stream before they answer a question; one that is to last longer is had by subscribing.
    return try await conversation(request, call).served(endsWhenInterrupted: true)
  }

  private func check(_ request: SendMessageRequest) throws(A2AError) {
    let message = request.message
    guard !message.parts.isEmpty else { throw .invalid("The message has no parts. Send at least one.") }
    guard message.role == .user else { throw .invalid("The role of a message to an agent is ROLE_USER.") }
    if let context = message.contextID, !(1...256).contains(context.utf8.count) {
      throw .invalid("A contextId has 1 to 256 bytes.")
    }
    try Self.check(historyLength: request.configuration.historyLength)
    try checkPush(request.configuration.pushConfig)
  }

  /// Says it, and gives what comes of it. The right to hear that comes first: who may not listen any more has begun nothing.
  private func conversation(
    _ request: SendMessageRequest, _ call: CallContext
  ) async throws(A2AError) -> FrontFeed {
    try await answering {
      let length = request.configuration.historyLength
      if let id = request.message.taskID {
        let before = try await find(id)
        let grant = try open(TaskFacts(before.opening))
        let known = try await image(of: before)
        _ = try await reply(request, to: id, call)
        let telling = TaskTelling(
          .reply(to: request.message.id), from: known, endsWhenInterrupted: true, historyLength: length)
        return follow(id, after: before.lastOffset, telling, under: grant)
      }
      let grant = try open(asker.requireNewTask(at: agent.name))
      let begun = try await begin(request, call)
      let blank = AgentTask(id: begun.task, contextID: begun.context, status: TaskStatus(.submitted))
      let telling = TaskTelling(
        // Of an agent that streams, the first word comes soon, or the run fails; others say nothing before they have done it all.
        .answer(decides: agent.card?.capabilities.streaming == true), from: TaskImage(task: blank),
        endsWhenInterrupted: true, historyLength: length)
      return follow(begun.task, after: 0, telling, under: grant)
    }
  }

  // MARK: A new task

  private func begin(_ request: SendMessageRequest, _ call: CallContext) async throws -> Submitted {
    var order = WorkOrder(message: request.message, trace: visit.trace)
    order.agent = agent.name
    order.acceptedOutputModes = request.configuration.acceptedOutputModes
    order.metadata = request.metadata
    guard visit.keys.count <= 1 else { throw A2AError.invalid("There is more than one Idempotency-Key. Send one.") }
    if let key = visit.keys.first {
      guard (1...255).contains(key.utf8.count), key.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
        throw A2AError.invalid("An Idempotency-Key is 1 to 255 printable ASCII characters.")
      }
      order.key = key
    }
    let begun = try await front.work.runs.submit(order, by: asker)
    try await tell(request.configuration.pushConfig, of: begun.task, after: 0, call)
    return begun
  }

  // MARK: A task that is there

  /// Gives the task as it was before.
  private func reply(
    _ request: SendMessageRequest, to id: String, _ call: CallContext
  ) async throws -> StoredTask {
    let task = try await find(id)
    let context = task.opening.context ?? task.id
    var message = request.message
    if let asked = message.contextID, asked != context {
      throw A2AError.invalid(
        "The task \(task.id) belongs to another context than \(Excerpt.quoting(asked.utf8)): leave contextId out.")
    }
    let state = TaskState(word: task.state)
    if let state, state.isTerminal { throw A2AError.ended(task.id, state) }
    try asker.requireSaying(to: task)
    message.contextID = context
    try await front.work.runs.send(message, to: task, by: asker)
    try await tell(request.configuration.pushConfig, of: task.id, after: task.lastOffset, call)
    return task
  }

  // MARK: Cancelling

  func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    try await answering {
      let task = try await find(request.id, .cancel)
      // Asking again for what has happened already is no mistake.
      if let state = TaskState(word: task.state), state.isTerminal, state != .canceled {
        throw A2AError.notCancelable(task.id, state)
      }
      if !task.isFinal {
        switch try await front.work.runs.cancel(task, by: asker) {
        case .stopped, .accepted, .ended(.canceled): break
        case .ended(let state): throw A2AError.notCancelable(task.id, state)
        case .refused(let words): throw A2AError(.taskNotCancelable, words)
        case .undelivered(let why): throw A2AError.unreachable(why)
        }
      }
      return try await image(of: find(request.id)).task.shown(historyLength: nil)
    }
  }
}

extension A2AError {
  fileprivate static func notCancelable(_ task: String, _ state: TaskState) -> A2AError {
    A2AError(.taskNotCancelable, "The task \(task) has ended as \(state.word), so it cannot be cancelled.")
  }

  fileprivate static func unreachable(_ why: String) -> A2AError {
    var error = A2AError(.other(502), why)
    error.reason = "AGENT_UNREACHABLE"
    return error
  }
}
