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
    guard !cancelling.isUnderWay else { return }
    cancelling.isUnderWay = true
    actions.append(.cancel(task))
  }

  private static let cancelWithin: Int64 = 5000

  /// - Parameter shown: the answer to the cancel. Where the task had ended by itself, that is its end.
  mutating func endNow(_ shown: AgentTask?) {
    guard case .ending(let code, let sentence, _) = phase else { return }
    if let shown, shown.status.state.isTerminal, shown.status.state != .canceled { return bring(shown, gap: nil) }
    fail(code, sentence)
  }

  mutating func heardWhileEnding(_ input: RunInput) {
    guard case .event(let event) = input else { return }
    // That it was canceled is what we have asked for; the reason is what counts.
    guard event.state != .canceled else { return endNow(nil) }
    take(event)
  }

  /// The last event is written.
  mutating func hasCome(to state: TaskState) {
    settleCancel(endOutcome)
    for message in unsaid { notTaken(message.id, why: "The task ended before the agent could be told.") }
    unsaid = []
    actions.append(.tell(.ended(state, failure?.code, why: failure?.why)))
    phase = .ended(hangUpAt: now.steady + Self.lateWithin)
    if line == .none { finish() }
  }

  private static let lateWithin: Int64 = 5000
  private static let lateLimit = 100

  mutating func finish() {
    hangUp()
    phase = .over
    actions.append(.finish)
  }

  mutating func heardWhileEnded(_ input: RunInput) {
    switch input {
    case .event(let event): late(event)
    case .failed(let fault):
      if case .late(let event) = fault.kind { late(event) }
      finish()
    case .closed: finish()
    default: if line == .none { finish() }
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
