import Surveillance

/// Tables that keep every contract, and are otherwise without sense. Times are few, so that ids decide about the order of many rows.
extension ReferenceTables {
  static let symbols = (1...6).map { "SY\($0)" }
  static let traderIDs = (1...7).map { "T\($0)" }
  static let accountIDs = (1...8).map { "A\($0)" }
  static let ownerIDs = (1...4).map { "W\($0)" }
  static let entities = symbols + traderIDs + accountIDs + ownerIDs + ["X"]

  static func random(seed: UInt64, trades count: Int) -> ReferenceTables {
    var random = ReferenceRandom(seed: seed)
    var tables = ReferenceTables()
    tables.addPeople(&random)
    tables.addMarket(&random)
    tables.addRegisters(&random)
    for number in 0..<count {
      tables.trades.append(
        TradeRow(
          id: "R\(number)", time: random.time(), accountID: random.pick(accountIDs), traderID: random.pick(traderIDs),
          symbol: random.pick(symbols), side: random.choice(), quantity: 1 + random.below(50_000),
          price: random.price(), counterparty: random.pick(["", ""] + accountIDs),
          venue: random.pick(["XSIG", "DARK"]),
          orderID: random.pick(["", "O\(number / 3)"]), strategyID: random.pick(["", "S1", "S2"]),
          isAuction: random.below(5) == 0))
    }
    return tables.shuffled(&random)
  }

  private mutating func addPeople(_ random: inout ReferenceRandom) {
    for id in Self.traderIDs {
      traders.append(
        TraderRow(
          id: id, name: random.text(), role: random.text(), department: random.text(), access: random.choice(),
          permission: random.choice(), mandateSectors: random.pick([[], ["energy"], ["energy", "health care"]])))
    }
    for id in Self.accountIDs {
      accounts.append(
        AccountRow(
          id: id, name: random.text(), ownerID: random.pick(Self.ownerIDs), ownerName: random.text(), ownerType: "fund",
          relationship: "", controllerID: random.pick(["", "C1"]), desk: random.text()))
    }
    // Every owner has an account, so that exemptions may name them all.
    for (index, owner) in Self.ownerIDs.enumerated() { accounts[index].ownerID = owner }
    for (index, relation) in LinkRow.Relation.allCases.enumerated() {
      links.append(
        LinkRow(
          first: random.pick(Self.ownerIDs), second: random.pick(Self.traderIDs), relation: relation, degree: index + 1)
      )
    }
  }

  private mutating func addMarket(_ random: inout ReferenceRandom) {
    for symbol in Self.symbols {
      instruments.append(
        InstrumentRow(
          symbol: symbol, sector: random.text(), currency: "EUR", averageVolume: random.below(1_000_000),
          tick: Price(tenThousandths: 1), name: random.below(2) == 0 ? nil : "Company \(symbol)"))
      for day in 0..<30 {
        let sorted = (0..<4).map { _ in random.price() }.sorted()
        prices.append(
          PriceRow(
            symbol: symbol, day: ReferenceRandom.firstDay + day, open: sorted[1], high: sorted[3], low: sorted[0],
            close: sorted[2], volume: random.below(1_000_000)))
      }
      for number in 0..<12 {
        news.append(
          NewsRow(
            time: random.time(), symbol: symbol, source: "Wire", headline: "\(number) " + random.text(),
            category: random.choice(), direction: random.below(3) - 1, isScheduled: random.below(2) == 0))
      }
    }
    for day in 0..<30 { index.append(IndexRow(day: ReferenceRandom.firstDay + day, close: random.price())) }
  }

  private mutating func addRegisters(_ random: inout ReferenceRandom) {
    for number in 0..<20 {
      let day = ReferenceRandom.firstDay + number
      let symbol = random.pick(Self.symbols)
      insiders.append(
        InsiderRow(
          traderID: random.pick(Self.traderIDs), symbol: symbol, from: day, to: day + random.below(9),
          source: random.choice()))
      restrictions.append(RestrictionRow(symbol: symbol, from: day, to: day + random.below(9), list: random.choice()))
      plans.append(
        PlanRow(
          id: "P\(number)", traderID: random.pick(Self.traderIDs), symbol: symbol, side: random.choice(), adopted: day,
          firstTrade: day + random.below(99), maximumQuantity: 1 + random.below(9_999), status: random.choice()))
      exemptions.append(
        ExemptionRow(
          ownerID: random.pick(Self.ownerIDs), licence: "L\(number)", status: random.choice(), validTo: day,
          symbols: random.pick([[], [symbol], Self.symbols]), isSeparated: random.below(2) == 0))
      instructions.append(
        InstructionRow(
          id: "I\(number)", accountID: random.pick(Self.accountIDs), symbol: symbol, time: random.time(),
          purpose: random.choice(), priceBasis: random.choice()))
    }
  }

  func shuffled(_ random: inout ReferenceRandom) -> ReferenceTables {
    var tables = self
    tables.traders.shuffle(using: &random)
    tables.trades.shuffle(using: &random)
    tables.instruments.shuffle(using: &random)
    tables.prices.shuffle(using: &random)
    tables.index.shuffle(using: &random)
    tables.news.shuffle(using: &random)
    tables.accounts.shuffle(using: &random)
    tables.links.shuffle(using: &random)
    tables.insiders.shuffle(using: &random)
    tables.restrictions.shuffle(using: &random)
    tables.plans.shuffle(using: &random)
    tables.exemptions.shuffle(using: &random)
    tables.instructions.shuffle(using: &random)
    return tables
  }
}

extension ReferenceRandom {
  static let firstDay = Day(year: 2026, month: 2, day: 10)

  /// One of some hundred, in thirty days.
  mutating func time() -> Instant {
    Instant(Self.firstDay + below(30), hour: 9 + below(4), minute: 30, millisecond: below(2))
  }

  mutating func span() -> ClosedRange<Instant> {
    let times = [time(), time()].sorted()
    return times[0]...times[1]
  }

  mutating func price() -> Price { Price(tenThousandths: 1 + below(5_000_000)) }

  mutating func text() -> String {
    "n" + (0..<below(5)).map { _ in pick(["a", ", ", "\"", "é", "b", "\n", "; "]) }.joined()
  }
}
