/// I13, M6 and M9: linked parties, the trader's role, and plans.
extension InsiderCase {
  var coordination: Evidence? {
    let trades = facts.related.coordinated.filter { Double($0.degree) <= policy[InsiderPolicy.linkDegree] }
    guard let first = trades.first else { return nil }
    let parties = Set(trades.map(\.party)).sorted()
    return evidence(
      "I13", "Linked parties traded alike", .suspicion, InsiderPolicy.coordinationPoints, 1, .relatedParties,
      [
        .init("trades", .integer(trades.count)), .init("parties", .text(parties.joined(separator: ", "))),
        .init("first", .instant(first.time)),
      ],
      """
      Within \(RelatedPartiesFacts.hours, from: .relatedParties) hours of the \(noun), \
      \(trades.count, from: .relatedParties) \(trades.count == 1 ? "trade" : "trades") in the same direction \
      \(trades.count == 1 ? "was" : "were") made by \(parties.joined(separator: ", "), from: .relatedParties), \
      linked to the trader.
      """)
  }

  var role: Evidence? {
    guard let trader = facts.profile.trader else { return nil }
    let points = InsiderPolicy.rolePoints
    let inputs: [Evidence.Input] = [
      .init("role", .text(trader.role)), .init("sector", facts.profile.sector.map { .text($0) } ?? .missing),
    ]
    if facts.profile.isInMandate, let sector = facts.profile.sector {
      return evidence(
        "M6", "Within the mandate", .mitigation, points, 1, .traderProfile, inputs,
        "As \(trader.role, from: .traderProfile) the trader has a mandate for \(sector, from: .traderProfile).")
    }
    guard TraderRole(trader.role).isAnalyst else { return nil }
    return evidence(
      "M6", "An analyst's role", .mitigation, points, share(InsiderPolicy.analystPoints, of: points), .traderProfile,
      inputs, "The trader works as \(trader.role, from: .traderProfile), whose work is views on instruments.")
  }

  /// Also told where a plan is on file that does not cover the trade: without points, but with the reason.
  var plan: Evidence? {
    if let plan = coveringPlan {
      return evidence(
        "M9", "Plan arranged beforehand", .mitigation, InsiderPolicy.planPoints, 1, .traderProfile, planInputs(plan),
        """
        The \(noun) is covered by plan \(plan.id, from: .traderProfile), adopted \
        \(position.day - plan.adopted, from: .traderProfile) days before it for up to \
        \(plan.maximumQuantity, from: .traderProfile) shares.
        """)
    }
    guard let plan = facts.profile.plans.last, let reason = reasonAgainst(plan) else { return nil }
    return Evidence(
      "M9", "Plan that does not cover the trade", .mitigation, weight: policy[InsiderPolicy.planPoints], strength: 0,
      tool: .traderProfile, inputs: planInputs(plan),
      statement: "Plan \(plan.id, from: .traderProfile) is on file, but does not cover the \(noun): \(reason).")
  }

  var coveringPlan: PlanRow? { facts.profile.plans.first { reasonAgainst($0) == nil } }

  /// Why a plan for the instrument does not cover the trade; nil: it does.
  private func reasonAgainst(_ plan: PlanRow) -> CitedText? {
    let isOfficer = facts.profile.trader.map { TraderRole($0.role).isOfficer } ?? true
    let wait = policy[isOfficer ? InsiderPolicy.planOfficerDays : InsiderPolicy.planOtherDays]
    let waited = position.day - plan.adopted
    if plan.symbol != position.symbol { return "it is for another instrument" }
    if plan.side != side { return "it is for trades on the other side" }
    if plan.status != .active { return "its status is \(plan.status.rawValue, from: .traderProfile)" }
    if waited <= 0 { return "it was adopted on \(plan.adopted, from: .traderProfile), not before the trade" }
    if Double(waited) < wait {
      return """
        it was adopted \(waited, from: .traderProfile) days before, and \(wait, digits: 0, from: .traderProfile) are \
        needed
        """
    }
    if plan.firstTrade > position.day { return "its first trade was to be on \(plan.firstTrade, from: .traderProfile)" }
    if position.quantity > plan.maximumQuantity {
      return """
        it allows \(plan.maximumQuantity, from: .traderProfile) shares, and \(position.quantity, from: .readAlert) \
        were traded
        """
    }
    return nil
  }

  private func planInputs(_ plan: PlanRow) -> [Evidence.Input] {
    [
      .init("plan", .text(plan.id)), .init("adopted", .day(plan.adopted)), .init("first trade", .day(plan.firstTrade)),
      .init("side", .text(plan.side.rawValue)), .init("most shares", .integer(plan.maximumQuantity)),
      .init("status", .text(plan.status.rawValue)),
    ]
  }
}
