/// The facts put together, with the owners as they are known by now: what all indicators are read off.
struct WashPicture {
  enum Link {
    /// Buyers and sellers do not stand opposite each other at all.
    case none
    case unknown, unrelated, manager, related
    /// The first seller and the last buyer have one owner, and there is another between them.
    case viaOther
    case same
  }

  enum Structure { case none, direct, chain, cycle }

  let alert: Alert
  let facts: WashFacts
  let policy: Policy
  let owners: AccountOwners
  /// The cycles of three accounts or more.
  let cycles: [TradePath]
  /// The chains that end at their first owner.
  let chains: [TradePath]
  let link: Link
  let structure: Structure
  let pattern: WashSection.Pattern
  /// The nearest pair of those that make the link, for texts.
  let closest: TradePair?
  /// From one trade to what answers it: the middle one of all. Nil: nothing does, or the times are not known.
  let milliseconds: Int?
  /// In basis points, likewise.
  let priceGap: Double?
  let bought: Int
  let sold: Int
  let exemption: ExemptionProof?
  let instruction: InstructionRow?

  init(_ alert: Alert, _ facts: WashFacts, named: [String: String], _ policy: Policy) {
    self.alert = alert
    self.facts = facts
    self.policy = policy
    let owners = AccountOwners(facts.relationships, named: named, policy)
    self.owners = owners
    let pairs = facts.timing.pairs
    let cycles = facts.counterparties.cycles.filter { $0.flows.count >= 3 }
    let chains = facts.counterparties.chains.filter { Self.comesBack($0, owners) }
    let relations = pairs.map { owners.relation($0.buy.account, $0.sell.account) }
    let link = Self.link(relations, cycles, chains, owners)
    let structure = Self.structure(pairs, cycles, chains, facts.counterparties.groups, link)
    self.cycles = cycles
    self.chains = chains
    self.link = link
    self.structure = structure
    pattern = Self.pattern(link, cycles, chains, owners)

    let best = relations.max()
    let near = zip(pairs, relations).filter { $0.1 == best }.map(\.0)
    closest = near.min { ($0.milliseconds, $0.time) < ($1.milliseconds, $1.time) }
    let paths = structure == .cycle ? cycles : structure == .chain ? chains : []
    let timed = near.filter { $0.buy.isTimeKnown && $0.sell.isTimeKnown }
    milliseconds = Self.middle(paths.isEmpty ? timed.map(\.milliseconds) : paths.flatMap(\.timeGaps))
    priceGap = Self.middle(paths.isEmpty ? near.map(\.priceGap) : paths.flatMap(\.priceGaps))
    (bought, sold) = Self.offset(facts.counterparties.legs, link, owners)
    exemption = ExemptionProof.best(facts, owners)
    instruction = facts.counterparties.instructions.last
  }

  /// How many groups like the flagged one there were before.
  var recurrences: Int { facts.history.groups.count }

  /// What is left of the smaller side's share in the larger. Nil where no owner has both sides.
  var offset: Double? { bought > 0 && sold > 0 ? Double(min(bought, sold)) / Double(max(bought, sold)) : nil }

  /// What matched on the flagged day, in the symbol that the market's facts are of.
  var matchedQuantity: Int {
    facts.counterparties.matched.filter { $0.sell.symbol == facts.market.symbol && $0.time.day == facts.market.day }
      .reduce(0) { $0.plus($1.quantity) }
  }

  /// Its share in the day's volume. Nil: the volume is not known.
  var volumeShare: Double? {
    guard let volume = facts.market.dayVolume, volume > 0 else { return nil }
    return Double(matchedQuantity) / Double(volume)
  }

  /// How far the accounts' ties open the gate to what every ordinary trade has too: one price and one time on both sides.
  var gate: Double {
    let ofLink: PolicyKey =
      switch link {
      case .same, .viaOther: WashKey.gateSame
      case .related: WashKey.gateRelated
      case .manager: WashKey.gateManager
      case .unrelated, .unknown, .none: WashKey.gateNone
      }
    return max(policy[ofLink], min(1, Double(recurrences) / policy[WashKey.gateRecurrence]))
  }

  var unknownOwners: [String] { facts.relationships.flagged.filter { owners.owner(of: $0) == nil } }
  var tradedWithEachOther: Bool { facts.timing.pairs.contains(where: \.isOneTrade) }

  /// One owner, once, a small part of the day.
  var isIsolated: Bool {
    guard link == .same, structure == .direct, recurrences == 0, let volumeShare else { return false }
    return volumeShare < policy[WashKey.isolatedBelow]
  }

  enum Strategies { case different, same, unknown }

  /// Of those pairs that one owner has both sides of.
  var strategies: Strategies {
    let own = facts.timing.pairs.filter { owners.relation($0.buy.account, $0.sell.account) == .same }
    var isKnown = !own.isEmpty
    for pair in own {
      guard let buy = pair.buy.strategyID, let sell = pair.sell.strategyID else {
        isKnown = false
        continue
      }
      if buy == sell { return .same }
    }
    return isKnown ? .different : .unknown
  }
}

extension WashPicture {
  /// Others stand between, and they are not of the same owner.
  private static func comesBack(_ path: TradePath, _ owners: AccountOwners) -> Bool {
    let accounts = path.accounts
    guard accounts.count > 2, let first = accounts.first, let last = accounts.last, first != last else { return false }
    return owners.relation(first, last) == .same
      && accounts.dropFirst().dropLast().contains { owners.relation(first, $0) != .same }
  }

  private static func isOfOneOwner(_ path: TradePath, _ owners: AccountOwners) -> Bool {
    path.accounts.allSatisfy { owners.relation(path.accounts[0], $0) == .same }
  }

  private static func link(
    _ relations: [OwnerRelation], _ cycles: [TradePath], _ chains: [TradePath], _ owners: AccountOwners
  ) -> Link {
    if relations.contains(.same) { return .same }
    // Who sells and gets it back through others has one owner at both ends: itself.
    if !cycles.isEmpty || !chains.isEmpty { return .viaOther }
    if relations.contains(.related) { return .related }
    if relations.contains(.manager) { return .manager }
    if relations.contains(.unknown) { return .unknown }
    return relations.isEmpty ? .none : .unrelated
  }

  private static func structure(
    _ pairs: [TradePair], _ cycles: [TradePath], _ chains: [TradePath], _ groups: [NetZeroGroups.Group], _ link: Link
  ) -> Structure {
    let isTied = link == .same || link == .viaOther || link == .related
    if !cycles.isEmpty || (isTied && groups.contains { $0.accounts.count >= 3 }) { return .cycle }
    if !chains.isEmpty { return .chain }
    return pairs.isEmpty ? .none : .direct
  }

  private static func pattern(
    _ link: Link, _ cycles: [TradePath], _ chains: [TradePath], _ owners: AccountOwners
  ) -> WashSection.Pattern {
    if cycles.contains(where: { isOfOneOwner($0, owners) }) { return .layered }
    if !chains.isEmpty || link == .viaOther { return .intermediary }
    return link == .same ? .direct : .none
  }

  /// Summed up over the sets of accounts of one owner, or of related owners where there is none, that have both sides.
  private static func offset(
    _ legs: [TradeLeg], _ link: Link, _ owners: AccountOwners
  ) -> (bought: Int, sold: Int) {
    let least: OwnerRelation
    switch link {
    case .same, .viaOther: least = .same
    case .related: least = .related
    case .none, .unknown, .unrelated, .manager: return (0, 0)
    }
    var sets: [[String]] = []
    for account in Set(legs.map(\.account)).sorted() {
      let near = sets.indices.filter { sets[$0].contains { owners.relation($0, account) >= least } }
      let joined = near.flatMap { sets[$0] } + [account]
      sets = sets.indices.filter { !near.contains($0) }.map { sets[$0] } + [joined]
    }
    var bought = 0
    var sold = 0
    for set in sets {
      let own = legs.filter { set.contains($0.account) }
      let buys = own.filter { $0.side == .buy }.reduce(0) { $0.plus($1.quantity) }
      let sells = own.filter { $0.side == .sell }.reduce(0) { $0.plus($1.quantity) }
      guard buys > 0, sells > 0 else { continue }
      bought = bought.plus(buys)
      sold = sold.plus(sells)
    }
    return (bought, sold)
  }

  /// The middle one, the smaller of two.
  private static func middle<Value: Comparable>(_ values: [Value]) -> Value? {
    values.isEmpty ? nil : values.sorted()[(values.count - 1) / 2]
  }
}

/// How far a market maker's exemption is proven.
struct ExemptionProof {
  var row: ExemptionRow
  var isCurrent: Bool
  var isDesignated: Bool
  var isSeparated: Bool

  var proofs: Int { [isCurrent, isDesignated, isSeparated].filter { $0 }.count }
  var isFull: Bool { proofs == 3 }

  /// The best proven of the flagged accounts' owners.
  static func best(_ facts: WashFacts, _ owners: AccountOwners) -> ExemptionProof? {
    let flagged = facts.relationships.flagged
    let own = Set(flagged.flatMap { [owners.owner(of: $0), owners.ultimateOwner(of: $0)].compactMap { $0 } })
    let proofs = facts.relationships.exemptions.filter { own.contains($0.ownerID) }.map { row in
      ExemptionProof(
        row: row, isCurrent: row.status == .current && row.validTo >= facts.market.day,
        isDesignated: row.symbols.contains(facts.market.symbol), isSeparated: row.isSeparated)
    }
    return proofs.filter { $0.proofs > 0 }.max { ($0.proofs, $1.row.licence) < ($1.proofs, $0.row.licence) }
  }
}
