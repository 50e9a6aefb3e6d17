import A2A

// While the agent's events come.
extension RunMachine {
  mutating func heardWhileFollowing(_ input: RunInput, _ expectation: RunExpectation?) {
    switch input {
    case .leaves:
      if let expectation {
        let by = firstEventBy(connecting: false)
        phase = .following(RunExpectation(by: by, messageID: expectation.messageID))
      }
    case .event(let event):
      if expectation != nil { phase = .following(nil) }
      take(event)
      if expectation != nil, !hasEnded { sayWhatWaits() }
    case .closed: closed()
    case .failed(let fault):
      if expectation != nil {
        notAnswered(fault)
      } else {
        cut(by: fault)
      }
    default: break
    }
  }

  /// The next event of a stream. A task in its midst is a snapshot: what is in it that was not told is taken as told now.
  mutating func take(_ event: TaskEvent) {
    switch event {
    case .task(let shown): bring(shown, gap: nil)
    case .status:
      let event = names.outside(event)
      if case .status(let update) = event, isRepetition(update) { return actions.append(.tell(.repeated)) }
      put(event, isOutside: true)
    case .artifact: put(event)
    case .message: break
    }
  }

  /// Agents may close a stream in which they have asked somebody. A subscription shows whether they go on by themselves.
  private mutating func closed() {
    guard state.isInterrupted else { return lose("The agent \(agent) closed its stream.") }
    if lastLine == .subscription || !canSubscribe { return wait() }
    attach(.quiet, why: "The agent \(agent) \(Self.closedWhileWaiting)", by: nil)
  }

  private mutating func cut(by fault: RunFault) {
    switch fault.kind {
    case .unreachable, .unwelcome, .lost, .slow: lose(fault.sentence)
    case .refused:
      // It may have ended our stream alone, or the task: it knows.
      writeLoss(fault.sentence)
      look(.loss, why: fault.sentence, by: now.steady + deadlines.lost.inMilliseconds)
    case .breach, .late: end(.agentProtocol, fault.sentence)
    }
  }

  /// A message to a task that waited has failed, and with it the stream that was to come of it.
  mutating func notAnswered(_ fault: RunFault) {
    switch fault.kind {
    case .refused, .unwelcome, .unreachable: look(.quiet, why: fault.sentence, by: nil)
    case .lost, .slow: lose(fault.sentence)
    case .breach, .late: end(.agentProtocol, fault.sentence)
    }
  }

  // MARK: Waiting for somebody

  static let lookInterval: Int64 = 2000
  static let waitInterval: Int64 = 30_000

  static let closedWhileWaiting = "closed its stream while it waited for somebody."

  /// Nothing tells what the agent does while it waits. When it has taken an answer, it is looked at at once, and once.
  mutating func wait() {
    if isAnswered {
      isAnswered = false
      return attach(.quiet, why: "The agent \(agent) \(Self.closedWhileWaiting)", by: nil)
    }
    phase = .waiting(until: now.steady + Self.waitInterval)
    sayBeside()
    guard let said = commands.unsaid.first, let message = said.message else { return }
    resume(with: message, of: said.command.key)
  }

  /// Sends a message to a task that waits, and follows what comes of it.
  mutating func resume(with message: Message, of command: RunCommand.Key) {
    deliver(command)
    phase =
      manner.streams
      ? .following(RunExpectation(by: firstEventBy(connecting: true), messageID: message.id))
      : .blocking(followUp: message.id)
    call(.send(names.inside(message)))
    lineMessage = message.id
  }

  /// What nobody could be told of before.
  mutating func sayWhatWaits() {
    for said in commands.unsaid {
      guard let message = said.message else { continue }
      deliver(said.command.key)
      actions.append(.say(names.inside(message)))
    }
  }
}
