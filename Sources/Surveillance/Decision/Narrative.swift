/// The reasoning as two to four paragraphs, from templates. Every number in it says which tool it comes from.
package struct Narrative: Sendable, Equatable {
  package let paragraphs: [CitedText]

  /// So many sentences of each side: more is a list, and the list of the evidence is there.
  private static let sentences = 4

  /// - Parameter isQuoting: with what quotes the alert's own words. A model's draft does without.
  init(_ alert: Alert, _ judgement: Judgement, _ precedents: PrecedentMatch?, quoting isQuoting: Bool = true) {
    let name = isQuoting || alert.hasPlainID ? "alert \(alert.id)" : "this alert"
    let all = [
      Self.advice(on: name, judgement), Self.suspicion(judgement), Self.mitigation(judgement),
      Self.circumstances(judgement, precedents, quoting: isQuoting),
    ]
    paragraphs = all.compactMap { $0.map { CitedText(pieces: $0.pieces) } }
  }

  package var plain: String { paragraphs.map(\.plain).joined(separator: "\n\n") }

  private static func advice(on name: String, _ judgement: Judgement) -> CitedText {
    let opinion = judgement.opinion
    let what: String =
      switch judgement.determination {
      case .escalate: "to escalate the alert"
      case .close: "to close the alert"
      case .needsHumanReview: "that a person reviews the alert"
      }
    let figures: CitedText =
      """
      Of \(100, from: .evaluation), the evidence gives \(opinion.genuine, from: .evaluation) to a genuine alert and \
      \(opinion.falsePositive, from: .evaluation) to a false positive; \(opinion.uncertainty, from: .evaluation) are \
      uncertain.
      """
    let end = "This is advice to the person who decides, and it accuses nobody."
    return CitedText(citing: "On \(name), the advice is \(what). ", from: .readAlert) + figures
      + " \(Self.rule(judgement)) \(end)"
  }

  /// Which rule gave the advice.
  private static func rule(_ judgement: Judgement) -> CitedText {
    switch judgement.reason {
    case .genuine(let threshold):
      "A genuine alert is escalated from \(threshold, from: .evaluation) on."
    case .falsePositive(let threshold):
      "A false positive is closed from \(threshold, from: .evaluation) on."
    case .hardFlag(let indicators):
      CitedText(
        citing: "Closing is barred, whatever the figures say, by \(titles(indicators, judgement)).", from: .evaluation)
    case .gaps(let count):
      "Closing is barred because \(count, from: .evaluation) sources are missing that a decision needs."
    case .review(let why): CitedText(citing: why, from: .evaluation)
    case .undecided(let escalateAt, let closeAt):
      """
      That is below the \(escalateAt, from: .evaluation) from which alerts are escalated, and below the \
      \(closeAt, from: .evaluation) from which they are closed.
      """
    }
  }

  private static func titles(_ indicators: [String], _ judgement: Judgement) -> String {
    Findings.listed(
      indicators.map { name in
        let title = judgement.scored.first { $0.evidence.indicator == name }?.evidence.title
        return title.map { "“\($0)” (\(name))" } ?? name
      })
  }

  private static func suspicion(_ judgement: Judgement) -> CitedText {
    let items = Findings.ranked(judgement.scored, .suspicion)
    guard !items.isEmpty else { return "No indicator speaks for a genuine alert." }
    return "The following speaks for a genuine alert. " + sentences(items)
  }

  private static func mitigation(_ judgement: Judgement) -> CitedText? {
    let items = Findings.ranked(judgement.scored, .mitigation)
    let defeats = Findings(judgement).mitigating
    guard !items.isEmpty || !defeats.isEmpty else { return nil }
    let start: CitedText = items.isEmpty ? "" : "The following speaks against it. " + sentences(items)
    guard !defeats.isEmpty else { return start }
    return start + (items.isEmpty ? "" : " ") + defeats.joined(separator: " ")
  }

  private static func sentences(_ items: [ScoredEvidence]) -> CitedText {
    let shown = items.prefix(sentences).map(Findings.statement).joined(separator: " ")
    return items.count > sentences ? shown + " Weaker indicators point the same way." : shown
  }

  /// What is missing, where the alert and the data differ, and the case of old that is nearest.
  private static func circumstances(
    _ judgement: Judgement, _ precedents: PrecedentMatch?, quoting isQuoting: Bool
  ) -> CitedText? {
    var sentences: [CitedText] = []
    if isQuoting {
      sentences += judgement.gaps.map { CitedText(citing: $0.statement, from: .evaluation) }
      sentences += judgement.assessment.mismatches.map { $0.sourced(from: .readAlert) }
    }
    if let best = precedents?.best {
      let outcome = best.precedent.determination.outcome
      sentences.append(
        CitedText(citing: "The nearest precedent is “\(best.precedent.title)”", from: .evaluation)
          + ", alike to \(best.similarity, from: .evaluation) of \(100, from: .evaluation); \(outcome).")
    }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }
}

extension Determination {
  fileprivate var outcome: String {
    switch self {
    case .escalate: "it was escalated"
    case .close: "it was closed"
    case .needsHumanReview: "a person reviewed it"
    }
  }
}
