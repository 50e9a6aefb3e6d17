extension Scenario {
  // k 0.6. W1 12 (related), W2 6, W3 3.8 (5 of 8 thousand) = 21.8. X2 15, X3 15, X4 15 (30 min), X5 3.8, X6 8 (44 bp) = 56.8.
  // 21.8 / 90.6 = 24, 56.8 / 90.6 = 63. one person: + 80, X2, X3, X4, X6 to a quarter: 78 / 13. independent: + 80: 13 / 80.
  static let spouses: Scenario = {
    let (day, symbol) = (Day(9, 24), "LUNDAX")
    var rows = ScenarioRows("WT4")
    rows.symbol(symbol, "Consumer", on: day, price: 25_00, volume: 44_000, volumes: [day: 44_000], leastReach: 15)
    rows.person(140, "Hana Ivernoza", role: "private client", department: "Clients", access: .none)
    rows.person(141, "Oska Ivernoza", role: "private client", department: "Clients", access: .none)
    rows.link(ScenarioRows.owner(140), ScenarioRows.owner(141), .spouse, degree: 1)
    let buy = rows.trade(140, .buy, 8_000, symbol, Instant(9, 24, 10, 0, 0, 0), cents: 25_00)
    let sell = rows.trade(141, .sell, 5_000, symbol, Instant(9, 24, 10, 30, 0, 0), cents: 25_11)
    let draft = AlertDraft(
      "WT-2026-0924-04", "Matched orders", rule: "WT-004", Instant(9, 24, 18), rows.tables, [buy, sell],
      claims: ["MatchedQuantity": "5,000", "PriceMove": "Up 0.44%", "RiskScore": "58 of 100"])
    let alert = draft.rich("Opposite orders of linked people", severity: "Medium") { xml in
      xml.inside("RelationshipDetails") { xml in
        xml.leaves([
          "Account1Holder": "Hana Ivernoza", "Account2Holder": "Oska Ivernoza", "RelationshipType": "Spouses",
        ])
      }
    }
    return Scenario(
      "WT-4", "Spouses trade against each other, half an hour apart and with the market", file: "spouses.xml",
      kind: .washTrade, alert: alert, expected: Outcome(.review, 24, 63), action: .monitor,
      pattern: WashSection.Pattern.none,
      questions: [.decisionMaker],
      answered: [
        Answered(.decisionMaker, "one_person", Outcome(.escalate, 78, 13)),
        Answered(.decisionMaker, "independent_evidenced", Outcome(.close, 13, 80)),
        Answered(.decisionMaker, HumanAnswer.unknown, Outcome(.review, 24, 63)),
      ], rows: rows.tables)
  }()

  // W1 8 (manager), k 0.5, X7 leaves 0.3 of W2 5, W4 5, W5 1.5 (auction), W6 2.7 (13 %) = 14.2. X2 35, X7 30, X8 8 = 73.
  // 14.2 / 99.2 = 14, 73 / 99.2 = 74.
  static let fundCross: Scenario = {
    let (day, symbol) = (Day(10, 14), "KANDIS")
    var rows = ScenarioRows("WT7")
    rows.symbol(symbol, "Property", on: day, price: 64_00, volume: 100_000, volumes: [day: 100_000])
    rows.trader(
      170, "Petra Stavwick", role: "portfolio manager", department: "Funds", access: .low, sectors: ["Property"])
    for (number, name) in [(170, "Stavwick Income Fund"), (171, "Stavwick Growth Fund")] {
      rows.account(
        number, name, owner: number, ownerType: "fund", relationship: "fund", controller: 170, desk: "Funds")
      rows.link(ScenarioRows.owner(number), ScenarioRows.trader(170), .manager, degree: 1)
      rows.instruction(
        InstructionRow(
          id: "IN-9\(number)", accountID: ScenarioRows.account(number), symbol: symbol, time: Instant(10, 14, 9),
          purpose: .cross, priceBasis: .vwap))
    }
    let trades = rows.match(
      Party(170), Party(171, trader: 170), 13_000, symbol, Instant(10, 14, 16, 30, 12), gap: 0, cents: 64_00,
      isAuction: true)
    let draft = AlertDraft(
      "WT-2026-1014-07", "Wash Trade", rule: "WT-003", Instant(10, 14, 18), rows.tables, trades,
      claims: ["AnomalyScore": "77", "VolumeImpact": "13%", "TimeDelta": "0 ms", "SameManager": "true"])
    let market: KeyValuePairs = [
      "MarketPhase": "Closing auction", "LiquidityLevel": "Normal", "VolatilityLevel": "Low",
    ]
    return Scenario(
      "WT-7", "Two funds cross in the closing auction, as they were told to in writing", file: "fund-cross.xml",
      kind: .washTrade, alert: draft.sequenced(severity: "Medium", market: market), expected: Outcome(.close, 14, 74),
      action: .close, pattern: WashSection.Pattern.none, rows: rows.tables)
  }()

  // k 0.15: W2 1.5, W4 1.5, W5 1.5 (6 s) = 4.5. X2 40. 4.5 / 56.5 = 8, 40 / 56.5 = 71.
  static let coincidence: Scenario = {
    let (day, symbol) = (Day(10, 20), "BOLTEM")
    var rows = ScenarioRows("WT8")
    rows.symbol(symbol, "Energy", on: day, price: 37_00, volume: 80_000, volumes: [day: 80_000])
    rows.person(180, "Gerrit Eskulo", role: "private client", department: "Clients", access: .none)
    rows.person(181, "Yara Marvbek", role: "private client", department: "Clients", access: .none)
    let trades = rows.match(Party(180), Party(181), 1_000, symbol, Instant(10, 20, 13, 5), gap: 6_000, cents: 37_00)
    let draft = AlertDraft(
      "WT-2026-1020-08", "Wash Trade", rule: "WT-001", Instant(10, 20, 18), rows.tables, trades,
      claims: ["AnomalyScore": "61", "VolumeImpact": "1.25%", "TimeDelta": "6000 ms", "SameBeneficialOwner": "false"])
    let market: KeyValuePairs = ["MarketPhase": "Continuous", "LiquidityLevel": "Normal", "VolatilityLevel": "Low"]
    return Scenario(
      "WT-8", "Two people who have nothing to do with each other meet by chance", file: "coincidence.xml",
      kind: .washTrade, alert: draft.sequenced(severity: "Low", market: market), expected: Outcome(.close, 8, 71),
      action: .close, pattern: WashSection.Pattern.none, rows: rows.tables)
  }()
}
