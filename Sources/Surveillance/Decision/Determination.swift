/// The advice. It goes to a person, who decides.
package enum Determination: String, Sendable, Hashable, CaseIterable {
  case escalate = "ESCALATE"
  case close = "CLOSE"
  case needsHumanReview = "NEEDS_HUMAN_REVIEW"

  /// What to make of two analyses of one alert: the graver advice counts.
  package static func combined(_ all: [Determination]) -> Determination? {
    let byGravity: [Determination] = [.escalate, .needsHumanReview, .close]
    return byGravity.first { all.contains($0) }
  }
}

package enum RecommendedAction: String, Sendable, Hashable, CaseIterable {
  case escalate = "ESCALATE"
  case close = "CLOSE"
  case monitor = "MONITOR"
  case requestMoreData = "REQUEST_MORE_DATA"
}

/// Who wrote the narrative's words. The figures and the advice are never a model's.
package enum Interpretation: String, Sendable, Hashable, CaseIterable { case template, llm, mixed }
