import A2A

// A task that was given up before its agent had told of it: it may be worked on there for nobody, so it is looked for and stopped.
extension RunMachine {
  mutating func giveUpUnheard(_ sentence: String) {
    // Of A2A 0.3 it cannot be found.
    if manner.isCurrent { abandonment = .searching(isLast: false) }
    fail(.timeout, sentence)
  }

  /// The end is written.
  mutating func lookForAbandoned() {
    guard case .searching = abandonment else { return }
    call(.search(context: memory.agentContext))
  }

  mutating func heardOfAbandoned(_ input: RunInput) {
    switch (abandonment, input) {
    case (.searching, .found(let task?)):
      guard !task.status.state.isTerminal else { return abandonment = .no }
      abandonment = .stopping
      cancelling.reset()
      actions.append(.cancel(task.id, round: cancelling.round))
    // A message that is still on its way to the agent's work may not show yet.
    case (.searching(isLast: true), .found(nil)), (.searching, .failed): abandonment = .no
    default: break
    }
  }

  mutating func abandonedAnswered(_ outcome: String) {
    guard abandonment == .stopping else { return }
    abandonment = .no
    put(RunRecords.abandoned(by: agent, outcome: outcome))
    finishIfDone()
  }

  /// The time for late events is over. False when there is something left to try.
  mutating func searchesOnceMore() -> Bool {
    guard abandonment == .searching(isLast: false), line == .none else { return false }
    abandonment = .searching(isLast: true)
    phase = .ended(hangUpAt: now.steady + Self.abandonedWithin)
    lookForAbandoned()
    return true
  }

  private static let abandonedWithin: Int64 = 5000

  enum Abandonment: Sendable, Equatable {
    case no
    case searching(isLast: Bool)
    /// It was found, and asked to stop.
    case stopping
  }
}
