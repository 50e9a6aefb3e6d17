/// People and firms that are linked to the trader, whether one of them is an insider, and whether they traded alike.
package struct RelatedPartiesTool: Tool {
  package static let name = ToolName.relatedParties
  package static let steps = 3

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> RelatedPartiesFacts {
    guard let position = FlaggedPosition(alert) else { throw NoFlaggedTrade(alertID: alert.id) }
    let trader = FlaggedTrader.id(alert, position, reference)
    let own = ownNames(trader, position)
    let closest = closestLinks(own)
    let insiders = Set(
      reference.insiderEntries(position.symbol)
        .filter { TraderProfileTool.overlap($0.from, $0.to, position.days) }.map(\.traderID))
    var facts = RelatedPartiesFacts()
    facts.links = closest.keys.sorted().compactMap { id in
      closest[id].map { link in
        .init(
          id: id, relation: link.relation, degree: link.degree,
          isInsider: !names(of: id).isDisjoint(with: insiders))
      }
    }
    facts.unconfirmed = Set(alert.relatedParties.map(\.id)).subtracting(own).subtracting(closest.keys).sorted()
    try await reporter.step(
      1, records: facts.links.count, "Read who is linked to the trader: \(facts.links.count) parties.")

    let around = RelatedPartiesFacts.hours * Instant.perHour
    let rows = reference.trades(in: position.symbol, (position.firstTime - around)...(position.lastTime + around))
    try await reporter.step(
      2, records: rows.count, "Read the trades in \(position.symbol) of \(RelatedPartiesFacts.hours) hours around.")

    let parties = partiesByName(facts.links)
    for (index, row) in rows.enumerated() {
      try await reporter.look(at: index)
      guard row.side == position.side, row.traderID != trader, !position.contains(row),
        let party = party(of: row, parties)
      else { continue }
      facts.coordinated.append(
        .init(
          id: row.id, party: party.id, degree: party.degree, time: row.time, quantity: row.quantity, price: row.price))
    }
    facts.coordinated.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    try await reporter.step(3, "\(facts.coordinated.count) of them are linked parties' trades in the same direction.")
    return facts
  }

  /// Under which names the register may know the trader: links tie traders, owners or accounts.
  private func ownNames(_ trader: String?, _ position: FlaggedPosition) -> Set<String> {
    let accounts = position.trades.compactMap(\.accountID).filter { !$0.isEmpty }
    let owners = accounts.compactMap { reference.account($0)?.ownerID }.filter { !$0.isEmpty }
    return Set(accounts + owners + [trader].compactMap(\.self).filter { !$0.isEmpty })
  }

  /// An account is also its owner and whoever decides for it; an owner is also the accounts.
  private func names(of id: String) -> Set<String> {
    let account = reference.account(id)
    let accounts = reference.accounts(ofOwner: id).map(\.id)
    return Set([id] + accounts + [account?.ownerID, account?.controllerID].compactMap(\.self).filter { !$0.isEmpty })
  }

  /// The other ends of the links; of several to one party the closest.
  private func closestLinks(_ own: Set<String>) -> [String: LinkRow] {
    var closest: [String: LinkRow] = [:]
    for link in own.sorted().flatMap({ reference.links(of: $0) }) {
      let other = own.contains(link.first) ? link.second : link.first
      guard !own.contains(other) else { continue }
      if let known = closest[other], (known.degree, known.relation.rawValue) <= (link.degree, link.relation.rawValue) {
        continue
      }
      closest[other] = link
    }
    return closest
  }

  private func partiesByName(
    _ links: [RelatedPartiesFacts.LinkedParty]
  ) -> [String: RelatedPartiesFacts.LinkedParty] {
    var parties: [String: RelatedPartiesFacts.LinkedParty] = [:]
    for link in links {
      for name in names(of: link.id) where parties[name].map({ $0.degree > link.degree }) ?? true {
        parties[name] = link
      }
    }
    return parties
  }

  private func party(
    of row: TradeRow, _ parties: [String: RelatedPartiesFacts.LinkedParty]
  ) -> RelatedPartiesFacts.LinkedParty? {
    parties[row.traderID] ?? parties[row.accountID]
      ?? reference.account(row.accountID).flatMap { parties[$0.ownerID] }
  }
}
