import A2A

// What people say while the task runs.
extension RunMachine {
  mutating func said(_ message: Message, by principal: String) {
    guard !hasEnded else { return }
    var message = message
    message.taskID = names.task
    message.contextID = names.context
    put(said: message, by: principal)
    memory.untold.append(message.id)
    remember()
    switch phase {
    case .following(nil): actions.append(.say(names.inside(message)))
    case .waiting: resume(with: message)
    case .idle, .preparing, .connecting, .leaving, .sending, .blocking, .following, .reaching, .ending, .ended, .over:
      unsaid.append(message)
    }
  }

  /// The agent has what was said beside the line.
  mutating func taken(_ messageID: String) {
    told(messageID)
    guard state.isInterrupted else { return }
    isAnswered = true
    if case .waiting = phase { wait() }
  }

  /// A message by the name that the agent was told it under.
  func messageID(inside id: String) -> String {
    memory.untold.first { names.inside(id: $0) == id } ?? id
  }

  /// The agent has it.
  mutating func told(_ messageID: String) {
    guard phase != .over, let index = memory.untold.firstIndex(of: messageID) else { return }
    memory.untold.remove(at: index)
    remember()
  }

  mutating func notTaken(_ messageID: String, why: String) {
    guard phase != .over else { return }
    put(RunRecords.messageRefused(messageID, why: why))
    told(messageID)
  }

  /// After a restart. They may have arrived, so they are not sent again.
  mutating func nameUntold() {
    for id in memory.untold {
      notTaken(
        id, why: "The gateway stopped before it knew whether the agent \(agent) has the message. It was not sent again."
      )
    }
  }

  mutating func cancelWanted(by principal: String) {
    guard !hasEnded else { return actions.append(.answerCancel(endOutcome)) }
    put(RunRecords.cancel(by: principal))
    cancelling.isAsked = true
    switch phase {
    case .idle, .preparing, .connecting, .leaving: stopBeforeStart(principal)
    case .blocking where names.agentTask == nil:
      settleCancel(.undelivered("The agent \(agent) does not tell of a task before it has answered."))
    default: cancelIfWanted()
    }
  }

  /// Nothing has left yet.
  private mutating func stopBeforeStart(_ principal: String) {
    hangUp()
    var report = ProgressReport(.cancelRequested)
    report.message = "Canceled by \(principal) before the agent \(agent) was asked."
    put(status: .canceled, report)
  }

  mutating func cancelIfWanted() {
    guard cancelling.isAsked, !cancelling.isUnderWay, let task = names.agentTask else { return }
    cancelling.isUnderWay = true
    actions.append(.cancel(task))
  }

  mutating func cancelAnswered(_ shown: AgentTask) {
    cancelling.isUnderWay = false
    guard !hasEnded else { return }
    if case .ending = phase { return endNow(shown) }
    guard shown.status.state.isTerminal else { return settleCancel(.accepted) }
    if line == .none {
      bring(shown, gap: nil)
    } else {
      // Its stream will tell, with all that came before.
      cancelling.shown = RunCancelling.Shown(task: shown, by: now.steady + Self.streamEndsWithin)
    }
  }

  private static let streamEndsWithin: Int64 = 2000

  mutating func cancelFailed(_ fault: RunFault) {
    cancelling.isUnderWay = false
    guard !hasEnded else { return }
    if case .ending = phase { return endNow(nil) }
    switch fault.kind {
    case .refused(.taskNotFound), .unreachable, .unwelcome, .lost, .slow, .breach, .late:
      settleCancel(.undelivered(fault.sentence))
    case .refused:
      put(RunRecords.cancelRefused(why: fault.sentence))
      settleCancel(.refused(fault.sentence))
    }
  }

  /// The agent's stream has not told of the end that the answer to the cancel shows.
  mutating func takeCancelAnswer() {
    guard !hasEnded, let shown = cancelling.shown, shown.by <= now.steady else { return }
    cancelling.shown = nil
    bring(shown.task, gap: "The agent \(agent) did not tell of the end of the task on its stream.")
  }

  mutating func settleCancel(_ outcome: CancelOutcome) {
    guard cancelling.isAsked else { return }
    cancelling.isAsked = false
    actions.append(.answerCancel(outcome))
  }

  var endOutcome: CancelOutcome { state == .canceled ? .stopped : .ended(state) }
}

/// A cancel on its way.
struct RunCancelling: Sendable, Equatable {
  /// Somebody waits for what comes of it.
  var isAsked = false
  /// The agent was asked and has not answered.
  var isUnderWay = false
  /// The end, as the answer showed it.
  var shown: Shown?

  struct Shown: Sendable, Equatable {
    let task: AgentTask
    /// When it counts without the stream, on the steady clock.
    let by: Int64
  }
}
