import A2A
import HTTP
import JSON
import Telemetry

// From what a client has said to what is done.

extension RunCommand.Act {
  /// Nil for what is no command to a task.
  init?(_ order: ClientMessage.Order) throws(Refusal) {
    switch order {
    case .cancel(_, let why): self = .cancel(why: why)
    case .say(let task, let words): self = .say(try words.message(to: task))
    case .answer(_, let question, let answer):
      self = .answer(QuestionReply(question: question, content: answer.content))
    case .claim(_, let question): self = .claim(question: question)
    case .release(_, let question): self = .release(question: question)
    case .pause(_, let why): self = .pause(why: why)
    case .resume: self = .resume
    case .review(_, let opinion, let why):
      self = .review(try TaskReview(opinion, why: why.flatMap { $0.isEmpty ? nil : $0 }))
    case .subscribe, .unsubscribe, .submit, .cancelRound, .questions, .presence, .refresh, .ping: return nil
    }
  }
}

extension ClientRound {
  func asked() throws(Refusal) -> CancelFilter {
    guard let whose = CancelFilter.Whose(rawValue: filter) else {
      let words = CancelFilter.Whose.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw Refusal.badCommand("The \"filter\" is \(words), not \(Excerpt.quoting(filter.utf8)).")
    }
    return CancelFilter(whose: whose, agent: agent)
  }
}

extension ClientSubmit {
  func order(trace: TraceContext) throws(Refusal) -> WorkOrder {
    var order = WorkOrder(message: try words.message(to: nil), trace: trace)
    try TaskWords.checkTitle(title)
    order.agent = agent
    order.title = title
    order.key = try TaskWords.key(key, fields: [])
    order.acceptedOutputModes = acceptedOutputModes
    return order
  }
}

extension ClientWords {
  /// - Parameter task: to which it is said; nil for a new one.
  fileprivate func message(to task: String?) throws(Refusal) -> Message {
    switch self {
    case .text(let text):
      return Message(id: TaskID.make(), role: .user, text: text)
    case .message(let value):
      let message = try SentMessage.read(value)
      guard message.taskID == nil || message.taskID == task else {
        throw .badTask(
          task == nil
            ? "The message names a task, which is there already. Send it with \"say\", or leave taskId out."
            : "The message names another task than \"task\". Leave taskId out.")
      }
      return message
    }
  }
}

extension ClientAnswer {
  fileprivate var content: QuestionReply.Content {
    switch self {
    case .values(let values): .values(values.detached())
    case .declined: .declined
    case .text(let text): .text(text)
    }
  }
}
