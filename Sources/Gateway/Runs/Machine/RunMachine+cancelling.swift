import A2A

// From "stop" to what came of it.
extension RunMachine {
  mutating func takeCancel(_ command: RunCommand, _ why: String?, _ ticket: Int) {
    put(RunRecords.command(command, why: why))
    accept(command, ticket)
    switch phase {
    case .idle, .preparing, .connecting, .leaving: stopBeforeStart(command.by)
    case .blocking where names.agentTask == nil:
      settle(
        command.key, .undelivered, "The agent \(agent) does not tell of a task before it has answered.")
    // It was asked to stop already, and the reason stands.
    case .ending: if cancelling.hasLeft { deliver(command.key) }
    case .sending, .blocking, .following, .reaching, .waiting, .ended, .over:
      if cancelling.deadline == nil { cancelling.deadline = now.steady + deadlines.cancel.inMilliseconds }
      cancelIfWanted()
    }
  }

  /// Nothing has left yet.
  private mutating func stopBeforeStart(_ principal: String) {
    hangUp()
    var report = ProgressReport(.cancelRequested)
    report.message = "Canceled by \(principal) before the agent \(agent) was asked."
    put(status: .canceled, report)
  }

  /// Whoever else wants the same later joins those for whom the agent was asked.
  mutating func cancelIfWanted() {
    guard !commands.cancels.isEmpty, let task = names.agentTask, !hasEnded, !isEnding else { return }
    if cancelling.hasLeft { deliverCancels() }
    if !cancelling.isAsked { askToStop(task) }
  }

  mutating func askToStop(_ task: String) {
    cancelling.isUnderWay = true
    cancelling.againAt = nil
    actions.append(.cancel(task, round: cancelling.round))
  }

  private mutating func deliverCancels() {
    for cancel in commands.cancels { deliver(cancel.command.key) }
  }

  // MARK: What the agent says

  /// The connection for it stands.
  mutating func cancelLeft(_ round: Int) {
    guard round == cancelling.round, !hasEnded else { return }
    cancelling.hasLeft = true
    deliverCancels()
  }

  mutating func cancelAnswered(_ shown: AgentTask, _ round: Int) {
    guard !hasEnded else { return abandonedAnswered("stopped, or about to stop") }
    let isCurrent = round == cancelling.round
    if isCurrent {
      cancelLeft(round)
      cancelling.isUnderWay = false
      cancelling.againAt = nil
      cancelling.trouble = nil
      if isEnding { return endNow(shown) }
    }
    if shown.status.state.isTerminal {
      hasStopped(shown)
    } else if isCurrent {
      // It may need a while yet.
      cancelling.hasAgreed = true
      if case .waiting = phase { lookNow() }
    }
  }

  private mutating func hasStopped(_ shown: AgentTask) {
    guard line != .none else { return bring(shown, gap: nil) }
    // Its stream will tell, with all that came before.
    if cancelling.shown == nil {
      cancelling.shown = RunCancelling.Shown(task: shown, by: now.steady + Self.streamEndsWithin)
    }
  }

  private static let streamEndsWithin: Int64 = 2000

  mutating func cancelFailed(_ fault: RunFault, _ round: Int) {
    guard !hasEnded else { return abandonedAnswered(fault.sentence) }
    guard round == cancelling.round else { return }
    cancelling.isUnderWay = false
    if isEnding { return endNow(nil) }
    switch fault.kind {
    case .refused(let code):
      // Often because the task has just ended, of which the agent is about to tell. Who has said yes before is held to that.
      if !cancelling.hasAgreed {
        cancelling.refusal = RunCancelling.No(
          word: code == .taskNotFound ? .undelivered : .refused, why: fault.sentence, by: now.steady + Self.endMayFollow
        )
      }
      lookNow()
    case .unreachable, .unwelcome:
      cancelling.hasLeft = cancelling.hasAgreed
      notAsked(fault)
    case .lost, .slow, .breach, .late: notAsked(fault)
    }
  }

  private static let endMayFollow: Int64 = 500

  private mutating func notAsked(_ fault: RunFault) {
    cancelling.trouble = fault.sentence
    if !cancelling.hasAgreed { cancelling.againAt = now.steady + cancelling.backoff.next(random) }
  }

  /// It may have ended where nobody was told.
  private mutating func lookNow() {
    switch phase {
    case .waiting: attach(.quiet, why: "The agent \(agent) \(Self.closedWhileWaiting)", by: nil)
    case .reaching(let reach): if case .pausing(_, let next) = reach.step { go(next, reach) }
    case .idle, .preparing, .connecting, .leaving, .sending, .blocking, .following, .ending, .ended, .over: break
    }
  }

  // MARK: Time

  mutating func cancellingTime() {
    guard !hasEnded, !isEnding else { return }
    if let shown = cancelling.shown {
      if shown.by <= now.steady { takeAnswer(shown.task) }
    } else if let refusal = cancelling.refusal {
      if refusal.by <= now.steady { settleCancels(refusal.word, refusal.why) }
    } else if let deadline = cancelling.deadline, deadline <= now.steady {
      cancelIsDue()
    } else if let again = cancelling.againAt, again <= now.steady {
      cancelling.againAt = nil
      cancelIfWanted()
    }
  }

  /// The agent's stream has not told of the end that the answer to the cancel shows.
  private mutating func takeAnswer(_ shown: AgentTask) {
    cancelling.shown = nil
    bring(shown, gap: "The agent \(agent) did not tell of the end of the task on its stream.")
  }

  /// It should have stopped by now. It is asked once more, and then not waited for any longer.
  private mutating func cancelIsDue() {
    let within = Self.text(deadlines.cancel)
    guard let task = names.agentTask, cancelling.hasLeft else {
      let why = cancelling.trouble ?? (names.agentTask == nil ? "It has not told of the task yet." : "")
      return settleCancels(
        .undelivered, Self.text("The agent \(agent) could not be asked to stop within \(within).", why))
    }
    guard cancelling.isSecond else {
      cancelling.isSecond = true
      cancelling.deadline = now.steady + Self.secondChance
      lookNow()
      return askToStop(task)
    }
    let why = Self.text(
      "The agent \(agent) was asked to stop, and again after \(within), and has not shown that it did.",
      cancelling.trouble ?? "")
    cancelling.ignored = why
    var report = ProgressReport(.cancelRequested)
    report.message = "\(why) The gateway has ended the task; what the agent still does is not waited for."
    put(status: .canceled, report)
  }

  private static let secondChance: Int64 = 3000

  private static func text(_ sentence: String, _ next: String) -> String {
    next.isEmpty ? sentence : "\(sentence) \(next)"
  }

  // MARK: Verdicts

  /// Whoever wants it again has the agent asked anew.
  private mutating func settleCancels(_ word: Verdict.Word, _ why: String) {
    for cancel in commands.cancels { settle(cancel.command.key, word, why) }
    cancelling.reset()
  }

  /// What the end of the task says of a cancel.
  func endVerdict() -> (Verdict.Word, String?) {
    if let why = cancelling.ignored { return (.ignored, why) }
    if state == .canceled { return (.stopped, nil) }
    guard let failure else { return (.tooLate, "The task had ended as \(state.word).") }
    if isEnding || cancelling.hasLeft { return (.tooLate, "The gateway has ended the task. \(failure.why)") }
    return (.undelivered, failure.why)
  }

  var isEnding: Bool { if case .ending = phase { true } else { false } }
}
