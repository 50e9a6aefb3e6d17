import A2A
import JSON

extension RunCommand {
  /// Nil for what this does not write.
  init?(reading value: JSONValue) {
    guard let id = value["id"]?.string, let by = value["by"]?.string,
      let kind = value["command"]?.string.flatMap(CommandKind.init), let act = Act(kind, reading: value)
    else { return nil }
    self.init(id: id, by: by, act: act)
  }

  func write(into object: inout JSONWriter) {
    object.member("id", id)
    object.member("by", by)
    object.member("command", word)
    object.member("why", ifPresent: why)
    switch act {
    case .cancel, .pause, .resume: break
    case .say(let message): Self.write(message, into: &object)
    case .answer(let reply):
      object.member("question", ifPresent: reply.question)
      switch reply.content {
      case .values(let values): object.member("values", values)
      case .declined: object.member("decline", true)
      case .text(let text): object.member("text", text)
      case .message(let message): Self.write(message, into: &object)
      }
    case .claim(let question), .release(let question): object.member("question", question)
    case .review(let review): object.member("opinion", review.opinion.rawValue)
    }
  }

  private static func write(_ message: Message, into object: inout JSONWriter) {
    object.key("message")
    object.raw(trusted: message.encoded())
  }
}

extension RunCommand.Act {
  fileprivate init?(_ kind: CommandKind, reading value: JSONValue) {
    let why = value["why"]?.string
    let question = value["question"]?.string
    let message = value["message"].flatMap { try? Message(reading: $0.detached()) }
    switch kind {
    case .cancel: self = .cancel(why: why)
    case .pause: self = .pause(why: why)
    case .resume: self = .resume
    case .send:
      guard let message else { return nil }
      self = .say(message)
    case .claim:
      guard let question else { return nil }
      self = .claim(question: question)
    case .release:
      guard let question else { return nil }
      self = .release(question: question)
    case .review:
      guard let opinion = value["opinion"]?.string.flatMap(TaskReview.Opinion.init) else { return nil }
      self = .review(TaskReview(opinion: opinion, why: why))
    case .answer:
      let content: QuestionReply.Content
      if let values = value["values"] {
        content = .values(values.detached())
      } else if let text = value["text"]?.string {
        content = .text(text)
      } else if let message {
        content = .message(message)
      } else if value["decline"]?.bool == true {
        content = .declined
      } else {
        return nil
      }
      self = .answer(QuestionReply(question: question, content: content))
    }
  }
}
