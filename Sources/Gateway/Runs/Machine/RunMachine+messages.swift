import A2A

// What people say while the task runs.
extension RunMachine {
  mutating func say(_ message: Message, _ command: RunCommand, _ ticket: Int) {
    guard !takeAsAnswer(message, command, ticket) else { return }
    var message = message
    message.taskID = names.task
    message.contextID = names.context
    put(said: message, RunRecords.said(command.word, message, id: command.id, by: command.by))
    accept(command, ticket, message: message)
    send(message, of: command.key)
  }

  /// Now, if the agent can hear it now; otherwise when it can.
  mutating func send(_ message: Message, of command: RunCommand.Key) {
    switch phase {
    case .following(nil): sayBeside(message, of: command)
    case .waiting: resume(with: message, of: command)
    case .idle, .preparing, .connecting, .leaving, .sending, .blocking, .following, .reaching, .ending, .ended, .over:
      break
    }
  }

  mutating func sayBeside(_ message: Message, of command: RunCommand.Key) {
    deliver(command)
    actions.append(.say(names.inside(message)))
  }

  // MARK: What the agent says

  /// The first thing that comes of a message on the line says whether the agent has it, also where the task has come to its end meanwhile.
  mutating func settleLineMessage(by input: RunInput) {
    guard let message = lineMessage else { return }
    switch input {
    case .event, .answered:
      lineMessage = nil
      told(message)
    case .closed:
      lineMessage = nil
      notTaken(message, nil, why: "The agent \(agent) closed its answer before the first event.\(Self.mayHaveArrived)")
    case .failed(let fault):
      lineMessage = nil
      notTaken(message, fault)
    default: break
    }
  }

  /// The agent has what was said beside the line.
  mutating func taken(_ messageID: String) {
    let isPause = commands.open(sayingMessage: messageID)?.command.isPause == true
    told(messageID)
    finishIfDone()
    guard state.isInterrupted, !isPause else { return }
    isAnswered = true
    if case .waiting = phase { wait() }
  }

  /// A message by the name that the agent was told it under.
  func messageID(inside id: String) -> String {
    commands.open.lazy.compactMap(\.message?.id).first { names.inside(id: $0) == id } ?? id
  }

  /// The agent has it.
  mutating func told(_ messageID: String) {
    guard phase != .over, let said = commands.open(sayingMessage: messageID) else { return }
    switch said.command.act {
    case .pause: settle(said.command.key, .paused)
    case .resume: settle(said.command.key, .resumed)
    case .answer, .say, .cancel, .claim, .release, .review: settle(said.command.key, .taken)
    }
  }

  mutating func notTaken(_ messageID: String, _ fault: RunFault) {
    switch fault.kind {
    case .refused, .unwelcome, .unreachable: notTaken(messageID, fault, why: fault.sentence)
    case .lost, .slow, .breach, .late: notTaken(messageID, fault, why: fault.sentence + Self.mayHaveArrived)
    }
  }

  /// - Parameter fault: nil where nothing came of it at all.
  mutating func notTaken(_ messageID: String, _ fault: RunFault?, why: String) {
    guard phase != .over, let said = commands.open(sayingMessage: messageID) else { return }
    guard !doubt(said, fault) else { return finishIfDone() }
    if case .refused = fault?.kind {
      // No agent takes anything for a task that has ended.
      settle(said.command.key, hasEnded ? .tooLate : .refused, why)
    } else {
      settle(said.command.key, .undelivered, why)
    }
    finishIfDone()
  }

  static let mayHaveArrived = " Whether the agent has the message is not known; it was not sent again."
}
