extension PolicyKey {
  package static let priorDoubt = PolicyKey(
    "decision.doubt.prior", 12, in: 1...100,
    "What the evidence has to weigh against before anything is known. The higher, the more evidence a decision needs.")
  package static let doubtPerGap = PolicyKey(
    "decision.doubt.per_gap", 8, "What each mandatory source that is missing adds to the doubt.")
  package static let escalateAt = PolicyKey(
    "decision.escalate.at", 70, in: 50...100, "The confidence in a genuine alert from which the advice is to escalate.")
  package static let escalateWithGapsAt = PolicyKey(
    "decision.escalate.at_with_gaps", 80, in: 50...100, "The same where several mandatory sources are missing.")
  package static let closeAt = PolicyKey(
    "decision.close.at", 70, in: 50...100, "The confidence in a false positive from which the advice is to close.")
  package static let manyGaps = PolicyKey(
    "decision.gaps.several", 2, in: 1...20,
    "So many missing mandatory sources are several: closing is barred, and escalating needs more confidence.")
  package static let questionsAtMost = PolicyKey(
    "questions.at_most", 2, in: 0...2, "How many questions people are asked about one alert.")

  package static let preclearancePoints = PolicyKey(
    "questions.preclearance.points", 80, "Points for a trade that was cleared beforehand, or against one that was not.")
  package static let preclearanceFactor = PolicyKey(
    "questions.preclearance.factor", 0.5, in: 0...1, "What a verified clearance leaves of I4, I7, I8, I9 and I11.")
  package static let contactPoints = PolicyKey(
    "questions.insider_contact.confirmed", 80, "Points against a trader whose contact with an insider is confirmed.")
  package static let noContactPoints = PolicyKey(
    "questions.insider_contact.none_found", 25, "Points for a trader of whom no such contact was found.")
  package static let decisionMakerPoints = PolicyKey(
    "questions.decision_maker.points", 80,
    "Points against accounts for which one person decides, or for accounts with independent deciders.")
  package static let decisionMakerFactor = PolicyKey(
    "questions.decision_maker.factor", 0.25, in: 0...1, "What one decider leaves of X2, X3, X4 and X6.")
  package static let noLicencePoints = PolicyKey(
    "questions.mm_status.not_licensed", 40, "Points against a maker that has no licence.")
  package static let noLicenceFactor = PolicyKey(
    "questions.mm_status.not_licensed_factor", 0.25, in: 0...1, "What the missing licence leaves of X1.")
  package static let strategiesPoints = PolicyKey(
    "questions.strategies.points", 80, "Points for strategies that are independent, or against those that are not.")
  package static let independentFactor = PolicyKey(
    "questions.strategies.independent_factor", 0.5, in: 0...1, "What independent strategies leave of W1 to W5.")
  package static let sameTraderFactor = PolicyKey(
    "questions.strategies.same_trader_factor", 0.25, in: 0...1, "What one trader behind both strategies leaves of X9.")

  /// What turns opinions into advice, and answers into points.
  package static let decision: [PolicyKey] = [
    .priorDoubt, .doubtPerGap, .escalateAt, .escalateWithGapsAt, .closeAt, .manyGaps, .questionsAtMost,
    .preclearancePoints, .preclearanceFactor, .contactPoints, .noContactPoints, .decisionMakerPoints,
    .decisionMakerFactor, .noLicencePoints, .noLicenceFactor, .strategiesPoints,
    .independentFactor, .sameTraderFactor,
  ]
}
