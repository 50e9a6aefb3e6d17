/// The sentences of a decision, taken from the evidence: what speaks for it, what against, what took weight from what.
package struct Findings: Sendable, Equatable {
  /// One to ten, the weightiest first.
  package let key: [CitedText]
  package let favorable: [CitedText]
  package let mitigating: [CitedText]
  package let mismatches: [CitedText]

  private static let most = 10

  init(_ judgement: Judgement) {
    let suspicious = Self.ranked(judgement.scored, .suspicion)
    let favorable = Self.ranked(judgement.scored, .mitigation)
    mismatches = judgement.assessment.mismatches.map { $0.sourced(from: .readAlert) }
    let findings = suspicious.map(Self.statement) + mismatches
    key = findings.isEmpty ? [Self.nothing(favorable)] : Array(findings.prefix(Self.most))
    self.favorable = favorable.map(Self.statement)
    mitigating = Self.defeats(judgement)
  }

  /// Those that give points, the most points first; equal ones in the policy's order.
  static func ranked(_ scored: [ScoredEvidence], _ side: Evidence.Side) -> [ScoredEvidence] {
    scored.enumerated().filter { $0.element.evidence.side == side && $0.element.points > .zero }
      .sorted { ($1.element.points, $0.offset) < ($0.element.points, $1.offset) }.map(\.element)
  }

  static func statement(_ item: ScoredEvidence) -> CitedText {
    item.evidence.statement.sourced(from: item.evidence.tool)
  }

  private static func nothing(_ favorable: [ScoredEvidence]) -> CitedText {
    favorable.isEmpty
      ? "No indicator speaks for a genuine alert or against it." : "No indicator speaks for a genuine alert."
  }

  /// One sentence for each fact that took weight from others.
  private static func defeats(_ judgement: Judgement) -> [CitedText] {
    let weakened = judgement.scored.filter { $0.points < $0.rawPoints }
    let names = judgement.defeats.reduce(into: [String]()) { names, defeat in
      if !names.contains(defeat.by) { names.append(defeat.by) }
    }
    return names.compactMap { name in
      let titles = weakened.filter { $0.defeatedBy.contains(name) }.map(\.evidence.title)
      guard !titles.isEmpty else { return nil }
      let fact = judgement.scored.first { $0.evidence.indicator == name }?.evidence
      let title = fact?.title ?? OpenQuestion.Kind(rawValue: name)?.title ?? name
      let text = "“\(title)” takes weight from \(listed(titles.map { "“\($0)”" }))."
      return CitedText(citing: text, from: fact?.tool ?? .humanInput)
    }
  }

  static func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
