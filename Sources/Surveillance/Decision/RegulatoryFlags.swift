/// The provisions that whoever decides may want to look at. They are pointers, and say nothing about whether one was broken.
enum RegulatoryFlags {
  private struct Rule {
    let text: String
    /// The indicators that make it worth a look; empty: always.
    let indicators: Set<String>

    init(_ text: String, _ indicators: Set<String> = []) {
      self.text = text
      self.indicators = indicators
    }
  }

  /// None for an alert that is to be closed.
  static func list(_ judgement: Judgement) -> [String] {
    guard judgement.determination != .close else { return [] }
    let present = Set(judgement.scored.filter { $0.points > .zero }.map(\.evidence.indicator))
    let rules = judgement.assessment.kind == .insiderTrading ? insider : wash
    let report = judgement.determination == .escalate ? ["MAR Article 16(2): report of a suspicion without delay"] : []
    return rules.filter { $0.indicators.isEmpty || !$0.indicators.isDisjoint(with: present) }.map(\.text) + report
  }

  private static let insider = [
    Rule("MAR Articles 8 and 14: insider dealing"),
    Rule("MAR Article 9: legitimate behaviour", ["M2", "M9", "preclearance"]),
    Rule("MAR Article 10: unlawful disclosure of inside information", ["I13", "insider_contact"]),
    Rule("MAR Article 18: insider lists", ["I3"]),
    Rule("MAR Article 19: closed periods and dealings of managers", ["I2", "M9"]),
    Rule("US Exchange Act section 10(b), rule 10b-5: fraud in connection with a security"),
    Rule("US rule 10b5-1: awareness, and plans that were adopted before it", ["M9"]),
  ]

  private static let wash = [
    Rule("MAR Articles 12(1)(a) and 15: false or misleading signals"),
    Rule("MAR Annex I.A: no change of beneficial ownership, share of the day's volume", ["W1", "W3", "W6"]),
    Rule("FCA MAR 1.6: legitimate reasons for a trade", ["X7", "X8"]),
    Rule("US Exchange Act section 9(a)(1): no change of beneficial ownership", ["W1"]),
    Rule("US Commodity Exchange Act section 4c(a), CFTC rule 1.38: wash sales and cross trades", ["W1", "W2"]),
    Rule("CME rule 534: wash trades; independent decision makers", ["W1", "W2", "decision_maker"]),
    Rule("FINRA rule 5210.02: self-trades of unrelated algorithms", ["X9", "strategies"]),
    Rule(
      "Singapore SFA section 197(2)(a) and (3)(a): no change of beneficial ownership, a rebuttable presumption", ["W1"]),
  ]
}
