package import A2A
package import A2AWire

extension TaskContext {
  /// Has another agent do a part of the work, and returns what came of it: a message, or its task as it ended or as it
  /// waits for an answer, which is sent as another message with the task's id.
  ///
  /// A call begins as a tool does: not while this task is paused. The other agent is asked to pause when this task is, and to go on with it.
  /// When this work is cancelled, or fails, the other agent's task is cancelled first, also one that waits for an answer; its
  /// end is waited for, within the time that this work has to end in. What goes wrong on the way is an ``AgentFailure`` of
  /// the reason `call`, with what and where in its sentence.
  /// - Parameter each: is told of every event, to show what matters of it.
  package func call(
    _ agent: AgentClient, _ message: Message, each: (TaskEvent) async throws -> Void = { _ in }
  ) async throws -> SendResult {
    try Task.checkCancellation()
    let line = PeerLine()
    let part = try await store.beginPart(taskID, isNew: message.taskID == nil) { request in
      await pass(on: request, to: agent, line, message.taskID)
    }
    do {
      let result = try await call(agent, message, line, each)
      await store.endPart(taskID, part)
      return result
    } catch {
      await store.endPart(taskID, part)
      throw error
    }
  }

  private func call(
    _ agent: AgentClient, _ message: Message, _ line: PeerLine, _ each: (TaskEvent) async throws -> Void
  ) async throws -> SendResult {
    if let id = message.taskID { parts.remove(id) }
    // A task of its own: cancelling this one must not close the connection before it is known which task to cancel.
    let reading = Task { await Self.read(agent, message, into: line) }
    do {
      while let event = try await line.next() { try await each(event) }
    } catch {
      // Whatever ends the interest in it here, the other agent is not to work for nobody.
      await leave(line, message.taskID, reading, agent)
      try Task.checkCancellation()
      guard let error = error as? AgentCallError else { throw error }
      throw AgentFailure(error.description, reason: .call)
    }
    guard let result = line.result else {
      throw AgentFailure("The other agent ended its answer before it had begun.", reason: .call)
    }
    if let id = line.runningID { parts.add(id, at: agent) }
    return result
  }

  private static func read(_ agent: AgentClient, _ message: Message, into line: PeerLine) async {
    do throws(AgentCallError) {
      let events = try await agent.stream(SendMessageRequest(message: message))
      do throws(AgentCallError) {
        while let event = try await events.next() { await line.put(event) }
      } catch {
        await events.close()
        throw error
      }
      line.end()
    } catch {
      line.end(error)
    }
  }

  /// Returns when the other agent has heard it, or had its time. One that cannot be paused goes on.
  private func pass(on request: PauseRequest, to agent: AgentClient, _ line: PeerLine, _ knownID: String?) async {
    await within(childGrace) {
      if knownID == nil { await line.untilKnown() }
      guard let id = knownID ?? line.runningID else { return }
      var message = Message(id: store.world.newID(), role: .user, text: request.text, taskID: id)
      message.metadata = request.metadata()
      message.extensions = [PauseRequest.extensionURI]
      _ = try? await agent.send(SendMessageRequest(message: message))
    }
  }

  private func leave(
    _ line: PeerLine, _ knownID: String?, _ reading: Task<Void, Never>, _ agent: AgentClient
  ) async {
    line.abandon()
    await within(childGrace) {
      await line.untilKnown()
      guard let id = line.runningID ?? (line.result == nil ? knownID : nil) else { return }
      guard let task = try? await agent.cancel(CancelTaskRequest(id: id)) else { return }
      if task.status.state.isTerminal { return line.took(.task(task)) }
      await line.untilOver()
    } onTimeout: {
      reading.cancel()
    }
    reading.cancel()
    await reading.value
    if let id = line.runningID { await store.noteLeft(taskID, id) }
  }

  /// Cancels what waits for an answer that nobody will give.
  func leaveParts() async {
    await withTaskGroup { group in
      for part in parts.takeAll() {
        group.addTask {
          let line = PeerLine()
          await within(childGrace) {
            let task = try? await part.agent.cancel(CancelTaskRequest(id: part.id))
            if let task { line.took(.task(task)) }
          }
          if !line.isOver { await store.noteLeft(taskID, part.id) }
        }
      }
    }
  }

  /// Shorter than our own, so that ours is kept.
  private var childGrace: Duration { store.limits.cancelGrace * 4 / 5 }

  /// In a task of its own, because the one that calls is being cancelled, and for a bounded time.
  private func within(
    _ time: Duration, _ body: @escaping @Sendable () async -> Void, onTimeout: @escaping @Sendable () -> Void = {}
  ) async {
    let attempt = Task { await body() }
    let limit = Task { [world = store.world] in
      try await world.sleep(time)
      attempt.cancel()
      onTimeout()
    }
    await attempt.value
    limit.cancel()
  }
}

/// Another agent's task, put together from what it tells.
struct FollowedTask {
  private(set) var result: SendResult?

  /// The task, unless it has ended.
  var runningID: String? {
    guard case .task(let task)? = result, !task.status.state.isTerminal else { return nil }
    return task.id
  }

  /// There is nothing more to come of it.
  var isOver: Bool {
    switch result {
    case .task(let task): task.status.state.isTerminal
    case .message: true
    case nil: false
    }
  }

  mutating func take(_ event: TaskEvent) {
    // Terminal is final: what was on its way when the other agent said that it has ended changes nothing.
    guard !isOver else { return }
    switch event {
    case .message(let message): result = .message(message)
    case .task(let task): result = .task(task)
    case .status(let update):
      var task = task(update.taskID, update.contextID)
      task.take(event)
      result = .task(task)
    case .artifact(let update):
      var task = task(update.taskID, update.contextID)
      task.take(event)
      result = .task(task)
    }
  }

  /// Streams that go on with a task may begin without it.
  private func task(_ id: String, _ contextID: String) -> AgentTask {
    if case .task(let task)? = result { return task }
    return AgentTask(id: id, contextID: contextID, status: TaskStatus(.working))
  }
}
