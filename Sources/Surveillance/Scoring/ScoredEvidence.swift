/// What one indicator gives after the verified facts have taken weight from it.
package struct ScoredEvidence: Sendable, Equatable {
  package let evidence: Evidence
  /// Weight × strength.
  package let rawPoints: Points
  package let points: Points
  /// The indicators that took weight from it, by name.
  package let defeatedBy: [String]
  /// What is left of it, from 0 to 1: the product of all factors that apply.
  package let factor: Double

  package init(_ evidence: Evidence, defeats: [Defeat]) {
    // One order for the product, whatever the order of the defeats was.
    let applying = defeats.filter { $0.of.contains(evidence.indicator) }
      .sorted { ($0.by, $0.factor) < ($1.by, $1.factor) }
    let raw = evidence.weight * Statistics.clamp(evidence.strength)
    let factor = applying.reduce(1.0) { $0 * Statistics.clamp($1.factor) }
    self.evidence = evidence
    self.factor = factor
    rawPoints = Points(raw)
    points = Points(raw * factor)
    defeatedBy = applying.reduce(into: []) { names, defeat in
      if !names.contains(defeat.by) { names.append(defeat.by) }
    }
  }

  package static func score(_ evidence: [Evidence], defeats: [Defeat]) -> [ScoredEvidence] {
    evidence.map { ScoredEvidence($0, defeats: defeats) }
  }
}
