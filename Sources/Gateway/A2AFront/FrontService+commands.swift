import A2A
import A2AWire
import HTTP
import Identity
import Journal

// What is wanted of a task that is there, by the same control as on every other way.
extension FrontService {
  // MARK: Saying more

  /// - Parameter task: as it was read; the asker may watch it.
  func reply(
    _ request: SendMessageRequest, to task: StoredTask, _ call: CallContext
  ) async throws -> Control.Taken {
    let context = task.opening.context ?? task.id
    var message = request.message
    if let asked = message.contextID, asked != context {
      throw A2AError.invalid(
        "The task \(task.id) belongs to another context than \(Excerpt.quoting(asked.utf8)): leave contextId out.")
    }
    message.contextID = context
    let taken = try await say(message, to: task)
    // What came before has been told of already, where that was asked for.
    if !taken.receipt.isRepeated {
      try await tell(request.configuration.pushConfig, of: task.id, after: task.lastOffset, call)
    }
    return taken
  }

  /// A message that is sent again is the same command. Some clients give several messages of a task one id: then the content tells them
  /// apart.
  private func say(_ message: Message, to task: StoredTask) async throws -> Control.Taken {
    let command = RunCommand(id: Self.command(of: message), by: asker.principal.name, act: .say(message))
    do {
      return try await take(command, on: task)
    } catch let refusal as Refusal where refusal == .commandIDTaken {
      let other = RunCommand(id: "\(command.id).\(command.fingerprint)", by: command.by, act: command.act)
      return try await take(other, on: task)
    }
  }

  /// The name of the command that a message is.
  private static func command(of message: Message) -> String {
    let id = "a2a-\(message.id)"
    guard id.utf8.count > 100 || !CommandWords.isGoodID(id) else { return id }
    return "a2a-\(Base64URL.encode(Digest.sha256(Array(message.id.utf8))))"
  }

  private func take(_ command: RunCommand, on task: StoredTask) async throws -> Control.Taken {
    try await front.work.control.take(command, on: task.id, at: agent.name, by: asker, from: visit.source)
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
        let id = try CommandWords.id(nil, fields: visit.keys) ?? TaskID.make()
        let command = RunCommand(id: id, by: asker.principal.name, act: .cancel(why: nil))
        try await settle(try await take(command, on: task))
      }
      return try await image(of: find(request.id)).task.shown(historyLength: nil)
    }
  }

  /// Returns when the task has been stopped, by its agent or without it; throws what else came of it.
  private func settle(_ taken: Control.Taken) async throws {
    let verdict = try await front.work.control.verdict(of: taken, by: asker, within: nil, on: agent.loop)
    switch verdict?.word {
    case .refused: throw A2AError(.taskNotCancelable, verdict?.why ?? "The agent does not stop the task.")
    case .undelivered: throw A2AError.unreachable(verdict?.why ?? "The agent could not be asked.")
    case .tooLate:
      let now = try await find(taken.task.id)
      throw A2AError.notCancelable(now.id, TaskState(word: now.state) ?? .completed)
    case .stopped, .ignored, .taken, .paused, .resumed, nil: break
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
