import JSON

/// What is asked of the gateway over its WebSocket. The id is ours: the same one again is the same command.
struct ControlRequest: Sendable, Equatable {
  enum Act: Sendable, Equatable {
    case cancel(task: String, why: String?)
    /// Of all running tasks that this finds.
    case cancelMany(CancelOptions.TaskFilter, agent: String?, why: String?, isRehearsal: Bool)
    case answer(task: String, question: String, AnswerContent)
    case claim(task: String, question: String)
    case release(task: String, question: String)
    case pause(task: String, why: String?)
    case resume(task: String)
    /// Every task that the policy lets one watch.
    case subscribe(after: String)
    /// What waits for an answer, and what becomes of it.
    case questions
    case refresh(token: String)
  }

  let id: String
  var act: Act

  /// What it is called in records and answers.
  var word: String {
    switch act {
    case .cancel, .cancelMany: "cancel"
    case .answer: "answer"
    case .claim: "claim"
    case .release: "release"
    case .pause: "pause"
    case .resume: "resume"
    case .subscribe: "subscribe"
    case .questions: "questions"
    case .refresh: "refresh"
    }
  }

  /// The task that it is about; nil where it is about none or many.
  var task: String? {
    switch act {
    case .cancel(let task, _), .answer(let task, _, _), .claim(let task, _), .release(let task, _), .pause(let task, _),
      .resume(let task):
      task
    case .cancelMany, .subscribe, .questions, .refresh: nil
    }
  }

  /// Whether the gateway says later what came of it.
  var hasVerdict: Bool {
    switch act {
    case .cancel, .answer, .pause, .resume: true
    case .cancelMany, .claim, .release, .subscribe, .questions, .refresh: false
    }
  }

  /// Whether it holds only for the connection on which it was asked, and is asked anew on the next.
  var isStanding: Bool {
    switch act {
    case .subscribe, .questions: true
    default: false
    }
  }

  /// Whether it is the same when it is given again. What finds its tasks itself would find others.
  var isRepeatable: Bool {
    if case .cancelMany(_, _, _, isRehearsal: false) = act { false } else { true }
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
    case .cancelMany(let filter, let agent, let why, let isRehearsal):
      object.member("filter", filter.rawValue)
      object.member("agent", ifPresent: agent)
      object.member("why", ifPresent: why)
      if isRehearsal { object.member("dryRun", true) }
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
    case .resume, .questions:
      break
    }
  }
}
