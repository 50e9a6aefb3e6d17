/// The flagged trades with their rows in the record, and what belongs to them.
struct TradeGroup {
  /// By time.
  private(set) var legs: [TradeLeg] = []
  /// By time.
  private(set) var pairs: [TradePair] = []
  private(set) var timing = TimingFacts()

  var flows: [TradeFlow] { pairs.filter(\.isOneTrade).map { TradeFlow($0) }.sorted(by: TradeFlow.isBefore) }
  /// The rows of the record that are part of it.
  var rowIDs: Set<String> { Set(legs.compactMap(\.rowID)) }
  var accounts: [String] { Array(Set(legs.map(\.account))).sorted() }
  var symbols: [String] { Array(Set(legs.map(\.symbol))).sorted() }
  var span: ClosedRange<Instant>? {
    guard let first = legs.first, let last = legs.last else { return nil }
    return first.time...max(first.time, last.time)
  }

  /// - Parameter relationships: whose the accounts are; other accounts of theirs are searched for the missing sides.
  static func collect(
    _ alert: Alert, _ reference: ReferenceData, _ relationships: RelationshipFacts, _ policy: Policy,
    _ reporter: ToolReporter
  ) async throws -> TradeGroup {
    var group = try await flagged(alert, reference, policy, reporter)
    let owners = AccountOwners(relationships, named: [:], policy)
    group.pairFlagged(owners, policy)
    try await group.findOtherSides(reference, relationships, owners, policy, reporter)
    group.finish()
    return group
  }

  static func accounts(
    _ alert: Alert, _ reference: ReferenceData, _ policy: Policy, _ reporter: ToolReporter
  ) async throws -> [String] {
    try await flagged(alert, reference, policy, reporter).accounts
  }

  private static func flagged(
    _ alert: Alert, _ reference: ReferenceData, _ policy: Policy, _ reporter: ToolReporter
  ) async throws -> TradeGroup {
    var join = RecordJoin(reference, policy)
    var group = TradeGroup()
    group.legs = try await join.legs(of: alert, reporter)
    group.pairs = join.pairSides(&group.legs)
    group.timing = join.facts
    return group
  }

  /// Trades with the market face each other by what lies nearest in time, at any price and in any quantity. An owner's own come
  /// first, then those of related owners: a stranger's trade of the same second must not hide them.
  private mutating func pairFlagged(_ owners: AccountOwners, _ policy: Policy) {
    let rules = TradeMatching.Rules(
      milliseconds: policy.milliseconds(WashSearchKey.longWindow), priceTolerance: nil, overlap: 0)
    for least in [OwnerRelation.same, .related, .unknown] {
      pairs += TradeMatching.pairs(unpaired, rules) { owners.relation($0.account, $1.account) >= least }
    }
  }

  private var unpaired: [TradeLeg] {
    let paired = Set(pairs.flatMap { [$0.buy.id, $0.sell.id] })
    return legs.filter { !paired.contains($0.id) }
  }

  /// What the owners' accounts traded against the flagged trades that are without another side.
  private mutating func findOtherSides(
    _ reference: ReferenceData, _ relationships: RelationshipFacts, _ owners: AccountOwners, _ policy: Policy,
    _ reporter: ToolReporter
  ) async throws {
    let open = unpaired
    guard let first = open.map(\.time).min(), let last = open.map(\.time).max() else { return }
    let rules = TradeMatching.Rules(policy)
    let span = (first - rules.milliseconds)...(last + rules.milliseconds)
    let known = rowIDs
    let symbols = Set(open.map(\.symbol))
    var candidates: [TradeLeg] = []
    var row = 0
    for account in relationships.accounts.map(\.id) {
      for trade in reference.trades(ofAccount: account, span) {
        try await reporter.look(at: row)
        row += 1
        if symbols.contains(trade.symbol), !known.contains(trade.id) { candidates.append(TradeLeg(trade)) }
      }
    }
    let found = TradeMatching.pairs(open + candidates, rules) { buy, sell in
      buy.isFlagged != sell.isFlagged && owners.relation(buy.account, sell.account) >= .related
        && (buy.counterparty ?? sell.account) == sell.account && (sell.counterparty ?? buy.account) == buy.account
    }
    pairs += found
    legs += found.flatMap { [$0.buy, $0.sell] }.filter { !$0.isFlagged }
  }

  private mutating func finish() {
    legs.sort { ($0.time, $0.id) < ($1.time, $1.id) }
    pairs.sort { ($0.time, $0.buy.id, $0.sell.id) < ($1.time, $1.buy.id, $1.sell.id) }
    timing.legs = legs
    timing.pairs = pairs
  }
}
