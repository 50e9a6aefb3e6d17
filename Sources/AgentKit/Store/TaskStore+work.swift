import A2A
import A2AWire
import HTTP
import Telemetry

extension TaskStore {
  /// Lets the agent work, on another thread than the store's.
  func start(_ entry: TaskEntry, _ message: Message, _ call: CallContext) {
    let context = TaskContext(
      store: self, taskID: entry.record.id, contextID: entry.record.contextID, message: message, caller: call.caller)
    if let limit = profile.timeLimit {
      entry.budget = TimeBudget(limit)
      runBudget(entry)
    }
    entry.costs = CostBudget(limit: profile.costLimit)
    let agent = agent
    entry.work = Task.detached { await Self.work(agent, context, self) }
  }

  /// One turn after the other: the first message, and then those that came meanwhile and that the agent has not taken.
  private static func work(_ agent: any Agent, _ first: TaskContext, _ store: TaskStore) async {
    var context = first
    while true {
      do {
        try await store.awaitTurn(context.taskID)
        let last = try await agent.run(context)
        guard let next = await store.turnEnded(context.taskID, last) else { return await context.leaveParts() }
        context.message = next
      } catch {
        await context.leaveParts()
        await store.workFailed(context.taskID, error)
        return
      }
    }
  }

  /// The next message to work on, or nil when the task has ended.
  private func turnEnded(_ id: String, _ last: AgentMessage?) -> Message? {
    guard let entry = tasks[id] else { return nil }
    if case .reply = entry.decision {
      tasks[id] = nil
      return nil
    }
    guard !entry.record.isEnded else {
      noteLate(entry, "the end of the work")
      return nil
    }
    // Within the grace, whatever ends has been cancelled; what ends later has not let itself be.
    if case .asked = entry.cancelling {
      endCanceled(entry)
      return nil
    }
    if let last, last.parts.byteCount > limits.messageBytes {
      change(
        entry, to: .failed,
        saying:
          "The agent's last message has about \(last.parts.byteCount) bytes; at most \(limits.messageBytes) are kept.",
        isSaid: true)
      return nil
    }
    guard entry.waitingMessages.isEmpty else {
      change(entry, to: .working, saying: last, isSaid: last != nil)
      return entry.waitingMessages.removeFirst()
    }
    change(entry, to: .completed, saying: last, isSaid: last != nil)
    return nil
  }

  private func workFailed(_ id: String, _ error: any Error) {
    guard let entry = tasks[id] else { return }
    if case .reply = entry.decision {
      tasks[id] = nil
      log.warning("work failed behind its answer", ["task": .string(id), "error": .string("\(error)")])
      return
    }
    guard !entry.record.isEnded else {
      if !(error is CancellationError) { noteLate(entry, "\(error)") }
      return
    }
    switch (entry.cancelling, error) {
    case (.asked, _), (.ignored, is CancellationError): endCanceled(entry)
    case (_, let rejection as AgentRejection):
      change(entry, to: .rejected, saying: AgentMessage(bounded(rejection.message)), isSaid: true)
    case (_, let failure as AgentFailure):
      change(entry, to: .failed, saying: AgentMessage(bounded(failure.message)), isSaid: true)
    default:
      // What it says is for those who run the agent: it may name files, hosts, or worse.
      log.error("agent failed", ["task": .string(id), "error": .string("\(error)")])
      change(
        entry, to: .failed, saying: "The agent failed for a reason of its own; its log has it under task \(id).",
        isSaid: true)
    }
  }

  private func bounded(_ text: String) -> String { Summary.bounded(text, to: 4_000) }

  private func endCanceled(_ entry: TaskEntry) {
    let left = entry.leftRunning.map { Excerpt.quoting($0.utf8) }.joined(separator: ", ")
    change(
      entry, to: .canceled,
      saying: left.isEmpty
        ? "The task was cancelled."
        : "The task was cancelled. What another agent does for it could not be stopped, and may go on: \(left).",
      isSaid: true)
  }

  func noteLeft(_ id: String, _ other: String) {
    tasks[id]?.leftRunning.append(other)
    log.warning("task of another agent not stopped", ["task": .string(id), "other": .string(other)])
  }

  func noteLate(_ entry: TaskEntry, _ what: String) {
    // Once is enough to know; a loop that never looks would fill the log.
    guard !entry.hasLateEvents else { return }
    entry.hasLateEvents = true
    log.warning(
      "late event dropped, the task has ended", ["task": .string(entry.record.id), "event": .string(what)])
  }
}
