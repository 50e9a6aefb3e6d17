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
            try await reply(request, to: find(id), call).task.id
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
        let taken = try await reply(request, to: before, call)
        guard taken.receipt.isRepeated else {
          let telling = TaskTelling(
            .reply(to: request.message.id), from: known, endsWhenInterrupted: true, historyLength: length)
          return follow(id, after: before.lastOffset, telling, under: grant)
        }
        // Told once more as it was told then: from the record of the message on.
        let telling = TaskTelling(
          .record(taken.receipt.seq), from: Self.blank(id, context: before.opening.context ?? id),
          endsWhenInterrupted: true, historyLength: length)
        return follow(id, after: 0, telling, under: grant)
      }
      let grant = try open(asker.requireNewTask(at: agent.name))
      let begun = try await begin(request, call)
      let telling = TaskTelling(
        // Of an agent that streams, the first word comes soon, or the run fails; others say nothing before they have done it all.
        .answer(decides: agent.card?.capabilities.streaming == true),
        from: Self.blank(begun.task, context: begun.context), endsWhenInterrupted: true, historyLength: length)
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

  /// Before anything was said of it.
  private static func blank(_ task: String, context: String) -> TaskImage {
    TaskImage(task: AgentTask(id: task, contextID: context, status: TaskStatus(.submitted)))
  }
}
