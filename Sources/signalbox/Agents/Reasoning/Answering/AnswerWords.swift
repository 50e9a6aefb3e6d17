import Surveillance

/// The words of an answer, by rules: what each look gave, what follows from them together, and what is left open.
struct AnswerWords: Sendable {
  static let help = """
    Ask about traders, accounts, owners or instruments by their id, symbol or name, such as: Who owns the account A-9152? Which trades had \
    T-9140 in ORBATE in October 2026? Who is related to A-9160? How did the price of ORBATE move around 2026-10-19? Compare the trades of \
    T-9140 and T-9141.
    """

  let inquiry: Inquiry
  let lookups: Lookups

  func text(_ evidence: [TakenLook], notes: [String]) -> String {
    guard inquiry.isUnderstood else { return nothingUnderstood }
    let sentences =
      evidence.map(\.result.sentence) + [comparison(evidence)].compactMap { $0 } + notes + openPoints
    return sentences.joined(separator: "\n")
  }

  private var nothingUnderstood: String {
    let words = inquiry.unknown.map { "\"\($0)\"" }
    let what =
      words.isEmpty
      ? "The question names nobody and nothing that is on file."
      : "Nobody and nothing on file is called \(Lookups.some(words))."
    return "\(what) Alerts themselves are not in the reference data: the orchestrator examines them. \(Self.help)"
  }

  /// What the question says beside what was answered.
  var openPoints: [String] {
    var points = inquiry.ambiguities.map { ambiguity in
      "Who is meant by \"\(ambiguity.words)\" was left open: it may be "
        + "\(ambiguity.candidates.map(lookups.title).joined(separator: " or ")). Ask again with the id."
    }
    if !inquiry.unknown.isEmpty {
      points.append("Not known here: \(Lookups.some(inquiry.unknown.map { "\"\($0)\"" })).")
    }
    return points
  }

  /// Of two or more that were measured alike, who has most.
  private func comparison(_ evidence: [TakenLook]) -> String? {
    guard inquiry.intents.contains(.compare) else { return nil }
    let measures = evidence.compactMap(\.result.measure)
    guard measures.count > 1, let name = measures.first?.name, measures.allSatisfy({ $0.name == name }) else {
      return "What was found cannot be held against each other."
    }
    let ranked = measures.sorted { $0.value > $1.value }
    guard ranked[0].value != ranked[1].value else { return "Compared by the \(name), the first two are equal." }
    return "Compared by the \(name): \(ranked.map(\.text).joined(separator: ", then "))."
  }
}
