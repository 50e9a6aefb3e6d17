import A2A

// The end of a task: one, and nothing of it is taken back.
extension RunMachine {
  /// By the gateway, at once.
  mutating func fail(_ code: RunFailure, _ sentence: String) {
    guard !hasEnded else { return }
    hangUp()
    failure = (code, sentence)
    put(failure: code, sentence)
  }

  /// By the gateway, once the agent was told to stop.
  mutating func end(_ code: RunFailure, _ sentence: String) {
    guard let task = names.agentTask else { return fail(code, sentence) }
    phase = .ending(code, sentence, by: now.steady + Self.cancelWithin)
    if !cancelling.isUnderWay { askToStop(task) }
  }

  private static let cancelWithin: Int64 = 5000

  /// - Parameter shown: the answer to the cancel. Where the task had ended by itself, or somebody had wanted it to, that is its end.
  mutating func endNow(_ shown: AgentTask?) {
    guard case .ending(let code, let sentence, _) = phase else { return }
    if let shown, shown.status.state.isTerminal, isEndOfItsOwn(shown.status.state) { return bring(shown, gap: nil) }
    fail(code, sentence)
  }

  mutating func heardWhileEnding(_ input: RunInput) {
    guard case .event(let event) = input else { return }
    // That it was canceled is what we have asked for; the reason is what counts.
    if let state = event.state, !isEndOfItsOwn(state) { return endNow(nil) }
    take(event)
  }

  /// Somebody who wanted it to stop before the gateway did is told that it has.
  private func isEndOfItsOwn(_ state: TaskState) -> Bool { state != .canceled || cancelling.deadline != nil }

  /// The last event is written.
  mutating func hasCome(to state: TaskState) {
    questionsEnd()
    settleAtEnd()
    actions.append(.tell(.ended(state, failure?.code, why: failure?.why)))
    phase = .ended(hangUpAt: now.steady + (cancelling.ignored == nil ? Self.lateWithin : Self.lateOfTheDeaf))
    lookForAbandoned()
    finishIfDone()
  }

  private static let lateWithin: Int64 = 5000
  /// Of an agent that does not heed a cancel, more is to be expected.
  private static let lateOfTheDeaf: Int64 = 30_000
  private static let lateLimit = 100

  /// Nothing more is to be heard: neither of the task, nor of what the agent was told before it ended.
  mutating func finishIfDone() {
    guard case .ended = phase, line == .none, commands.inFlight.isEmpty, abandonment == .no else { return }
    finish()
  }

  mutating func finish() {
    hangUp()
    settleUnheard()
    phase = .over
    actions.append(.finish)
  }

  /// The task had ended before this began.
  mutating func settleAndFinish() {
    settleAtEnd()
    finish()
  }

  /// What the agent was told before the end has its verdict now, because nobody will be there to hear of it.
  mutating func leave() {
    if case .ended = phase { finish() }
  }

  mutating func heardWhileEnded(_ input: RunInput) {
    heardOfAbandoned(input)
    switch input {
    case .event(let event): late(event)
    case .failed(let fault):
      if case .late(let event) = fault.kind { late(event) }
      finishIfDone()
    default: finishIfDone()
    }
  }

  /// Agents may show the finished task once more, which is nothing new.
  private mutating func late(_ event: TaskEvent) {
    if case .task(let shown) = event,
      SnapshotDifference(from: image.task, to: names.outside(shown)).isEmpty
    {
      return
    }
    lateCount += 1
    guard lateCount <= Self.lateLimit else { return finish() }
    put(late: names.outside(event))
    actions.append(.tell(.late))
  }
}
