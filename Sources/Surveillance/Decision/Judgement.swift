/// What the assessment and the answers come to: scores, and the advice that follows from them by the policy's thresholds.
package struct Judgement: Sendable {
  package let assessment: Assessment
  package let policy: Policy
  package let scored: [ScoredEvidence]
  package let defeats: [Defeat]
  package let gaps: [DataGap]
  package let answers: [HumanAnswer]
  package let opinion: Opinion
  package let determination: Determination
  package let recommendedAction: RecommendedAction
  package let reason: Reason

  /// Which rule gave the advice.
  package enum Reason: Sendable, Equatable {
    /// Enough confidence in a genuine alert.
    case genuine(threshold: Int)
    /// Enough confidence in a false positive.
    case falsePositive(threshold: Int)
    /// A fact that bars closing.
    case hardFlag([String])
    /// Too many mandatory sources are missing.
    case gaps(Int)
    /// The assessment asks for a person.
    case review(String)
    /// Neither confidence is high enough.
    case undecided(escalateAt: Int, closeAt: Int)
  }

  /// - Parameter answers: all that was asked so far, in the order of asking, those without an answer included.
  package static func make(_ assessment: Assessment, answers: [HumanAnswer] = [], policy: Policy) -> Judgement {
    Judgement(assessment, AnsweredAssessment(assessment, answers, policy), policy)
  }

  private init(_ assessment: Assessment, _ answered: AnsweredAssessment, _ policy: Policy) {
    self.assessment = assessment
    self.policy = policy
    defeats = answered.defeats
    gaps = answered.gaps
    answers = answered.answers
    scored = ScoredEvidence.score(answered.evidence, defeats: answered.defeats)
    let mandatoryGaps = answered.gaps.count { $0.isMandatory }
    opinion = Opinion(scored, mandatoryGaps: mandatoryGaps, policy: policy)
    reason = Self.reason(
      opinion, mandatoryGaps: mandatoryGaps, hardFlags: assessment.hardFlags, review: answered.reviewReason, policy)
    determination = reason.determination
    recommendedAction =
      switch reason.determination {
      case .escalate: .escalate
      case .close: .close
      case .needsHumanReview: answered.gaps.isEmpty ? .monitor : .requestMoreData
      }
  }

  /// How sure the advice is: of a review, how near the likelier side has come.
  package var confidence: Int {
    switch determination {
    case .escalate: opinion.genuine
    case .close: opinion.falsePositive
    case .needsHumanReview: max(opinion.genuine, opinion.falsePositive)
    }
  }

  package var mandatoryGaps: Int { gaps.count { $0.isMandatory } }

  private static func reason(
    _ opinion: Opinion, mandatoryGaps: Int, hardFlags: [String], review: String?, _ policy: Policy
  ) -> Reason {
    if let review { return .review(review) }
    let hasManyGaps = Double(mandatoryGaps) >= policy[.manyGaps]
    let escalateAt = threshold(policy[hasManyGaps ? .escalateWithGapsAt : .escalateAt])
    let closeAt = threshold(policy[.closeAt])
    if opinion.genuine >= escalateAt { return .genuine(threshold: escalateAt) }
    guard opinion.falsePositive >= closeAt else { return .undecided(escalateAt: escalateAt, closeAt: closeAt) }
    if !hardFlags.isEmpty { return .hardFlag(hardFlags) }
    return hasManyGaps ? .gaps(mandatoryGaps) : .falsePositive(threshold: closeAt)
  }

  /// Confidences are whole numbers: 70.5 is reached by 71.
  private static func threshold(_ value: Double) -> Int { Int(value.rounded(.up)) }
}

extension Judgement.Reason {
  fileprivate var determination: Determination {
    switch self {
    case .genuine: .escalate
    case .falsePositive: .close
    case .hardFlag, .gaps, .review, .undecided: .needsHumanReview
    }
  }
}
