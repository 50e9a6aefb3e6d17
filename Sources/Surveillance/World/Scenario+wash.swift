// The tables beside the rows say which points they are laid out for: W suspicion, X mitigation, 12 points of doubt.

extension Scenario {
  static let wash: [Scenario] = [
    oneOwner, marketMaker, lapsedMaker, spouses, layeredWash, throughAnother, fundCross, coincidence, twoStrategies,
    unknownOwner,
  ]

  typealias Party = ScenarioRows.Party

  /// Trading days before another, the latest last.
  static func tradingDays(before day: Day, ago: [Int]) -> [Day] { before(day, ago.map { ($0, .buy, 0) }).map(\.day) }

  // W1 35, W2 10, W3 15, W4 10, W5 15 (0.5 s), W6 12 (45 %), W7 10 (7 times), W8 3 = 110. X: none. 110 / 122 = 90.
  private static let oneOwner: Scenario = {
    let (day, symbol) = (Day(9, 3), "DRENOK")
    var rows = ScenarioRows("WT1")
    let event = Instant(9, 4, 7)
    rows.symbol(
      symbol, "Materials", on: day, price: 18_00, jumps: [event.day: 12_000], volume: 120_000, volumes: [day: 50_000])
    rows.trader(110, "Dorvin Jasktis", role: "private client", department: "Clients", access: .none)
    for (number, name) in [(110, "Jasktis, savings"), (111, "Jasktis, trading")] {
      rows.account(number, name, owner: 110, ownerName: "Dorvin Jasktis", controller: 110, desk: "Clients")
    }
    let (first, second) = (Party(110), Party(111, trader: 110))
    // The direction changes from time to time, so that neither account runs empty.
    for (place, earlier) in tradingDays(before: day, ago: [28, 24, 20, 16, 12, 8, 5]).enumerated() {
      let isBack = place % 2 == 0
      rows.match(
        isBack ? second : first, isBack ? first : second, 22_000, symbol, Instant(earlier, hour: 10, minute: 5 * place),
        gap: 500)
    }
    let trades = rows.match(first, second, 22_500, symbol, Instant(9, 3, 10, 15), gap: 500)
    rows.news(symbol, event, "Drenok is to supply the harbour works", .material, 1)
    let draft = AlertDraft(
      "WT-2026-0903-01", "Wash Trade", rule: "WT-001", Instant(9, 3, 18), rows.tables, trades,
      claims: ["AnomalyScore": "96", "VolumeImpact": "45%", "TimeDelta": "500 ms", "SameBeneficialOwner": "true"])
    let market: KeyValuePairs = ["MarketPhase": "Continuous", "LiquidityLevel": "Low", "VolatilityLevel": "Low"]
    return Scenario(
      "WT-1", "Two accounts of one owner meet within half a second, the eighth time in a month", file: "one-owner.xml",
      kind: .washTrade, alert: draft.sequenced(severity: "High", market: market), expected: Outcome(.escalate, 90, 0),
      action: .escalate, pattern: .direct, rows: rows.tables)
  }()

  /// A market maker's two books: what WT-2 and WT-3 share.
  private static func maker(
    _ rows: inout ScenarioRows, _ number: Int, _ name: String, _ symbol: String, _ day: Day
  ) -> [TradeRow] {
    rows.symbol(symbol, "Industrials", on: day, price: 50_00, volume: 50_000, volumes: [day: 50_000])
    rows.trader(number, "\(name) desk", role: "market maker", department: "Liquidity", access: .low)
    for (account, book) in [(number, "quoting book"), (number + 1, "hedging book")] {
      rows.account(
        account, "\(name), \(book)", owner: number, ownerName: name, ownerType: "company", relationship: "house",
        controller: number, desk: "Liquidity")
    }
    let (quotes, hedge) = (Party(number), Party(number + 1, trader: number))
    for earlier in tradingDays(before: day, ago: [13]) {
      rows.match(quotes, hedge, 4_000, symbol, Instant(earlier, hour: 11), gap: 2_500)
    }
    return rows.match(
      quotes, hedge, 4_000, symbol, Instant(day, hour: 14, minute: 20), gap: 2_500, cents: 50_00, premium: 1)
  }

  private static func disclosure(_ licence: String, _ symbol: String) -> (inout XMLWriter) -> Void {
    { xml in
      xml.inside("MarketMakerDisclosure") { xml in
        xml.leaves([
          "LicenseNumber": licence, "Regulator": "Market authority", "DisclosureStatus": "Disclosed",
          "DesignatedSecurities": symbol, "TradingBookSeparation": "Yes", "ExemptionCategory": "Market making",
        ])
      }
    }
  }

  private static let makersMarket: KeyValuePairs = [
    "MarketPhase": "Continuous", "LiquidityLevel": "Normal", "VolatilityLevel": "Low",
  ]

  // X1 leaves 0.15 of W1 35, W2 10, W3 15, W4 9.5 (2 bp), W5 10 (2.5 s). W6 1 (8 %), W7 2 (once) = 15. X1 70.
  // 15 / 97 = 15, 70 / 97 = 72.
  private static let marketMaker: Scenario = {
    let (day, symbol) = (Day(9, 10), "FALMOR")
    var rows = ScenarioRows("WT2")
    let trades = maker(&rows, 120, "Quendlund Markets", symbol, day)
    rows.exemption(
      ExemptionRow(
        ownerID: ScenarioRows.owner(120), licence: "MM-9120", status: .current, validTo: Day(12, 31),
        symbols: [symbol, "FALPEN"], isSeparated: true))
    let draft = AlertDraft(
      "WT-2026-0910-02", "Wash Trade", rule: "WT-002", Instant(9, 10, 18), rows.tables, trades,
      claims: ["AnomalyScore": "82", "VolumeImpact": "8%", "TimeDelta": "2500 ms", "SameBeneficialOwner": "true"])
    return Scenario(
      "WT-2", "A market maker's two books meet, the exemption proven in all of its parts", file: "market-maker.xml",
      kind: .washTrade,
      alert: draft.sequenced(severity: "Medium", market: makersMarket, sections: disclosure("MM-9120", symbol)),
      expected: Outcome(.close, 15, 72), action: .close, pattern: .direct, rows: rows.tables)
  }()

  // The same without its defeat: 82.5. X1 20 (two of three). 82.5 / 114.5 = 72, 20 / 114.5 = 17.
  // renewed: as WT-2. not licensed: 122.5 and 5: 88 / 4.
  private static let lapsedMaker: Scenario = {
    let (day, symbol) = (Day(9, 17), "FALPEN")
    var rows = ScenarioRows("WT3")
    let trades = maker(&rows, 130, "Ulstdahl Liquidity", symbol, day)
    rows.exemption(
      ExemptionRow(
        ownerID: ScenarioRows.owner(130), licence: "MM-9130", status: .lapsed, validTo: Day(8, 31), symbols: [symbol],
        isSeparated: true))
    let draft = AlertDraft(
      "WT-2026-0917-03", "Wash Trade", rule: "WT-002", Instant(9, 17, 18), rows.tables, trades,
      claims: ["AnomalyScore": "82", "VolumeImpact": "8%", "TimeDelta": "2500 ms", "SameBeneficialOwner": "true"])
    return Scenario(
      "WT-3", "The same with a licence that ran out two weeks before", file: "lapsed-maker.xml", kind: .washTrade,
      alert: draft.sequenced(severity: "Medium", market: makersMarket, sections: disclosure("MM-9130", symbol)),
      expected: Outcome(.review, 72, 17), action: .monitor, pattern: .direct, questions: [.marketMakerStatus],
      answered: [
        Answered(.marketMakerStatus, "renewal_proven", Outcome(.close, 15, 72)),
        Answered(.marketMakerStatus, "not_licensed", Outcome(.escalate, 88, 4)),
        Answered(.marketMakerStatus, HumanAnswer.unknown, Outcome(.review, 72, 17)),
      ], rows: rows.tables)
  }()
}
