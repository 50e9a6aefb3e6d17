/// Puts a scenario's rows together.
struct ScenarioRows {
  private(set) var tables = ReferenceTables()
  /// The start of the ids of its trades.
  private let prefix: String

  init(_ prefix: String) { self.prefix = prefix }

  // MARK: The market

  mutating func symbol(
    _ symbol: String, _ sector: String, on anchor: Day, price: Int, jumps: [Day: Int] = [:], volume: Int,
    volumes: [Day: Int] = [:], leastReach: Int = 2
  ) {
    let path = PricePath(
      symbol: symbol, anchor: anchor, price: price, leastReach: leastReach, jumps: jumps, volume: volume,
      volumes: volumes)
    tables.instruments.append(
      InstrumentRow(
        symbol: symbol, sector: sector, currency: "USD", averageVolume: volume, tick: .cents(1),
        // As the news write it.
        name: symbol.prefix(1) + symbol.dropFirst().lowercased()))
    tables.prices += path.rows(SplitMix64(seed: 2_026, for: symbol))
  }

  /// In hundredths. 0 for a symbol that the scenario has no prices of.
  func close(_ symbol: String, _ day: Day) -> Int {
    tables.prices.first { $0.symbol == symbol && $0.day == day }?.close.cents
      ?? Scenario.quietClose(symbol, day)
  }

  mutating func news(
    _ symbol: String, _ time: Instant, _ headline: String, _ category: NewsRow.Category, _ direction: Int,
    isScheduled: Bool = false, source: String = "Newswire"
  ) {
    tables.news.append(
      NewsRow(
        time: time, symbol: symbol, source: source, headline: headline, category: category, direction: direction,
        isScheduled: isScheduled))
  }

  // MARK: People

  /// A trader `T-0number` with an account `A-0number` of the same person, `O-0number`.
  mutating func person(
    _ number: Int, _ name: String, role: String, department: String, access: TraderRow.Access,
    permission: TraderRow.Permission = .full, sectors: [String] = []
  ) {
    trader(
      number, name, role: role, department: department, access: access, permission: permission, sectors: sectors)
    account(number, name, owner: number, controller: number, desk: department)
  }

  mutating func trader(
    _ number: Int, _ name: String, role: String, department: String, access: TraderRow.Access,
    permission: TraderRow.Permission = .full, sectors: [String] = []
  ) {
    tables.traders.append(
      TraderRow(
        id: Self.trader(number), name: name, role: role, department: department, access: access,
        permission: permission, mandateSectors: sectors))
  }

  /// - Parameter owner: nil: not known.
  mutating func account(
    _ number: Int, _ name: String, owner: Int?, ownerName: String? = nil, ownerType: String = "person",
    relationship: String = "own", controller: Int, desk: String
  ) {
    tables.accounts.append(
      AccountRow(
        id: Self.account(number), name: name, ownerID: owner.map(Self.owner) ?? "",
        ownerName: owner == nil ? "" : ownerName ?? name, ownerType: owner == nil ? "" : ownerType,
        relationship: relationship, controllerID: Self.trader(controller), desk: desk))
  }

  static func trader(_ number: Int) -> String { "T-9\(Digits.padded(number, 3))" }
  static func account(_ number: Int) -> String { "A-9\(Digits.padded(number, 3))" }
  static func owner(_ number: Int) -> String { "O-9\(Digits.padded(number, 3))" }

  mutating func link(_ first: String, _ second: String, _ relation: LinkRow.Relation, degree: Int) {
    tables.links.append(LinkRow(first: first, second: second, relation: relation, degree: degree))
  }

  mutating func onInsiderList(_ number: Int, _ symbol: String, from: Day, to: Day) {
    tables.insiders.append(
      InsiderRow(traderID: Self.trader(number), symbol: symbol, from: from, to: to, source: .insiderList))
  }

  mutating func plan(_ row: PlanRow) { tables.plans.append(row) }
  mutating func exemption(_ row: ExemptionRow) { tables.exemptions.append(row) }
  mutating func instruction(_ row: InstructionRow) { tables.instructions.append(row) }

  // MARK: Trades

  /// One person's trade with the market, at the day's close unless a price is named.
  @discardableResult
  mutating func trade(
    _ number: Int, _ side: Side, _ quantity: Int, _ symbol: String, _ time: Instant, cents: Int? = nil
  ) -> TradeRow {
    add(
      account: number, trader: number, side, quantity, symbol, time, cents: cents ?? close(symbol, time.day))
  }

  /// Trades of one person on several days, all at noon.
  mutating func history(_ number: Int, _ symbol: String, _ trades: [(day: Day, side: Side, quantity: Int)]) {
    for trade in trades { self.trade(number, trade.side, trade.quantity, symbol, Instant(trade.day, hour: 12)) }
  }

  /// So many of the other desks buy, and so many sell, all the same quantity within the two weeks before.
  mutating func peers(_ symbol: String, before day: Day, buying: Int, selling: Int) {
    for number in 0..<(buying + selling) {
      var at = day - (number + 2)
      while at.isWeekend { at = at - 1 }
      trade(991 + number, number < buying ? .buy : .sell, 1_200, symbol, Instant(at, hour: 11, minute: 10 * number))
    }
  }

  /// One side of a match between accounts that may have other traders than their own numbers.
  struct Party {
    var account: Int
    var trader: Int
    var strategy = ""

    init(_ account: Int, trader: Int? = nil, strategy: String = "") {
      self.account = account
      self.trader = trader ?? account
      self.strategy = strategy
    }
  }

  /// A sale and the purchase that meets it.
  ///
  /// - Parameters:
  ///   - gap: milliseconds from the sale to the purchase; negative: the purchase came first.
  ///   - premium: what the purchase costs more, in hundredths.
  ///   - isDirect: each names the other; otherwise both traded with the market.
  @discardableResult
  mutating func match(
    _ seller: Party, _ buyer: Party, _ quantity: Int, _ symbol: String, _ time: Instant, gap: Int, cents: Int? = nil,
    premium: Int = 0, isDirect: Bool = true, isAuction: Bool = false
  ) -> [TradeRow] {
    let price = cents ?? close(symbol, time.day)
    let sale = add(
      account: seller.account, trader: seller.trader, .sell, quantity, symbol, time, cents: price,
      counterparty: isDirect ? Self.account(buyer.account) : "", strategy: seller.strategy, isAuction: isAuction)
    let purchase = add(
      account: buyer.account, trader: buyer.trader, .buy, quantity, symbol, time + gap, cents: price + premium,
      counterparty: isDirect ? Self.account(seller.account) : "", strategy: buyer.strategy, isAuction: isAuction)
    return [sale, purchase]
  }

  private mutating func add(
    account: Int, trader: Int, _ side: Side, _ quantity: Int, _ symbol: String, _ time: Instant, cents: Int,
    counterparty: String = "", strategy: String = "", isAuction: Bool = false
  ) -> TradeRow {
    let row = row(
      account: account, trader: trader, side, quantity, symbol, time, cents: cents, counterparty: counterparty,
      strategy: strategy, isAuction: isAuction)
    tables.trades.append(row)
    return row
  }

  /// A trade that an alert tells of and that nobody has filed.
  func unfiledTrade(
    _ number: Int, _ side: Side, _ quantity: Int, _ symbol: String, _ time: Instant, cents: Int
  ) -> TradeRow {
    row(account: number, trader: number, side, quantity, symbol, time, cents: cents)
  }

  private func row(
    account: Int, trader: Int, _ side: Side, _ quantity: Int, _ symbol: String, _ time: Instant, cents: Int,
    counterparty: String = "", strategy: String = "", isAuction: Bool = false
  ) -> TradeRow {
    let number = Digits.padded(tables.trades.count + 1, 3)
    return TradeRow(
      id: "\(prefix)-\(number)", time: time, accountID: Self.account(account), traderID: Self.trader(trader),
      symbol: symbol, side: side, quantity: quantity, price: .cents(cents), counterparty: counterparty,
      orderID: "R-\(prefix)-\(number)", strategyID: strategy, isAuction: isAuction)
  }
}

extension Instant {
  /// Times of scenarios, short.
  init(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0, _ millisecond: Int = 0) {
    self.init(
      Day(year: 2026, month: month, day: day), hour: hour, minute: minute, second: second, millisecond: millisecond)
  }
}

extension Day {
  init(_ month: Int, _ day: Int) { self.init(year: 2026, month: month, day: day) }
}
