import A2A

// To an agent that has to be found again.
extension RunMachine {
  /// The stream is lost; the task may go on.
  mutating func lose(_ why: String) {
    hangUp()
    writeLoss(why)
    var reach = RunReach(.looking, .loss, why: why, by: now.steady + deadlines.lost.inMilliseconds)
    reach.step = pause(reach.backoff.next(random), then: attachStep)
    phase = .reaching(reach)
  }

  mutating func writeLoss(_ why: String) {
    put(RunRecords.agentLost(why))
    actions.append(.tell(.lost(why: why)))
  }

  func pause(_ milliseconds: Int64, then next: RunReach.Next) -> RunReach.Step {
    .pausing(until: now.steady + milliseconds, then: next)
  }

  /// A subscription of 1.0 begins with a snapshot. Where none is promised, it is asked for before.
  private var attachStep: RunReach.Next { manner.isCurrent && manner.streams && canSubscribe ? .subscribe : .look }

  mutating func attach(_ cause: RunReach.Cause, why: String, by: Int64?) {
    go(attachStep, RunReach(.looking, cause, why: why, by: by))
  }

  mutating func look(_ cause: RunReach.Cause, why: String, by: Int64?) {
    go(.look, RunReach(.looking, cause, why: why, by: by))
  }

  mutating func go(_ next: RunReach.Next, _ reach: RunReach) {
    var reach = reach
    hangUp()
    switch (next, names.agentTask) {
    case (.prepare, _):
      reach.step = .preparing
      call(.prepare)
    case (.subscribe, let task?):
      reach.step = .subscribing
      call(.subscribe(task))
    case (.look, let task?):
      reach.step = .looking
      call(.look(task))
    case (.search, _), (.subscribe, nil), (.look, nil):
      reach.step = .searching
      call(.search(context: memory.agentContext))
    }
    phase = .reaching(reach)
  }

  mutating func heardWhileReaching(_ input: RunInput, _ reach: RunReach) {
    switch (reach.step, input) {
    case (.preparing, .ready(let manner)): prepared(manner, reach)
    case (.subscribing, .event(let event)): subscribed(event, reach)
    case (.subscribing, .closed):
      retry(.subscribe, reach, trouble: "It closed the subscription before its first event.")
    case (.looking, .shown(let shown)): looked(at: shown, reach)
    case (.searching, .found(let shown?)): found(shown, reach)
    case (.searching, .found(nil)): foundNothing(reach)
    case (.preparing, .failed(let fault)): troubled(by: fault, .prepare, reach)
    case (.subscribing, .failed(let fault)): notSubscribed(fault, reach)
    case (.looking, .failed(let fault)): notShown(fault, reach)
    case (.searching, .failed(let fault)):
      if case .refused = fault.kind { return giveUp(reach, fault.sentence) }
      troubled(by: fault, .search, reach)
    default: break
    }
  }

  private mutating func prepared(_ manner: AgentManner, _ reach: RunReach) {
    self.manner = manner
    mannerIsKnown = true
    refuseToPause()
    guard names.agentTask == nil else { return go(attachStep, reach) }
    guard manner.isCurrent else {
      return giveUp(reach, "Whether the agent has the task is not known: A2A 0.3 cannot be asked for it.")
    }
    go(.search, reach)
  }

  // MARK: Subscribing

  private mutating func subscribed(_ event: TaskEvent, _ reach: RunReach) {
    writeFound(reach)
    phase = .following(nil)
    if case .task(let shown) = event {
      bring(shown, gap: reach.why)
    } else {
      take(event)
    }
    guard !hasEnded else { return }
    cancelIfWanted()
    sayWhatWaits()
  }

  /// Tasks that have ended take no subscription, and there are agents that take none at all.
  private mutating func notSubscribed(_ fault: RunFault, _ reach: RunReach) {
    guard case .refused(let code) = fault.kind else { return troubled(by: fault, .subscribe, reach) }
    var reach = reach
    reach.refusals += 1
    reach.trouble = fault.sentence
    if code == .methodNotFound || code == .unsupportedOperation { canSubscribe = false }
    go(.look, reach)
  }

  // MARK: Looking

  private mutating func looked(at shown: AgentTask, _ reach: RunReach) {
    writeFound(reach)
    phase = .following(nil)
    bring(shown, gap: manner.streams ? reach.why : nil)
    guard !hasEnded else { return }
    cancelIfWanted()
    var reach = reach
    reach.cause = .quiet
    if manner.streams, canSubscribe {
      // Where it said no to a subscription, it may be that it waits, which is no trouble, or that it does not know better.
      if reach.refusals > 0, state.isInterrupted { return wait() }
      if reach.refusals >= Self.refusalLimit { return giveUp(reach, reach.trouble ?? "") }
      if reach.refusals == 0 { return go(.subscribe, reach) }
      reach.step = pause(reach.backoff.next(random), then: .subscribe)
    } else {
      if state.isInterrupted { return wait() }
      reach.by = nil
      reach.step = pause(Self.lookInterval, then: .look)
    }
    phase = .reaching(reach)
    sayWhatWaits()
  }

  private static let refusalLimit = 5

  private mutating func notShown(_ fault: RunFault, _ reach: RunReach) {
    if fault.kind == .refused(.taskNotFound) {
      return fail(.agentLost, "The agent \(agent) does not know the task any more. \(reach.why) \(fault.sentence)")
    }
    troubled(by: fault, .look, reach)
  }

  // MARK: Searching

  private mutating func found(_ shown: AgentTask, _ reach: RunReach) {
    learn(from: .task(shown))
    cancelIfWanted()
    go(attachStep, reach)
  }

  /// A message that is still on its way to the agent's work may not show yet.
  private mutating func foundNothing(_ reach: RunReach) {
    var reach = reach
    reach.refusals += 1
    guard reach.refusals >= Self.searches else {
      reach.step = pause(reach.backoff.next(random), then: .search)
      phase = .reaching(reach)
      return
    }
    giveUp(reach, "The agent has no task in its context, so it is not known to work on it; it was not sent again.")
  }

  private static let searches = 3

  // MARK: Trouble

  private mutating func troubled(by fault: RunFault, _ next: RunReach.Next, _ reach: RunReach) {
    switch fault.kind {
    case .unreachable, .unwelcome, .lost, .slow, .refused: retry(next, reach, trouble: fault.sentence)
    case .breach, .late: end(.agentProtocol, fault.sentence)
    }
  }

  private mutating func retry(_ next: RunReach.Next, _ reach: RunReach, trouble: String) {
    var reach = reach
    hangUp()
    if reach.by == nil {
      reach.by = now.steady + deadlines.lost.inMilliseconds
      reach.why = trouble
      if reach.cause == .quiet {
        reach.cause = .loss
        writeLoss(trouble)
      }
    }
    reach.trouble = trouble
    reach.step = pause(reach.backoff.next(random), then: next)
    phase = .reaching(reach)
  }

  mutating func giveUp(_ reach: RunReach, _ last: String?) {
    hangUp()
    let end = last.map { " \($0)" } ?? ""
    fail(names.agentTask == nil ? .handOverLost : .agentLost, reach.why + end)
  }

  private mutating func writeFound(_ reach: RunReach) {
    guard reach.cause == .loss else { return }
    put(RunRecords.agentFound)
    actions.append(.tell(.found))
  }
}
