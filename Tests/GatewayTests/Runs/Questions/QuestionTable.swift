/// What becomes of a question in each state with each input: `input | the agent's question afterwards: what is done`. A write names its
/// records, `& memo` where the question is remembered with them.
enum QuestionTable {
  static let rows: [QuestionStage.State: [String: String]] = texts.mapValues { text in
    let pairs = text.split(separator: "\n").map { line in
      let cells = line.split(separator: "|", maxSplits: 1)
      return (cells[0].stripped, cells[1].stripped)
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  // Rows stay whole, so that they can be read as a table.
  // swift-format-ignore
  private static let texts: [QuestionStage.State: String] = [
    .working: """
      asks the same               | q1 open: write event input_required + q1 open & memo
      asks something else         | q1 open: write event input_required + q1 open & memo
      says that it waits          | q1 open: write event input_required + q1 open & memo
      works                       | none: write event working
      completes                   | none: write event completed
      answer                      | none: answer no-such-question
      bad answer                  | none: answer no-such-question
      answer again                | none: answer no-such-question
      other answer of the same id | none: answer no-such-question
      message                     | none: write command send + delivered, say m9, answer taken
      claim                       | none: answer no-such-question
      claim of another            | none: answer no-such-question
      release                     | none: answer no-such-question
      time                        | none: cancel
      """,
    .asked: """
      asks something else         | q2 open: write event input_required + q1 closed withdrawn + q2 open & memo
      says that it waits          | q1 open: write event input_required
      works                       | none: write event working + q1 closed elsewhere & memo
      completes                   | none: write event completed + q1 closed ended & memo
      answer                      | q1 answered by alex: write answer to q1 alex + q1 closed answered alex + delivered & memo, say a1-c7, answer taken
      bad answer                  | q1 open: answer bad-answer
      answer again                | q1 answered by kim: write answer to q1 kim + q1 closed answered kim + delivered & memo, say a1-c7, answer taken
      other answer of the same id | q1 answered by kim: write answer to q1 kim + q1 closed answered kim + delivered & memo, say a1-c7, answer taken
      message                     | q1 answered by alex: write answer to q1 alex + q1 closed answered alex + delivered & memo, say m9, answer taken
      claim                       | q1 open claimed by kim: write q1 claimed kim & memo, answer taken
      claim of another            | q1 open claimed by mia: write q1 claimed mia & memo, answer taken
      release                     | q1 open: write, answer taken
      time                        | q1 expired: write q1 closed expired & memo
      """,
    .claimed: """
      asks something else         | q2 open: write event input_required + q1 closed withdrawn + q2 open & memo
      says that it waits          | q1 open claimed by alex: write event input_required
      works                       | none: write event working + q1 closed elsewhere & memo
      completes                   | none: write event completed + q1 closed ended & memo
      answer                      | q1 answered by alex: write answer to q1 alex + q1 closed answered alex + delivered & memo, say a1-c8, answer taken
      bad answer                  | q1 open claimed by alex: answer bad-answer
      answer again                | q1 answered by kim: write answer to q1 kim + q1 closed answered kim + delivered & memo, say a1-c8, answer taken
      other answer of the same id | q1 answered by kim: write answer to q1 kim + q1 closed answered kim + delivered & memo, say a1-c8, answer taken
      message                     | q1 answered by alex: write answer to q1 alex + q1 closed answered alex + delivered & memo, say m9, answer taken
      claim                       | q1 open claimed by alex: answer claimed
      claim of another            | q1 open claimed by alex: answer claimed
      release                     | q1 open: write q1 released alex & memo, answer taken
      time                        | q1 expired: write q1 closed expired & memo
      """,
    .answered: """
      asks something else         | q2 open: write event input_required + q2 open & memo
      says that it waits          | q1 answered by kim: write event input_required
      works                       | none: write event working
      completes                   | none: write event completed
      answer                      | q1 answered by kim: answer answered
      bad answer                  | q1 answered by kim: answer answered
      answer again                | q1 answered by kim: answer again
      other answer of the same id | q1 answered by kim: answer command-id-taken
      message                     | q1 answered by kim: answer answered
      claim                       | q1 answered by kim: answer answered
      claim of another            | q1 answered by kim: answer answered
      release                     | q1 answered by kim: write, answer taken
      taken                       | q1 answered by kim: write verdict taken kim
      refused                     | q1 open: write verdict refused kim + q1 open again & memo
      """,
    .doubted: """
      asks something else         | q2 open: write event input_required + verdict taken kim + q2 open & memo
      says that it waits          | q1 answered by kim: write event input_required
      works                       | none: write event working + verdict taken kim
      completes                   | none: write event completed + verdict taken kim
      answer                      | q1 answered by kim: answer answered
      bad answer                  | q1 answered by kim: answer answered
      answer again                | q1 answered by kim: answer again
      other answer of the same id | q1 answered by kim: answer command-id-taken
      message                     | q1 answered by kim: answer answered
      claim                       | q1 answered by kim: answer answered
      claim of another            | q1 answered by kim: answer answered
      release                     | q1 answered by kim: write, answer taken
      time                        | q1 answered by kim: write delivered, say a1-c7
      taken                       | q1 answered by kim: write verdict taken kim
      refused                     | q1 open: write verdict refused kim + q1 open again & memo
      """,
    .taken: """
      asks something else         | q2 open: write event input_required + q2 open & memo
      says that it waits          | q1 answered by kim: write event input_required
      works                       | none: write event working
      completes                   | none: write event completed
      answer                      | q1 answered by kim: answer answered
      bad answer                  | q1 answered by kim: answer answered
      answer again                | q1 answered by kim: answer again
      other answer of the same id | q1 answered by kim: answer command-id-taken
      message                     | q1 answered by kim: answer answered
      claim                       | q1 answered by kim: answer answered
      claim of another            | q1 answered by kim: answer answered
      release                     | q1 answered by kim: write, answer taken
      """,
    .reopened: """
      asks something else         | q2 open: write event input_required + q1 closed withdrawn + q2 open & memo
      says that it waits          | q1 open: write event input_required
      works                       | none: write event working + q1 closed elsewhere & memo
      completes                   | none: write event completed + q1 closed ended & memo
      answer                      | q1 answered by alex: write answer to q1 alex + q1 closed answered alex + delivered & memo, say a1-c12, answer taken
      bad answer                  | q1 open: answer bad-answer
      answer again                | q1 open: answer again
      other answer of the same id | q1 open: answer command-id-taken
      message                     | q1 answered by alex: write answer to q1 alex + q1 closed answered alex + delivered & memo, say m9, answer taken
      claim                       | q1 open claimed by kim: write q1 claimed kim & memo, answer taken
      claim of another            | q1 open claimed by mia: write q1 claimed mia & memo, answer taken
      release                     | q1 open: write, answer taken
      time                        | q1 expired: write q1 closed expired & memo
      """,
    .expired: """
      asks something else         | q2 open: write event input_required + q2 open & memo
      says that it waits          | q1 expired: write event input_required
      works                       | none: write event working
      completes                   | none: write event completed
      answer                      | q1 expired: answer question-closed
      bad answer                  | q1 expired: answer question-closed
      answer again                | q1 expired: answer question-closed
      other answer of the same id | q1 expired: answer question-closed
      message                     | q1 expired: write command send + delivered, say m9, answer taken
      claim                       | q1 expired: answer question-closed
      claim of another            | q1 expired: answer question-closed
      release                     | q1 expired: write, answer taken
      """,
    .leaving: """
      asks the same               | q2 open: write event input_required + q2 open & memo
      asks something else         | q2 open: write event input_required + q2 open & memo
      says that it waits          | q2 open: write event input_required + q2 open & memo
      works                       | none: write event working
      completes                   | none: write event completed
      answer                      | none: answer answered
      bad answer                  | none: answer answered
      answer again                | none: answer again
      other answer of the same id | none: answer command-id-taken
      message                     | none: write command send + delivered, say m9, answer taken
      claim                       | none: answer answered
      claim of another            | none: answer answered
      release                     | none: answer answered
      time                        | none: write verdict taken kim
      taken                       | none: write verdict taken kim
      refused                     | none: write verdict refused kim + q1 closed elsewhere & memo
      lost                        | none: write verdict taken kim
      """,
    .ended: """
      asks the same               | none: write late input_required
      asks something else         | none: write late input_required
      says that it waits          | none: write late input_required
      works                       | none: write late working
      completes                   | none: write late completed
      answer                      | none: answer task-ended
      bad answer                  | none: answer task-ended
      answer again                | none: answer again
      other answer of the same id | none: answer command-id-taken
      message                     | none: answer task-ended
      claim                       | none: answer task-ended
      claim of another            | none: answer task-ended
      release                     | none: answer task-ended
      time                        | none: write verdict taken kim
      taken                       | none: write verdict taken kim
      refused                     | none: write verdict too-late kim & memo
      lost                        | none: write verdict taken kim
      """,
  ]
}
