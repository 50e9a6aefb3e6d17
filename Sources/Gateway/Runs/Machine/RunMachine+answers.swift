import A2A
import HTTP

// One answer counts: the first that fits, whoever gives it and by whatever way it comes.
extension RunMachine {
  mutating func takeQuestionCommand(_ command: RunCommand, _ ticket: Int) {
    do throws(Refusal) {
      switch command.act {
      case .answer(let reply): try answer(try question(reply.question), reply.content, command, ticket)
      case .claim(let name): claim(try question(name), command, ticket)
      case .release(let name): release(try question(name, isOpen: false), command, ticket)
      case .say, .cancel, .pause, .resume, .review: break
      }
    } catch {
      refuse(ticket, error)
    }
  }

  /// What somebody says to a task that waits for somebody is the answer, for which it is enough to speak A2A.
  /// - Returns: whether it was taken as that, or refused.
  mutating func takeAsAnswer(_ message: Message, _ command: RunCommand, _ ticket: Int) -> Bool {
    guard let question = questions.current else { return false }
    if let end = question.end {
      // Of two that came at once, the second was meant as an answer, too.
      guard end.how == .answered, questions.sending != nil || questions.settled.map({ now.steady < $0 }) ?? false else {
        return false
      }
      refuse(ticket, .closed(question.name, end))
      return true
    }
    do throws(Refusal) {
      try answer(question, .message(message), command, ticket)
    } catch {
      refuse(ticket, error)
    }
    return true
  }

  /// - Parameter name: nil for the one that is open.
  private func question(_ name: String?, isOpen: Bool = true) throws(Refusal) -> TaskQuestion {
    guard let question = questions.current, question.name == name ?? question.name else {
      if let name, let end = questions.end(name) { throw .closed(name, end) }
      throw .noSuchQuestion
    }
    if isOpen, let end = question.end { throw .closed(question.name, end) }
    return question
  }

  private mutating func answer(
    _ question: TaskQuestion, _ content: QuestionReply.Content, _ command: RunCommand, _ ticket: Int
  ) throws(Refusal) {
    var given = try question.read(content, messageID: "\(names.task)-c\(image.seq + 1)")
    given.message.taskID = names.task
    given.message.contextID = names.context
    let id = messageID(for: given.message)
    put(said: given.message, RunRecords.answer(given, to: question, command))
    accept(command, ticket, message: question.outgoing(given.message, as: id, by: command.by))
    let end = QuestionEnd(
      how: .answered, at: now.wall, by: command.by, answer: .init(command: command.key, message: id))
    guard let closed = questions.set(.closed(end)) else { return }
    put(RunRecords.closed(closed, end))
    questionDidChange(closed)
    questions.sending = RunQuestions.Sending(command: command.key)
    sendAnswer()
  }

  /// Senders give each message an id of its own, or should; the agent is told it as it is, since ids may mean something to the two of them. The
  /// same words under the same id once more would be no new message to the agent.
  private func messageID(for message: Message) -> String {
    let isUsed = image.task.history?.contains { $0.id == message.id && $0.parts == message.parts } ?? false
    return isUsed ? "\(names.task)-c\(image.seq + 1)" : message.id
  }

  private mutating func sendAnswer() {
    guard let sending = questions.sending,
      let said = commands.unsaid.first(where: { $0.command.key == sending.command }), let message = said.message
    else { return }
    send(message, of: sending.command)
  }

  // MARK: What comes of it

  mutating func sendAgain() {
    questions.sending?.againAt = nil
    sendAnswer()
  }

  /// A message has failed, and nobody knows whether the agent has it. An answer is sent again, under the same id, if the agent still asks
  /// the same when it has been looked at; where it has gone on, it has the answer.
  /// - Returns: whether it was an answer of which that is still to be found out.
  mutating func doubt(_ said: RunCommands.Open, _ fault: RunFault?) -> Bool {
    let key = said.command.key
    if case .refused = fault?.kind { return false }
    if questions.leaving.contains(where: { $0.command == key }) {
      settle(key, .taken)
      return true
    }
    guard !hasEnded, var sending = questions.sending, sending.command == key else { return false }
    sending.failures += 1
    if fault?.kind != .unreachable { sending.mayHaveArrived = true }
    guard sending.failures < Self.attempts else { return false }
    sending.againAt = now.steady + sending.backoff.next(random)
    questions.sending = sending
    commands.doubt(key)
    return true
  }

  private static let attempts = 6

  /// A command has its verdict.
  mutating func answerSettled(_ key: RunCommand.Key, _ word: Verdict.Word, _ why: String?) {
    if let index = questions.leaving.firstIndex(where: { $0.command == key }) {
      let answer = questions.leaving.remove(at: index)
      // It was not this answer by which the agent went on.
      if word == .refused || word == .tooLate { close(answer.question, answer.otherwise, why: why) }
      return
    }
    guard questions.sending?.command == key else { return }
    questions.sending = nil
    guard word != .taken else {
      questions.settled = now.steady + Self.secondIsLate
      return
    }
    guard !state.isTerminal, let question = questions.current else { return }
    if isOver(question) { close(question, .expired, why: why) } else { reopen() }
  }

  /// From the agent's word that it has the answer to its next event.
  private static let secondIsLate: Int64 = 5000

  private mutating func reopen() {
    guard let question = questions.set(.open(nil)) else { return }
    put(RunRecords.asked(question, again: true))
    questionDidChange(question)
  }
}
