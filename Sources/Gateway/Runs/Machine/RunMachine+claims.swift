import HTTP

// "I am answering": so that two people do not think about the same.
extension RunMachine {
  mutating func claim(_ question: TaskQuestion, _ command: RunCommand, _ ticket: Int) {
    if let claim = question.claim, claim.by != command.by, claim.until > now.wall {
      return refuse(ticket, .claimed(question.name, claim))
    }
    let claim = QuestionClaim(by: command.by, until: now.wall + deadlines.claim.inMilliseconds)
    guard let question = questions.set(.open(claim)) else { return }
    put(RunRecords.claimed(question, claim))
    questionDidChange(question)
    accept(command, ticket)
  }

  /// Who has no claim has nothing to give up, which is as wanted.
  mutating func release(_ question: TaskQuestion, _ command: RunCommand, _ ticket: Int) {
    if question.claim?.by == command.by { release(by: command.by) }
    accept(command, ticket)
  }

  /// - Parameter by: nil where its time is over.
  mutating func release(by principal: String?) {
    guard let question = questions.set(.open(nil)) else { return }
    put(RunRecords.released(question, by: principal))
    questionDidChange(question)
  }
}
