import A2A

// From a place to the agent's first word.
extension RunMachine {
  mutating func heardWhilePreparing(_ input: RunInput) {
    switch input {
    case .ready(let manner):
      self.manner = manner
      mannerIsKnown = true
      handOver()
    case .failed(let fault):
      fail(fault.failure(whileWorking: false), fault.sentence)
    default: break
    }
  }

  /// As long as the connection is being made, a crash has done no harm: the memory says that the agent was not asked, which is so.
  private mutating func handOver() {
    guard let first else { return }
    phase = .connecting
    call(.send(names.inside(first)))
  }

  mutating func heardWhileConnecting(_ input: RunInput) {
    switch input {
    case .connected: prepareToLeave()
    case .leaves where phase == .leaving:
      budget.goOn(at: now.steady)
      phase = manner.streams ? .sending(firstEventBy: firstEventBy(connecting: false)) : .blocking(followUp: nil)
    case .failed(let fault): fail(fault.failure(whileWorking: false), fault.sentence)
    default: break
    }
  }

  /// Whoever reads the memory after a crash has to know that the agent may have been asked, so it is stored before the message leaves. It
  /// stays so where that connection turns out to be over and another one is made: once more would be a commit for a moment's sake.
  private mutating func prepareToLeave() {
    phase = .leaving
    guard memory.phase == .waiting else { return }
    memory.phase = .handingOver
    memory.begun = now.wall
    remember()
  }

  func firstEventBy(connecting: Bool) -> Int64 {
    now.steady + deadlines.firstEvent.inMilliseconds + (connecting ? deadlines.connect.inMilliseconds : 0)
  }

  mutating func heardWhileSending(_ input: RunInput) {
    switch input {
    case .connected: prepareToLeave()
    case .event(.message(let message)): answer(with: message)
    case .event(let event): accepted(event)
    case .closed: search("The agent \(agent) ended its answer before it had begun.")
    case .failed(let fault): notSent(fault)
    default: break
    }
  }

  mutating func heardWhileBlocking(_ input: RunInput, _ followUp: String?) {
    switch input {
    case .connected where followUp == nil: prepareToLeave()
    case .answered(.message(let message)): answer(with: message)
    case .answered(.task(let shown)):
      if names.agentTask == nil {
        accepted(.task(shown))
      } else {
        bring(shown, gap: nil)
      }
      goOnAfterAnswer()
    case .failed(let fault):
      if followUp != nil {
        notAnswered(fault)
      } else {
        notSent(fault)
      }
    default: break
    }
  }

  /// An agent that does not stream has answered: it is done, or waits for somebody, or will have to be asked.
  private mutating func goOnAfterAnswer() {
    guard !hasEnded else { return }
    if state.isInterrupted { return wait() }
    phase = .reaching(
      RunReach(pause(Self.lookInterval, then: .look), .quiet, why: "The agent \(agent) does not stream.", by: nil))
  }

  private mutating func notSent(_ fault: RunFault) {
    switch fault.kind {
    case .lost: search(fault.sentence)
    case .slow: giveUpUnheard(fault.sentence)
    case .unreachable, .unwelcome, .refused, .breach, .late:
      fail(fault.failure(whileWorking: false), fault.sentence)
    }
  }

  /// The agent has told of the task.
  private mutating func accepted(_ event: TaskEvent) {
    learn(from: event)
    if case .task = event { put(event) } else { take(event) }
    guard !hasEnded else { return }
    phase = .following(nil)
    cancelIfWanted()
    sayWhatWaits()
  }

  /// From here on it is known who the task is at the agent.
  mutating func learn(from event: TaskEvent) {
    let (task, context): (String?, String?) =
      switch event {
      case .task(let shown): (shown.id, shown.contextID)
      case .status(let update): (update.taskID, update.contextID)
      case .artifact(let update): (update.taskID, update.contextID)
      case .message: (nil, nil)
      }
    guard let task, names.agentTask == nil else { return }
    names.agentTask = task
    if let context, !context.isEmpty { names.agentContext = context }
    memory.phase = .handedOver
    memory.agentTask = task
    memory.agentContext = names.agentContext
    outline.wasHandedOver()
    put(RunRecords.handedOver(to: agent))
    remember()
    actions.append(.tell(.handedOver(afterMilliseconds: now.steady - begun)))
  }

  /// The message may have arrived, so it is not sent again: the agent is asked whether it has a task in the context that only we know.
  private mutating func search(_ why: String) {
    hangUp()
    guard manner.isCurrent else {
      return fail(
        .handOverLost, "\(why) Whether the agent has the task is not known: A2A 0.3 cannot be asked for it.")
    }
    phase = .reaching(
      RunReach(.searching, .handOver, why: why, by: now.steady + deadlines.lost.inMilliseconds))
    call(.search(context: memory.agentContext))
  }

  /// All that it had to say is a message; there is no task there.
  private mutating func answer(with message: Message) {
    let answer = names.outside(message)
    put(.message(answer), isOutside: true)
    var status = TaskStatus(.completed, timestamp: Timestamp(millisecondsSince1970: now.wall))
    status.message = answer
    put(.status(.init(taskID: names.task, contextID: names.context, status: status)), isOutside: true)
  }
}

extension RunFault {
  /// The code of a task that ends with this.
  func failure(whileWorking: Bool) -> RunFailure {
    switch kind {
    case .unreachable, .unwelcome, .lost: whileWorking ? .agentLost : .agentUnavailable
    case .slow: .timeout
    case .refused: whileWorking ? .agentLost : .agentRefused
    case .breach, .late: .agentProtocol
    }
  }
}
