extension Judgement {
  /// What people should be asked now, the most useful first. Ask the first one, then call again with its answer, or with the fact that
  /// there was none.
  ///
  /// Nothing is asked when the advice stands already, when no answer could change it, or when enough was asked.
  /// - Parameters:
  ///   - answers: all that was asked so far.
  ///   - reassess: the assessment with this owner of an account; without it an owner counts as able to change the advice.
  package static func questionsToAsk(
    _ assessment: Assessment, answers: [HumanAnswer], policy: Policy, reassess: ((HumanAnswer) -> Assessment)? = nil
  ) -> [Question] {
    let now = make(assessment, answers: answers, policy: policy)
    let asked = Set(answers.map(\.questionID))
    let left = Int(policy[.questionsAtMost]) - asked.count
    guard now.determination == .needsHumanReview, left > 0 else { return [] }
    var seen = asked
    let useful = assessment.questions.filter { open in
      open.kind.alertKind == assessment.kind && seen.insert(Question.id(open.kind, open.subject)).inserted
        && now.couldChange(by: open, answers, reassess)
    }
    return useful.prefix(left).map { Question($0, in: assessment.section) }
  }

  /// Whether some answer would give other advice: each is tried.
  private func couldChange(
    by open: OpenQuestion, _ answers: [HumanAnswer], _ reassess: ((HumanAnswer) -> Assessment)?
  ) -> Bool {
    if open.kind == .ownerOfAccount {
      guard let reassess else { return true }
      return Self.ownersToTry(open, assessment).contains { owner in
        let answer = Self.trial(open, owner)
        return Self.make(reassess(answer), answers: answers, policy: policy).determination != determination
      }
    }
    return open.kind.options.contains { option in
      let tried = answers + [Self.trial(open, option.id)]
      return Self.make(assessment, answers: tried, policy: policy).determination != determination
    }
  }

  private static func trial(_ open: OpenQuestion, _ answer: String) -> HumanAnswer {
    HumanAnswer(open.kind, subject: open.subject, answer: answer, by: "trial", at: Instant(milliseconds: 0))
  }

  /// Every owner that is known, and one that nobody knows.
  private static func ownersToTry(_ open: OpenQuestion, _ assessment: Assessment) -> [String] {
    Question(open, in: assessment.section).options.map(\.id).filter { $0 != HumanAnswer.unknown } + ["somebody-else"]
  }
}
