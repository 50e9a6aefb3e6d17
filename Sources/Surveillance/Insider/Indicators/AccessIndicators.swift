/// I1 to I3: what the trader was allowed to do, and could know.
extension InsiderCase {
  var permission: Evidence? {
    guard let trader = facts.profile.trader else { return nil }
    return evidence(
      "I1", "Not permitted to trade", .suspicion, InsiderPolicy.permissionPoints,
      trader.permission == .none ? 1 : 0, .traderProfile, [.init("permission", .text(trader.permission.rawValue))],
      "The register gives the trader, \(trader.role, from: .traderProfile), no permission to trade.")
  }

  var restricted: Evidence? {
    let points = InsiderPolicy.restrictedPoints
    if let row = facts.profile.restrictions.first(where: { $0.list == .restricted }) {
      return evidence(
        "I2", "Restricted instrument", .suspicion, points, 1, .traderProfile, listInputs(row),
        """
        \(position.symbol, from: .traderProfile) was on the restricted list from \(row.from, from: .traderProfile) to \
        \(row.to, from: .traderProfile), when the trade was made.
        """)
    }
    guard let row = facts.profile.restrictions.first else { return nil }
    return evidence(
      "I2", "Watched instrument", .suspicion, points, share(InsiderPolicy.watchPoints, of: points), .traderProfile,
      listInputs(row),
      """
      \(position.symbol, from: .traderProfile) was on the watch list from \(row.from, from: .traderProfile) to \
      \(row.to, from: .traderProfile), when the trade was made.
      """)
  }

  var access: Evidence? {
    if let entry = facts.profile.insiderEntries.first { return listedAccess(entry) }
    // The policy may set the parts in any order: the greatest counts.
    let others = [linkedAccess, ownAccess].compactMap(\.self)
    return others.max { $0.strength < $1.strength }
  }

  private func listedAccess(_ entry: InsiderRow) -> Evidence? {
    let how = entry.source == .insiderList ? "on the insider list" : "brought over the wall"
    return evidence(
      "I3", "Access to inside information", .suspicion, InsiderPolicy.insiderPoints, 1, .traderProfile,
      [
        .init("source", .text(entry.source.rawValue)), .init("from", .day(entry.from)), .init("to", .day(entry.to)),
      ],
      """
      The trader was \(how) for \(position.symbol, from: .traderProfile) from \(entry.from, from: .traderProfile) to \
      \(entry.to, from: .traderProfile).
      """)
  }

  private var linkedAccess: Evidence? {
    guard let link = closeLinks.filter(\.isInsider).min(by: { ($0.degree, $0.id) < ($1.degree, $1.id) }) else {
      return nil
    }
    let points = InsiderPolicy.insiderPoints
    return evidence(
      "I3", "Linked to an insider", .suspicion, points, share(InsiderPolicy.linkedPoints, of: points), .relatedParties,
      [
        .init("party", .text(link.id)), .init("relation", .text(link.relation.rawValue)),
        .init("degree", .integer(link.degree)),
      ],
      """
      The trader is linked to \(link.id, from: .relatedParties) (\(link.relation.rawValue)), who was on the insider \
      list or brought over the wall for \(position.symbol, from: .relatedParties).
      """)
  }

  private var ownAccess: Evidence? {
    guard let access = facts.profile.trader?.access, access != .none else { return nil }
    let points = InsiderPolicy.insiderPoints
    let part = access == .low ? InsiderPolicy.lowAccessPoints : InsiderPolicy.accessPoints
    return evidence(
      "I3", "Access to inside information", .suspicion, points, share(part, of: points), .traderProfile,
      [.init("access", .text(access.rawValue))],
      "The trader's access to inside information is \(access.rawValue.lowercased(), from: .traderProfile).")
  }

  private func listInputs(_ row: RestrictionRow) -> [Evidence.Input] {
    [.init("list", .text(row.list.rawValue)), .init("from", .day(row.from)), .init("to", .day(row.to))]
  }
}
