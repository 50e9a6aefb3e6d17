/// What the tools' facts mean, before people have said anything to it and before it is decided.
package struct Assessment: Sendable {
  package var kind: AlertKind
  /// In the order in which the policy lists the indicators; those without points are left out, save where their absence says something.
  package var evidence: [Evidence] = []
  package var defeats: [Defeat] = []
  package var gaps: [DataGap] = []
  /// Where the alert says other than the data. Whole sentences.
  package var mismatches: [CitedText] = []
  /// Indicators that bar closing, whatever the figures say.
  package var hardFlags: [String] = []
  /// Why a person has to look at it, whatever the figures say: an exemption that is proven in part.
  package var reviewReason: String?
  /// What people could be asked, in this order. Whether they are is for the decision to say.
  package var questions: [OpenQuestion] = []
  package var section: Section
  package var figures: [Figure] = []

  package enum Section: Sendable {
    case insider(InsiderSection)
    case wash(WashSection)
  }

  package init(kind: AlertKind, section: Section) {
    self.kind = kind
    self.section = section
  }
}

/// A question that people could answer, and that the data could not.
package struct OpenQuestion: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case preclearance
    case insiderContact = "insider_contact"
    case decisionMaker = "decision_maker"
    case marketMakerStatus = "mm_status"
    case strategies
    case ownerOfAccount = "owner_of_account"
  }

  package var kind: Kind
  /// The account, for `ownerOfAccount`.
  package var subject: String?
  /// Why the agent cannot know by itself: a whole sentence.
  package var why: CitedText

  package init(_ kind: Kind, subject: String? = nil, why: CitedText) {
    self.kind = kind
    self.subject = subject
    self.why = why
  }
}

/// What somebody answered, or that nobody did.
package struct HumanAnswer: Sendable, Equatable {
  package var kind: OpenQuestion.Kind
  package var subject: String?
  /// The option's id, or the owner's for `ownerOfAccount`; `unknown` where nobody knows.
  package var answer: String
  /// Nil: nobody answered in time.
  package var by: String?
  package var at: Instant

  package init(_ kind: OpenQuestion.Kind, subject: String? = nil, answer: String, by: String?, at: Instant) {
    self.kind = kind
    self.subject = subject
    self.answer = answer
    self.by = by
    self.at = at
  }

  package static let unknown = "unknown"
}
