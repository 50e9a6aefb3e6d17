extension Decision {
  /// The advice in a line or two, for lists and for the last word of a task.
  package var sentence: String {
    let opinion = judgement.opinion
    let scores = "genuine \(opinion.genuine), false positive \(opinion.falsePositive)"
    let reason = leading.map { " \($0.plain)" } ?? ""
    return "\(judgement.determination.rawValue) (\(scores)).\(reason)"
  }

  /// What weighs most for the advice.
  private var leading: CitedText? {
    let side: Evidence.Side = judgement.determination == .close ? .mitigation : .suspicion
    return judgement.scored.filter { $0.evidence.side == side }.max { $0.points < $1.points }?.evidence.statement
      ?? findings.key.first
  }
}
