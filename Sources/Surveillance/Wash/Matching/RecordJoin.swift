/// Finds the rows of flagged trades in the record, and both sides of trades of which the alert names one.
struct RecordJoin {
  private(set) var facts = TimingFacts()
  private let reference: ReferenceData
  private let policy: Policy
  private var used: Set<String> = []

  init(_ reference: ReferenceData, _ policy: Policy) {
    self.reference = reference
    self.policy = policy
  }

  /// One leg for each flagged trade.
  mutating func legs(of alert: Alert, _ reporter: ToolReporter) async throws -> [TradeLeg] {
    var legs: [TradeLeg] = []
    for (index, trade) in alert.trades.sorted(by: Self.isBefore).enumerated() where trade.quantity > 0 {
      try await reporter.look(at: index)
      if let leg = leg(of: trade, number: index) { legs.append(leg) }
    }
    return legs.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }

  /// Legs that name each other are one trade. A counterparty that has no trade of its own in the alert gets its leg.
  mutating func pairSides(_ legs: inout [TradeLeg]) -> [TradePair] {
    var pairs = SidePairing.pairs(legs, within: sameTrade)
    let paired = Set(pairs.flatMap { [$0.buy.id, $0.sell.id] })
    for leg in legs where !paired.contains(leg.id) {
      guard let other = missingSide(of: leg) else { continue }
      legs.append(other)
      pairs.append(SidePairing.pair(leg, other))
    }
    return pairs
  }

  private var sameTrade: Int { policy.milliseconds(WashSearchKey.sameTrade) }

  /// What is in the trade decides the order, not where the alert has it; the account comes last, so that names do not matter.
  private static func isBefore(_ left: AlertTrade, _ right: AlertTrade) -> Bool {
    if left.time != right.time { return left.time < right.time }
    let first = (left.symbol, left.side.rawValue, left.quantity, left.price, left.orderID ?? "")
    let second = (right.symbol, right.side.rawValue, right.quantity, right.price, right.orderID ?? "")
    return first == second ? (left.accountID ?? "") < (right.accountID ?? "") : first < second
  }

  private mutating func leg(of trade: AlertTrade, number: Int) -> TradeLeg? {
    let row = row(of: trade)
    guard let account = trade.accountID ?? row?.accountID ?? trade.traderID else {
      facts.withoutAccount.append(trade.sequence)
      return nil
    }
    var leg = TradeLeg(
      id: "flagged \(Digits.padded(number, 6))", time: trade.time, account: account, symbol: trade.symbol,
      side: trade.side, quantity: trade.quantity, price: trade.price, counterparty: trade.counterparty)
    leg.isTimeKnown = trade.isTimeKnown
    leg.isFlagged = true
    if let row {
      used.insert(row.id)
      if !row.counterparty.isEmpty { facts.recordNamesCounterparties = true }
      note(trade, row)
      leg.adopt(row)
    } else {
      facts.unrecorded.append(trade.sequence)
    }
    if !leg.isTimeKnown { facts.withoutTime.append(trade.sequence) }
    return leg
  }

  private mutating func note(_ trade: AlertTrade, _ row: TradeRow) {
    func differ(_ what: String, _ alert: String, _ record: String) {
      facts.differences.append(.init(sequence: trade.sequence, what: what, alert: alert, record: record))
    }
    if row.price != trade.price { differ("price", trade.price.description, row.price.description) }
    if row.quantity != trade.quantity {
      differ("quantity", Digits.grouped(trade.quantity), Digits.grouped(row.quantity))
    }
    if let counterparty = trade.counterparty, !row.counterparty.isEmpty, counterparty != row.counterparty {
      differ("counterparty", counterparty, row.counterparty)
    }
  }

  /// By the order's id; otherwise by account, side, quantity and time.
  private func row(of trade: AlertTrade) -> TradeRow? {
    let day = Instant(trade.time.day)
    let span = (day - Instant.perDay)...(day + 2 * Instant.perDay)
    let rows: [TradeRow]
    if let account = trade.accountID {
      rows = reference.trades(ofAccount: account, span)
    } else if let trader = trade.traderID {
      rows = reference.trades(ofTrader: trader, span)
    } else {
      return nil
    }
    let fitting = rows.filter { $0.symbol == trade.symbol && $0.side == trade.side && !used.contains($0.id) }
    let ofOrder = fitting.filter { $0.orderID == trade.orderID && !$0.orderID.isEmpty }
    if let row = Self.nearest(ofOrder, trade.time, quantity: trade.quantity) { return row }
    let allowed = trade.isTimeKnown ? policy.milliseconds(WashSearchKey.sameRow) : nil
    let same = fitting.filter { row in
      row.quantity == trade.quantity
        && (allowed.map { abs(row.time - trade.time) <= $0 } ?? (row.time.day == trade.time.day))
    }
    return Self.nearest(same, trade.time, quantity: trade.quantity)
  }

  /// The buyer of a flagged sale, or the seller of a flagged purchase, whom the alert names as counterparty alone.
  private mutating func missingSide(of leg: TradeLeg) -> TradeLeg? {
    guard let account = leg.counterparty else { return nil }
    let side: Side = leg.side == .buy ? .sell : .buy
    var other = TradeLeg(
      id: leg.id + " other side", time: leg.time, account: account, symbol: leg.symbol, side: side,
      quantity: leg.quantity, price: leg.price, counterparty: leg.account)
    other.isTimeKnown = leg.isTimeKnown
    other.isFlagged = true
    other.isAuction = leg.isAuction
    let rows = reference.trades(ofAccount: account, (leg.time - sameTrade)...(leg.time + sameTrade)).filter {
      $0.symbol == leg.symbol && $0.side == side && $0.quantity == leg.quantity && !used.contains($0.id)
        && ($0.counterparty.isEmpty || $0.counterparty == leg.account)
    }
    if let row = Self.nearest(rows, leg.time, quantity: leg.quantity) {
      used.insert(row.id)
      other.time = row.time
      other.adopt(row)
    }
    return other
  }

  private static func nearest(_ rows: [TradeRow], _ time: Instant, quantity: Int) -> TradeRow? {
    rows.min {
      let first = (abs($0.quantity - quantity), abs($0.time - time), $0.id)
      return first < (abs($1.quantity - quantity), abs($1.time - time), $1.id)
    }
  }
}
