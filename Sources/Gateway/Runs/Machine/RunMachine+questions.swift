import A2A

// What the agent asks: from the moment in which it shows it to how it was closed.
extension RunMachine {
  /// An event of the agent's was taken into the image.
  mutating func questionsDidChange() {
    guard !state.isTerminal else { return }
    let status = image.task.status
    if let current = questions.current {
      guard !current.isShown(by: status) else { return }
      leave(current, isReplaced: state.isInterrupted)
    }
    if state.isInterrupted { ask(status) }
  }

  private mutating func ask(_ status: TaskStatus) {
    guard let question = TaskQuestion(status, number: questions.count + 1, at: now.wall) else { return }
    questions.ask(question)
    put(RunRecords.asked(question))
    questionDidChange(question)
  }

  /// Behind its record.
  mutating func questionDidChange(_ question: TaskQuestion) {
    remember(question.memo)
    questions.setTimes(at: now)
  }

  // MARK: How it is closed

  /// The agent does not show it any more.
  private mutating func leave(_ question: TaskQuestion, isReplaced: Bool) {
    let how: QuestionEnd.How = isOver(question) ? .expired : isReplaced ? .withdrawn : .elsewhere
    let sending = questions.sending
    if question.isOpen { close(question, how) }
    questions.letGo()
    if let sending { leave(question, sending, otherwise: how) }
  }

  /// What came of an answer whose question is gone: where it has left, the agent has it, unless it says that it has not.
  private mutating func leave(
    _ question: TaskQuestion, _ sending: RunQuestions.Sending, otherwise how: QuestionEnd.How
  ) {
    guard let said = commands.open.first(where: { $0.command.key == sending.command }) else { return }
    if said.memory.isDelivered {
      questions.leaving.append(
        .init(command: sending.command, question: question, otherwise: how, by: now.steady + Self.answerWithin))
    } else if sending.mayHaveArrived {
      settle(sending.command, .taken)
    } else {
      settle(sending.command, .tooLate, "The agent \(agent) had gone on before it could be told.")
      close(question, how)
    }
  }

  private static let answerWithin: Int64 = 2000

  mutating func close(_ question: TaskQuestion, _ how: QuestionEnd.How, why: String? = nil) {
    var question = question
    let end = QuestionEnd(how: how, at: now.wall, why: why)
    question.state = .closed(end)
    if questions.current?.number == question.number { _ = questions.set(question.state) }
    questions.note(question)
    // No question follows the end of a task; what is remembered of it is right all the same.
    if !hasEnded { put(RunRecords.closed(question, end)) }
    questionDidChange(question)
  }

  /// Clocks of two machines are not the same to the millisecond.
  func isOver(_ question: TaskQuestion) -> Bool { question.deadline.map { $0 - Self.skew <= now.wall } ?? false }

  private static let skew: Int64 = 500

  /// The task has ended.
  mutating func questionsEnd() {
    guard let question = questions.current else { return }
    let sending = questions.sending
    if question.isOpen { close(question, .ended) }
    questions.letGo()
    guard let sending, let said = commands.open.first(where: { $0.command.key == sending.command }) else { return }
    if said.memory.isDelivered {
      guard failure == nil else { return }
      questions.leaving.append(
        .init(command: sending.command, question: question, otherwise: .ended, by: now.steady + Self.answerWithin))
    } else if sending.mayHaveArrived {
      if failure == nil {
        settle(sending.command, .taken)
      } else {
        settle(
          sending.command, .undelivered, "The task ended, and nothing was heard of the answer.\(Self.mayHaveArrived)")
      }
    } else {
      // What it was not told of, the end of the task settles.
      close(question, .ended)
    }
  }

  // MARK: Time

  mutating func questionsTime() {
    for answer in questions.leaving where answer.by <= now.steady { settle(answer.command, .taken) }
    guard !hasEnded else { return }
    if let over = questions.expires, over <= now.steady, let question = questions.current { close(question, .expired) }
    if let over = questions.claimEnds, over <= now.steady { release(by: nil) }
    if let again = questions.sending?.againAt, again <= now.steady { sendAgain() }
  }

  /// After a restart.
  mutating func resumeQuestions() {
    questions.resume(commands)
    for said in commands.inFlight where questions.isAnswer(said.command.key) {
      guard said.command.key == questions.sending?.command else {
        // The agent had gone on when the gateway stopped.
        settle(said.command.key, .taken)
        continue
      }
      commands.doubt(said.command.key)
    }
    if let question = questions.current, let answer = question.end?.answer,
      let said = commands.open.first(where: { $0.command.key == answer.command }), let message = said.message
    {
      commands.tell(answer.command, question.outgoing(message, as: answer.message, by: answer.command.by))
    }
    questions.setTimes(at: now)
    // An earlier version of the gateway has kept none.
    if questions.current == nil, state.isInterrupted { ask(image.task.status) }
  }
}
