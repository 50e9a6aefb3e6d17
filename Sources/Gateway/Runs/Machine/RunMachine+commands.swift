import A2A
import HTTP

// What people want done while the task runs: taken once, journaled, answered at once, and followed by a verdict.
extension RunMachine {
  mutating func take(_ command: RunCommand, _ ticket: Int) {
    if let known = commands[command.key] {
      guard let receipt = known.receipt(for: command, of: names.task) else { return refuse(ticket, .commandIDTaken) }
      return answers.append(.answer(ticket: ticket, .taken(receipt)))
    }
    guard !hasEnded else { return refuse(ticket, .ended(state)) }
    guard commands.hasRoom(for: command) else { return refuse(ticket, .tooManyCommands) }
    switch command.act {
    case .cancel(let why): takeCancel(command, why, ticket)
    case .say(let message): say(message, command, ticket)
    case .answer, .claim, .release: takeQuestionCommand(command, ticket)
    case .pause(let why): takePause(command, why, ticket)
    case .resume: takePause(command, nil, ticket)
    // It has not ended.
    case .review: refuse(ticket, .nothingToReview(nil))
    }
  }

  mutating func refuse(_ ticket: Int, _ refusal: Refusal) {
    answers.append(.answer(ticket: ticket, .refused(refusal)))
  }

  /// The command's record was just put: remembers it, and answers.
  /// - Parameter message: what the agent is to be told.
  mutating func accept(_ command: RunCommand, _ ticket: Int, message: Message? = nil) {
    let memory = command.memory(seq: image.seq, since: now.wall)
    commands.take(command, memory, message: message)
    remember(memory.memo)
    let receipt = CommandReceipt(id: command.id, task: names.task, command: command.word, seq: image.seq)
    answers.append(.answer(ticket: ticket, .taken(receipt)))
  }

  /// It leaves as soon as this is stored.
  mutating func deliver(_ key: RunCommand.Key) {
    guard let open = commands.open.first(where: { $0.command.key == key }), !open.memory.isDelivered else { return }
    put(RunRecords.delivered(open.command))
    if let memory = commands.deliver(key) { remember(memory.memo) }
  }

  mutating func settle(_ key: RunCommand.Key, _ word: Verdict.Word, _ why: String? = nil) {
    guard let open = commands.open.first(where: { $0.command.key == key }) else { return }
    var verdict = Verdict(
      word: word, command: open.command.word, id: key.id, by: key.by, why: why,
      after: max(0, now.wall - open.memory.since), seq: 0)
    outline.take(word)
    put(RunRecords.verdict(verdict))
    verdict.seq = image.seq
    if let memory = commands.settle(key, verdict) { remember(memory.memo) }
    actions.append(.tell(.verdict(verdict)))
    answerSettled(key, word, why)
  }

  /// The task has ended. Of what the agent was told just before, it may still say that it has it: for that the end is held back.
  mutating func settleAtEnd() {
    let (word, why) = endVerdict()
    for cancel in commands.cancels { settle(cancel.command.key, word, why) }
    if line == .none, let message = lineMessage {
      lineMessage = nil
      notTaken(message, nil, why: "The task ended before the agent \(agent) had answered.\(Self.mayHaveArrived)")
    }
    for said in commands.unsaid {
      settle(said.command.key, .tooLate, "The task ended as \(state.word) before the agent could be told.")
    }
  }

  /// After a restart. What has left may have arrived, so it is not sent again; what has not left goes now, or as soon as the agent is found.
  mutating func resumeCommands() {
    for said in commands.inFlight where !questions.isAnswer(said.command.key) {
      settle(
        said.command.key, .undelivered,
        "The gateway stopped before it knew whether the agent \(agent) has the message. It was not sent again.")
    }
    guard !commands.cancels.isEmpty else { return }
    cancelling.deadline = now.steady + deadlines.cancel.inMilliseconds
    cancelIfWanted()
  }
}
