/// A case of old, told in the words of the indicators.
package struct Precedent: Sendable, Equatable {
  package let id: String
  package let kind: AlertKind
  package let title: String
  package let determination: Determination
  /// How much of each indicator applied, from 0 to 1. Those not named did not apply.
  package let features: [String: Double]
  package let reasoning: String

  package init(
    id: String, kind: AlertKind, title: String, determination: Determination, features: [String: Double],
    reasoning: String
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.determination = determination
    self.features = features
    self.reasoning = reasoning
  }
}

/// The precedents that are known, and how much each indicator counts in comparing.
package struct PrecedentBook: Sendable, Equatable {
  package let version: String
  package let weights: [String: Double]
  package let precedents: [Precedent]

  package init(version: String, weights: [String: Double], precedents: [Precedent]) {
    self.version = version
    self.weights = weights
    self.precedents = precedents
  }

  /// The nearest precedent of the kind, and the next one. Nil when the book has none that is at all alike.
  package func match(_ kind: AlertKind, _ scored: [ScoredEvidence]) -> PrecedentMatch? {
    let features = features(of: scored)
    let ranked = precedents.filter { $0.kind == kind }
      .map { PrecedentMatch.Candidate(precedent: $0, similarity: similarity(features, $0.features)) }
      .sorted { ($1.similarity, $0.precedent.id) < ($0.similarity, $1.precedent.id) }
    guard let best = ranked.first, best.similarity > 0 else { return nil }
    return PrecedentMatch(best: best, runnerUp: ranked.dropFirst().first)
  }

  /// As the precedents have them: how much applied, of the most that the indicator can give, defeats counted.
  private func features(of scored: [ScoredEvidence]) -> [String: Double] {
    scored.reduce(into: [:]) { features, item in
      guard let weight = weights[item.evidence.indicator], weight > 0 else { return }
      let strength = Statistics.clamp(item.points.value / weight)
      features[item.evidence.indicator] = max(strength, features[item.evidence.indicator] ?? 0)
    }
  }

  /// What both have, of what either has, by weight: one less the weighted distance of Jaccard's kind. Nothing in common is 0.
  private func similarity(_ left: [String: Double], _ right: [String: Double]) -> Int {
    var common = 0.0
    var total = 0.0
    for name in Set(left.keys).union(right.keys).sorted() {
      let weight = weights[name] ?? 0
      common += weight * min(left[name] ?? 0, right[name] ?? 0)
      total += weight * max(left[name] ?? 0, right[name] ?? 0)
    }
    guard total > 0 else { return 0 }
    return Int((100 * common / total).rounded(.toNearestOrAwayFromZero))
  }
}

package struct PrecedentMatch: Sendable, Equatable {
  package struct Candidate: Sendable, Equatable {
    package let precedent: Precedent
    /// From 0 to 100.
    package let similarity: Int
  }

  package let best: Candidate
  package let runnerUp: Candidate?
}
