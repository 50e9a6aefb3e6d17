/// A situation that people of surveillance know: its rows are planted into every world, and its alert asks about them.
package struct Scenario: Sendable {
  package enum Determination: String, Sendable {
    case escalate = "ESCALATE"
    case close = "CLOSE"
    case review = "NEEDS_HUMAN_REVIEW"
  }
  package enum Action: String, Sendable {
    case escalate = "ESCALATE"
    case close = "CLOSE"
    case monitor = "MONITOR"
    case requestMoreData = "REQUEST_MORE_DATA"
  }

  /// What is to come out under the standard policy.
  package struct Outcome: Sendable, Equatable {
    package var determination: Determination
    package var genuine: Int
    package var falsePositive: Int

    init(_ determination: Determination, _ genuine: Int, _ falsePositive: Int) {
      self.determination = determination
      self.genuine = genuine
      self.falsePositive = falsePositive
    }
  }

  /// What comes out once somebody has answered.
  package struct Answered: Sendable, Equatable {
    package var question: OpenQuestion.Kind
    /// The account, where an owner is asked for.
    package var subject: String?
    package var answer: String
    package var outcome: Outcome

    init(_ question: OpenQuestion.Kind, subject: String? = nil, _ answer: String, _ outcome: Outcome) {
      self.question = question
      self.subject = subject
      self.answer = answer
      self.outcome = outcome
    }
  }

  /// Such as `IT-1`.
  package let id: String
  package let title: String
  /// The alert's file in examples/alerts.
  package let file: String
  package let kind: AlertKind
  /// The alert as XML.
  package let alert: String
  /// Without any answer.
  package let expected: Outcome
  package let action: Action
  /// For wash trades.
  package let pattern: WashSection.Pattern?
  /// What people are asked, in this order.
  package let questions: [OpenQuestion.Kind]
  package let answered: [Answered]
  /// What the scenario adds to a world.
  package let rows: ReferenceTables

  init(
    _ id: String, _ title: String, file: String, kind: AlertKind, alert: String, expected: Outcome, action: Action,
    pattern: WashSection.Pattern? = nil, questions: [OpenQuestion.Kind] = [], answered: [Answered] = [],
    rows: ReferenceTables
  ) {
    self.id = id
    self.title = title
    self.file = file
    self.kind = kind
    self.alert = alert
    self.expected = expected
    self.action = action
    self.pattern = pattern
    self.questions = questions
    self.answered = answered
    self.rows = rows
  }

  package static let all: [Scenario] = insider + wash
  package static func named(_ id: String) -> Scenario? { all.first { $0.id == id } }
}
