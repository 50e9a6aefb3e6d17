/// I4 to I6 and M1 to M3: the trade beside what the trader usually does.
extension InsiderCase {
  var unusualSize: Evidence? {
    guard let score = sizeScore else { return nil }
    return evidence(
      "I4", "Unusual size", .suspicion, InsiderPolicy.sizePoints, sizeStrength, .traderHistory, sizeInputs(score),
      sizeStatement(score))
  }

  var newSymbol: Evidence? {
    guard isNewSymbol == true else { return nil }
    let days = TraderHistoryFacts.days
    let statement: CitedText =
      facts.history.count == 0
      ? """
      The trader had made no trade at all in the \(days, from: .traderHistory) days before: \
      the account is new, or slept.
      """
      : """
      None of the trader's \(facts.history.count, from: .traderHistory) trades of the \(days, from: .traderHistory) \
      days before was in \(position.symbol, from: .traderHistory).
      """
    return evidence(
      "I5", "New instrument", .suspicion, InsiderPolicy.newSymbolPoints, 1, .traderHistory,
      [.init("trades", .integer(facts.history.count)), .init("trades in the instrument", .integer(0))], statement)
  }

  var newSector: Evidence? {
    guard isNewSector == true, let sector = facts.history.sector else { return nil }
    return evidence(
      "I6", "New sector", .suspicion, InsiderPolicy.newSectorPoints, 1, .traderHistory,
      [.init("sector", .text(sector)), .init("trades in the sector", .integer(0))],
      """
      The trader had not traded the sector \(sector, from: .traderHistory) in the \
      \(TraderHistoryFacts.days, from: .traderHistory) days before.
      """)
  }

  var pattern: Evidence? {
    guard facts.history.isAvailable else { return nil }
    let count = facts.history.symbolCount
    return evidence(
      "M1", "Earlier trades in the instrument", .mitigation, InsiderPolicy.patternPoints,
      min(1, Double(count) / policy[InsiderPolicy.patternTrades]), .traderHistory,
      [.init("trades in the instrument", .integer(count))],
      """
      The trader had traded \(position.symbol, from: .traderHistory) \(count, from: .traderHistory) times in the \
      \(TraderHistoryFacts.days, from: .traderHistory) days before.
      """)
  }

  var programme: Evidence? {
    let programme = facts.history.programme
    guard facts.history.isAvailable, Double(programme.count) >= policy[InsiderPolicy.programmeTrades],
      let variation = programme.intervalVariation, variation < policy[InsiderPolicy.programmeVariation],
      let ratio = programme.sizeRatio, ratio <= policy[InsiderPolicy.programmeRatio]
    else { return nil }
    return evidence(
      "M2", "Regular programme", .mitigation, InsiderPolicy.programmePoints, 1, .traderHistory,
      [
        .init("trades", .integer(programme.count)), .init("interval variation", .decimal(variation, digits: 2)),
        .init("size ratio", .decimal(ratio, digits: 2)),
      ],
      """
      The \(noun) continues \(programme.count, from: .traderHistory) regular ones of the same kind: their intervals \
      vary by \(variation, digits: 2, from: .traderHistory), and it is \(ratio, digits: 2, from: .traderHistory) times \
      their usual size.
      """)
  }

  var usualSize: Evidence? {
    guard let score = sizeScore else { return nil }
    return evidence(
      "M3", "Usual size", .mitigation, InsiderPolicy.usualSizePoints,
      Statistics.clamp(policy[InsiderPolicy.usualSizeScore] - score), .traderHistory, sizeInputs(score),
      sizeStatement(score))
  }

  private func sizeInputs(_ score: Double) -> [Evidence.Input] {
    [
      .init("quantity", .integer(position.quantity)),
      .init("median quantity", facts.history.medianQuantity.map { .decimal($0, digits: 0) } ?? .missing),
      .init("trades", .integer(facts.history.count)), .init("score", .decimal(score, digits: 2)),
    ]
  }

  private func sizeStatement(_ score: Double) -> CitedText {
    let multiple = facts.history.multiple(of: position.quantity) ?? 0
    return """
      The \(noun) was \(multiple, digits: 1, from: .traderHistory) times the trader's usual size, a score of \
      \(score, digits: 1, from: .traderHistory) against \(facts.history.count, from: .traderHistory) earlier trades.
      """
  }
}
