extension InsiderCase {
  /// In the policy's order.
  var indicators: [Evidence] {
    let suspicion = [
      permission, restricted, access, unusualSize, newSymbol, newSector, proximity, eventMove, gain, volume,
      noPublicCause, againstPeers, coordination,
    ]
    let mitigation = [
      pattern, programme, usualSize, publicCause, withPeers, role, scheduled, wrongWay, plan,
    ]
    return (suspicion + mitigation).compactMap(\.self)
  }

  /// A plan that covers the trade takes weight from what would otherwise point to knowledge.
  var defeats: [Defeat] {
    guard coveringPlan != nil else { return [] }
    return [
      Defeat(by: "M9", of: ["I3", "I7", "I8", "I9", "I11", "I12"], factor: policy[InsiderPolicy.planFactor])
    ]
  }

  /// What bars closing: no permission, a restricted instrument, and being an insider, the last not under a plan.
  var hardFlags: [String] {
    var flags: [String] = []
    if facts.profile.trader?.permission == TraderRow.Permission.none { flags.append("I1") }
    if facts.profile.restrictions.contains(where: { $0.list == .restricted }) { flags.append("I2") }
    if isOnInsiderList, coveringPlan == nil { flags.append("I3") }
    return flags
  }
}
