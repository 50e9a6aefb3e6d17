import JSON

/// What is asked of the gateway over its WebSocket. The id is ours: the same one again is the same command.
struct ControlRequest: Sendable, Equatable {
  enum Act: Sendable, Equatable {
    case cancel(task: String, why: String?)
    case answer(task: String, question: String, AnswerContent)
    case claim(task: String, question: String)
    case release(task: String, question: String)
    case pause(task: String, why: String?)
    case resume(task: String)
    /// Every task that the policy lets one watch.
    case subscribe(after: String)
    case refresh(token: String)
  }

  let id: String
  var act: Act

  /// What it is called in records and answers.
  var word: String {
    switch act {
    case .cancel: "cancel"
    case .answer: "answer"
    case .claim: "claim"
    case .release: "release"
    case .pause: "pause"
    case .resume: "resume"
    case .subscribe: "subscribe"
    case .refresh: "refresh"
    }
  }

  /// The task that it is about; nil where it is about none or many.
  var task: String? {
    switch act {
    case .cancel(let task, _), .answer(let task, _, _), .claim(let task, _), .release(let task, _), .pause(let task, _),
      .resume(let task):
      task
    case .subscribe, .refresh: nil
    }
  }

  /// Whether the gateway says later what came of it.
  var hasVerdict: Bool {
    switch act {
    case .cancel, .answer, .pause, .resume: true
    case .claim, .release, .subscribe, .refresh: false
    }
  }

  /// Whether it holds only for the connection on which it was asked, and is asked anew on the next.
  var isStanding: Bool {
    if case .subscribe = act { true } else { false }
  }

  /// As it is sent.
  var text: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("type", word)
      object.member("id", id)
      write(to: &object)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(to object: inout JSONWriter) {
    if let task { object.member("task", task) }
    switch act {
    case .cancel(_, let why), .pause(_, let why):
      object.member("why", ifPresent: why)
    case .answer(_, let question, let content):
      object.member("question", question)
      content.write(to: &object)
    case .claim(_, let question), .release(_, let question):
      object.member("question", question)
    case .subscribe(let after):
      object.member("all", true)
      object.member("after", after)
    case .refresh(let token):
      object.member("token", token)
    case .resume:
      break
    }
  }
}
