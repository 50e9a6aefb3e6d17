package import A2A

/// A question as an agent asks it: with how long it waits, and what it takes for the answer when nobody gives one.
package struct QuestionDraft: Sendable {
  package var prompt: String
  /// Why the agent cannot know by itself.
  package var why: String?
  /// None: anything that is said is an answer.
  package var fields: [QuestionField]
  /// How long it stays open. Nil: as long as the service lets questions stay open.
  package var within: Duration?
  /// What counts as the answer when nobody gives one. Nil: ``TaskContext/ask(_:)`` throws then.
  package var otherwise: Default?
  package var allowsDecline = false
  /// What the task waits for.
  package var need = Need.input

  package enum Need: Sendable {
    case input
    /// Something that is done elsewhere; what is said is only that it was done.
    case authentication

    var state: TaskState {
      switch self {
      case .input: .inputRequired
      case .authentication: .authRequired
      }
    }
  }

  package struct Default: Sendable {
    package var values: [String: FieldValue]
    /// What follows from it, in a sentence for those who are asked.
    package var consequence: String

    package init(_ values: [String: FieldValue], consequence: String) {
      self.values = values
      self.consequence = consequence
    }
  }

  package init(
    _ prompt: String, why: String? = nil, fields: [QuestionField] = [], within: Duration? = nil,
    otherwise: Default? = nil
  ) {
    self.prompt = prompt
    self.why = why
    self.fields = fields
    self.within = within
    self.otherwise = otherwise
  }

  /// Yes or no, as the field `confirmed`.
  package static func confirmation(
    _ prompt: String, why: String? = nil, within: Duration? = nil, otherwise: Default? = nil
  ) -> QuestionDraft {
    QuestionDraft(
      prompt, why: why, fields: [QuestionField("confirmed", prompt, .boolean)], within: within, otherwise: otherwise)
  }

  /// One of several, as the field `choice`.
  package static func choice(
    _ prompt: String, _ options: [QuestionField.Option], why: String? = nil, within: Duration? = nil,
    otherwise: Default? = nil
  ) -> QuestionDraft {
    QuestionDraft(
      prompt, why: why, fields: [QuestionField("choice", prompt, .choice(options))], within: within,
      otherwise: otherwise)
  }

  func question(id: String, deadline: Timestamp) -> Question {
    Question(
      id: id, prompt: prompt, why: why, fields: fields, deadline: deadline,
      onExpiry: otherwise?.consequence ?? "the task fails.", allowsDecline: allowsDecline)
  }
}

/// What became of a question.
package struct QuestionOutcome: Sendable, Equatable {
  package enum Source: Sendable, Equatable {
    case answered
    /// Nobody answered in time, and these are the question's own default values.
    case expired
  }

  package let answer: Answer
  package let source: Source
  /// What was said; nil when nobody said anything.
  package let message: Message?

  package var isDeclined: Bool { answer.isDeclined }

  /// Who answered, as the caller says; nil where it does not, and where nobody did.
  package var by: String? { answer.by }

  package subscript(name: String) -> FieldValue? { answer[name] }
}
