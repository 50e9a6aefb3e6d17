/// What the evidence says as a whole: a subjective-logic opinion. Belief, disbelief, and the rest, which is uncertainty.
package struct Opinion: Sendable, Equatable {
  package let suspicion: Points
  package let mitigation: Points
  /// What the evidence has to weigh against; each mandatory gap makes it heavier.
  package let doubt: Points
  /// From 0 to 100.
  package let genuine: Int
  package let falsePositive: Int
  package let uncertainty: Int

  package init(_ scored: [ScoredEvidence], mandatoryGaps: Int, policy: Policy) {
    suspicion = Self.sum(scored, .suspicion)
    mitigation = Self.sum(scored, .mitigation)
    doubt = Points(policy[.priorDoubt] + policy[.doubtPerGap] * Double(mandatoryGaps))
    let all = suspicion + mitigation + doubt
    genuine = Self.percent(suspicion, of: all)
    falsePositive = Self.percent(mitigation, of: all)
    uncertainty = max(0, 100 - genuine - falsePositive)
  }

  private static func sum(_ scored: [ScoredEvidence], _ side: Evidence.Side) -> Points {
    scored.reduce(.zero) { $1.evidence.side == side ? $0 + $1.points : $0 }
  }

  /// Halves go up.
  private static func percent(_ part: Points, of all: Points) -> Int {
    guard all > .zero else { return 0 }
    return (200 * part.tenThousandths + all.tenThousandths) / (2 * all.tenThousandths)
  }
}
