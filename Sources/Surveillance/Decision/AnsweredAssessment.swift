/// An assessment with what people have answered in it.
struct AnsweredAssessment {
  private(set) var evidence: [Evidence]
  private(set) var defeats: [Defeat]
  private(set) var gaps: [DataGap]
  /// Why a person has to look, unless an answer has settled it.
  private(set) var reviewReason: String?
  /// The answers that count: the first one to each question of this kind of analysis.
  private(set) var answers: [HumanAnswer] = []

  init(_ assessment: Assessment, _ answers: [HumanAnswer], _ policy: Policy) {
    evidence = assessment.evidence
    defeats = assessment.defeats
    gaps = assessment.gaps
    reviewReason = assessment.reviewReason
    var seen: Set<String> = []
    for answer in answers where answer.kind.alertKind == assessment.kind && seen.insert(answer.questionID).inserted {
      self.answers.append(answer)
      take(answer, policy)
    }
  }

  private mutating func take(_ answer: HumanAnswer, _ policy: Policy) {
    // An owner's effect is that the caller has assessed again with it.
    if answer.kind == .ownerOfAccount, answer.isKnown { return }
    guard let option = answer.option else {
      gaps.append(Self.gap(answer))
      return
    }
    for effect in option.effects {
      switch effect {
      case .points(let side, let key): evidence.append(Self.evidence(answer, option, side, weight: policy[key]))
      case .defeat(let indicators, let key):
        defeats.append(Defeat(by: answer.kind.rawValue, of: indicators, factor: policy[key]))
      case .fullExemption: proveExemption(answer, option, policy)
      }
    }
    if answer.kind == .marketMakerStatus { reviewReason = nil }
  }

  /// X1 takes the place of what was proven of it before.
  private mutating func proveExemption(_ answer: HumanAnswer, _ option: AnswerOption, _ policy: Policy) {
    let indicator = "X1"
    var proven = Self.evidence(answer, option, .mitigation, weight: policy[WashKey.exemption])
    proven.indicator = indicator
    if let index = evidence.firstIndex(where: { $0.indicator == indicator }) {
      proven.title = evidence[index].title
      proven.inputs = evidence[index].inputs + proven.inputs
      evidence[index] = proven
    } else {
      evidence.append(proven)
    }
    defeats.append(
      Defeat(by: indicator, of: WashMitigation.ties, factor: policy[WashKey.exemptionFactor]))
  }

  private static func evidence(
    _ answer: HumanAnswer, _ option: AnswerOption, _ side: Evidence.Side, weight: Double
  ) -> Evidence {
    let by = answer.by ?? ""
    return Evidence(
      answer.kind.rawValue, answer.kind.title, side, weight: weight, strength: 1, tool: .humanInput,
      inputs: [
        .init("answer", .text(answer.answer)), .init("by", .text(by)), .init("at", .instant(answer.at)),
      ],
      statement: "\(option.finding) So \(by, from: .humanInput) has answered.")
  }

  private static func gap(_ answer: HumanAnswer) -> DataGap {
    let prompt = answer.kind.prompt(answer.subject)
    let statement =
      if answer.by == nil {
        "Nobody answered in time: \(prompt)"
      } else if answer.answer == HumanAnswer.unknown {
        "Whoever was asked did not know it: \(prompt)"
      } else {
        "The answer “\(answer.answer)” is none of those that the question has: \(prompt)"
      }
    return DataGap("no answer", statement, isMandatory: false)
  }
}
