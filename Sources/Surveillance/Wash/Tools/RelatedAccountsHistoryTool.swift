/// Whether the accounts of the flagged trades, and others of their owners, did the like before.
package struct RelatedAccountsHistoryTool: Tool {
  package static let name = ToolName.relatedAccountsHistory
  package static let steps = 4

  private let alert: Alert
  private let reference: ReferenceData
  private let policy: Policy

  package init(alert: Alert, reference: ReferenceData, policy: Policy = .standard) {
    self.alert = alert
    self.reference = reference
    self.policy = policy
  }

  package func run(_ reporter: ToolReporter) async throws -> WashHistoryFacts {
    let flagged = try await TradeGroup.accounts(alert, reference, policy, reporter)
    let relationships = try await RelationshipLoader.load(flagged, reference, policy, looking: reporter)
    let group = try await TradeGroup.collect(alert, reference, relationships, policy, reporter)
    let owners = AccountOwners(relationships, named: [:], policy)
    let accounts = Set(relationships.accounts.map(\.id)).union(group.accounts).sorted().filter { account in
      group.accounts.contains { owners.relation($0, account) == .same }
    }
    try await reporter.step(1, records: accounts.count, "Accounts of the flagged trades and their owners")

    var facts = WashHistoryFacts()
    facts.days = policy.count(WashSearchKey.historyDays)
    let legs = try await rows(of: accounts, before: group, &facts, reporter)
    try await reporter.step(2, records: facts.rows, "Trades of \(facts.days) days before")

    let likeness = Likeness(group, owners)
    let pairs = TradeMatching.pairs(legs, TradeMatching.Rules(policy), where: likeness.isLike)
    facts.groups = groups(pairs)
    var longRules = TradeMatching.Rules(policy)
    longRules.milliseconds = policy.milliseconds(WashSearchKey.longWindow)
    facts.groupsOfLongWindow = groups(TradeMatching.pairs(legs, longRules, where: likeness.isLike)).count
    try await reporter.step(3, records: pairs.count, "Similar groups of trades: \(facts.groups.count)")

    measure(pairs, legs, &facts)
    if let first = group.span?.lowerBound { facts.trend = trend(facts.groups, before: first, days: facts.days) }
    try await reporter.step(4, "Trend: \(facts.trend.rawValue)")
    return facts
  }

  /// The legs in the flagged symbols that are no part of the group and come before it.
  private func rows(
    of accounts: [String], before group: TradeGroup, _ facts: inout WashHistoryFacts, _ reporter: ToolReporter
  ) async throws -> [TradeLeg] {
    guard let span = group.span else { return [] }
    let past = (span.lowerBound - facts.days * Instant.perDay)...span.upperBound
    let own = group.rowIDs
    let symbols = Set(group.symbols)
    var legs: [TradeLeg] = []
    for account in accounts {
      for row in reference.trades(ofAccount: account, past) {
        try await reporter.look(at: facts.rows)
        facts.rows += 1
        if row.time < span.lowerBound, symbols.contains(row.symbol), !own.contains(row.id) {
          legs.append(TradeLeg(row))
        }
      }
    }
    facts.rowsOfSymbol = legs.count
    return legs
  }

  /// Pairs close together are one group: the trades of a cycle, the fills of an order.
  private func groups(_ pairs: [TradePair]) -> [WashHistoryFacts.Group] {
    var groups: [WashHistoryFacts.Group] = []
    var last: Instant?
    for pair in pairs.sorted(by: { ($0.time, $0.buy.id) < ($1.time, $1.buy.id) }) {
      if let last, pair.time - last <= policy.milliseconds(WashSearchKey.groupGap) {
        groups[groups.count - 1].pairs.append(pair)
      } else {
        groups.append(.init(time: pair.time, pairs: [pair]))
      }
      last = pair.time
    }
    return groups
  }

  private func measure(_ pairs: [TradePair], _ legs: [TradeLeg], _ facts: inout WashHistoryFacts) {
    var traded: [String: Int] = [:]
    var matched: [String: Int] = [:]
    for leg in legs { traded[leg.account] = (traded[leg.account] ?? 0).plus(leg.quantity) }
    for pair in pairs {
      for account in [pair.buy.account, pair.sell.account] {
        matched[account] = (matched[account] ?? 0).plus(pair.quantity)
      }
    }
    facts.selfMatches = traded.keys.sorted().map { account in
      .init(account: account, matched: matched[account] ?? 0, traded: traded[account] ?? 0)
    }
    let gross = facts.selfMatches.reduce(0) { $0.plus($1.traded) }
    let wash = facts.selfMatches.reduce(0) { $0.plus($1.matched) }
    facts.volumeInflation = gross > wash ? Double(gross) / Double(gross - wash) : nil
  }

  /// The younger half of the days against the older.
  private func trend(_ groups: [WashHistoryFacts.Group], before end: Instant, days: Int) -> WashSection.Trend {
    guard !groups.isEmpty else { return .new }
    let middle = end - days * Instant.perDay / 2
    let younger = groups.filter { $0.time >= middle }.count
    let older = groups.count - younger
    return younger > older ? .increasing : younger < older ? .decreasing : .stable
  }
}

/// What makes a match of the past like the flagged trades.
private struct Likeness {
  private let accounts: Set<String>
  private let hasOneAccount: Bool
  private let hasOneOwner: Bool
  /// They traded with each other and the record shows it: so must those of the past.
  private let isNamed: Bool
  private let owners: AccountOwners

  init(_ group: TradeGroup, _ owners: AccountOwners) {
    accounts = Set(group.accounts)
    hasOneAccount = group.pairs.contains { $0.buy.account == $0.sell.account }
    hasOneOwner = group.pairs.contains { owners.relation($0.buy.account, $0.sell.account) == .same }
    isNamed = group.timing.recordNamesCounterparties && group.pairs.contains(where: \.isOneTrade)
    self.owners = owners
  }

  func isLike(_ buy: TradeLeg, _ sell: TradeLeg) -> Bool {
    guard (buy.counterparty ?? sell.account) == sell.account, (sell.counterparty ?? buy.account) == buy.account else {
      return false
    }
    if isNamed, buy.counterparty == nil, sell.counterparty == nil { return false }
    if buy.account == sell.account { return hasOneAccount }
    if accounts.contains(buy.account), accounts.contains(sell.account) { return true }
    return hasOneOwner && owners.relation(buy.account, sell.account) == .same
  }
}
