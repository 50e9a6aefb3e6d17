// Deadlines. Each belongs to a phase, but for the whole task's.
extension RunMachine {
  /// When the next `time` is due, on the steady clock; nil when there is nothing to wait for.
  var wakeAt: Int64? {
    guard phase != .over else { return nil }
    if hasEnded || isEnding { return [ofPhase, holding?.by].compactMap { $0 }.min() }
    return [ofPhase, budget.end, cancelling.wakeAt, questions.wakeAt].compactMap { $0 }.min()
  }

  private var ofPhase: Int64? {
    switch phase {
    case .idle, .preparing, .connecting, .leaving, .blocking, .over: nil
    case .sending(let by), .waiting(let by), .ending(_, _, let by), .ended(let by): by
    case .following(let expectation): expectation?.by
    case .reaching(let reach):
      if case .pausing(let until, _) = reach.step { min(until, reach.by ?? until) } else { reach.by }
    }
  }

  mutating func timeIsUp() {
    cancellingTime()
    questionsTime()
    holdingTime()
    if !hasEnded, let end = budget.end, end <= now.steady, !isEnding {
      return self.end(.timeout, "The agent \(agent) did not finish the task within \(Self.text(deadlines.whole)).")
    }
    guard let due = ofPhase, due <= now.steady else { return }
    switch phase {
    case .idle, .preparing, .connecting, .leaving, .blocking, .over: break
    case .sending:
      giveUpUnheard("The agent \(agent) sent nothing within \(Self.text(deadlines.firstEvent)).")
    case .following(let expectation):
      let why = "The agent \(agent) sent nothing within \(Self.text(deadlines.firstEvent)) of a message."
      lineMessage = nil
      if let expectation { notTaken(expectation.messageID, nil, why: why + Self.mayHaveArrived) }
      lose(why)
    case .reaching(let reach): reachIsDue(reach)
    case .waiting: attach(.quiet, why: "The agent \(agent) \(Self.closedWhileWaiting)", by: nil)
    case .ending: endNow(nil)
    case .ended: if !searchesOnceMore() { finish() }
    }
  }

  private mutating func reachIsDue(_ reach: RunReach) {
    if let by = reach.by, by <= now.steady {
      return giveUp(reach, "It was not found again within \(Self.text(deadlines.lost)). \(reach.trouble ?? "")")
    }
    if case .pausing(_, let next) = reach.step { go(next, reach) }
  }

  static func text(_ duration: Duration) -> String {
    let milliseconds = duration.inMilliseconds
    return milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
