/// How far the flagged trades lie apart, and how much they agree.
package struct TradeTimingTool: Tool {
  package static let name = ToolName.tradeTiming
  package static let steps = 3

  private let alert: Alert
  private let reference: ReferenceData
  private let policy: Policy

  package init(alert: Alert, reference: ReferenceData, policy: Policy = .standard) {
    self.alert = alert
    self.reference = reference
    self.policy = policy
  }

  package func run(_ reporter: ToolReporter) async throws -> TimingFacts {
    let accounts = try await TradeGroup.accounts(alert, reference, policy, reporter)
    let relationships = try await RelationshipLoader.load(accounts, reference, policy, looking: reporter)
    let group = try await TradeGroup.collect(alert, reference, relationships, policy, reporter)
    var facts = group.timing
    try await reporter.step(1, records: facts.legs.count, "Flagged trades and their rows in the record")
    facts.isAuction = !facts.pairs.isEmpty && facts.pairs.allSatisfy(\.isAuction)
    try await reporter.step(2, records: facts.pairs.count, "Buys and sells that face each other")
    facts.agreement = Statistics.mean(facts.pairs.map(agreement)) ?? 0
    let percent = Decimals.text(100 * facts.agreement, digits: 0)
    try await reporter.step(3, "They agree to \(percent)% in time, price and quantity")
    return facts
  }

  private func agreement(_ pair: TradePair) -> Double {
    let time = TimeTier.points(pair.milliseconds, policy) / policy[WashKey.timeTiers[0].0]
    let price = 1 - Statistics.ramp(pair.priceGap, policy[WashKey.priceFrom], policy[WashKey.priceTo])
    return (Statistics.clamp(time) + price + pair.overlap) / 3
  }
}

/// How much a gap between two trades weighs.
enum TimeTier {
  static func points(_ milliseconds: Int, _ policy: Policy) -> Double {
    for (points, seconds) in WashKey.timeTiers where milliseconds <= policy.milliseconds(seconds) {
      return policy[points]
    }
    return 0
  }
}
