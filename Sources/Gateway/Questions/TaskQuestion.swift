import A2A

/// A question of an agent's, as the gateway keeps it: from the moment in which the agent showed it to how it was closed.
struct TaskQuestion: Sendable, Equatable {
  enum Kind: String, Sendable, Equatable {
    case input
    /// The agent waits for a permission that is given elsewhere.
    case auth
  }

  enum State: Sendable, Equatable {
    case open(QuestionClaim?)
    case closed(QuestionEnd)
  }

  /// The first of its task is 1.
  let number: Int
  let kind: Kind
  /// What the agent says to those who see text only.
  let text: String
  /// Nil: whatever is said is an answer.
  let form: Question?
  /// Of the agent's message, under our names; nil where it has said nothing.
  let message: String?
  /// Milliseconds since 1970 when the gateway heard of it.
  let asked: Int64
  var state = State.open(nil)

  var name: String { Self.name(number) }
  static func name(_ number: Int) -> String { "q\(number)" }

  /// Milliseconds since 1970.
  var deadline: Int64? { form?.deadline?.millisecondsSince1970 }

  var isOpen: Bool { if case .open = state { true } else { false } }
  var claim: QuestionClaim? { if case .open(let claim) = state { claim } else { nil } }
  var end: QuestionEnd? { if case .closed(let end) = state { end } else { nil } }
}

/// "I am answering": tells others, and keeps nobody from answering.
struct QuestionClaim: Sendable, Equatable {
  let by: String
  /// Milliseconds since 1970.
  let until: Int64
}

/// How a question was closed.
struct QuestionEnd: Sendable, Equatable {
  enum How: String, Sendable, Equatable, CaseIterable {
    case answered
    /// Nobody answered in time: what the agent has said follows from that is its business.
    case expired
    /// The agent asked something else in its place.
    case withdrawn
    /// The task has ended.
    case ended
    /// The agent went on, without an answer from here.
    case elsewhere
  }

  let how: How
  /// Milliseconds since 1970.
  let at: Int64
  /// Who has answered.
  var by: String?
  /// A sentence.
  var why: String?
  var answer: Answer?

  /// The answer that counts.
  struct Answer: Sendable, Equatable {
    let command: RunCommand.Key
    /// The message's id as the agent is told it, the same each time.
    let message: String
  }
}

extension TaskQuestion {
  /// What a task that waits for somebody asks; nil for one that does not wait.
  init?(_ status: TaskStatus, number: Int, at milliseconds: Int64) {
    guard let kind = Kind(status.state) else { return nil }
    // A permission is given elsewhere, so nobody fills in a form for it here.
    let form = kind == .input ? Question(metadata: status.message?.metadata) : nil
    self.init(
      number: number, kind: kind, text: status.message?.text ?? form?.prompt ?? "", form: form,
      message: status.message?.id, asked: milliseconds)
  }

  /// The agent still shows it. Where it repeats that it waits, and not for what, that is nothing new.
  func isShown(by status: TaskStatus) -> Bool {
    guard kind == Kind(status.state) else { return false }
    guard let message = status.message else { return true }
    guard message.id == self.message else { return false }
    return kind == .auth || Question.id(in: message.metadata) == form?.id
  }
}

extension TaskQuestion.Kind {
  fileprivate init?(_ state: TaskState) {
    switch state {
    case .inputRequired: self = .input
    case .authRequired: self = .auth
    default: return nil
    }
  }
}
