extension Scenario {
  // W1 35, W2 20 (cycle), W3 15, W4 10, W5 10 (5 s), W6 12 (68 %), W8 3 = 105. X: none. 105 / 117 = 90.
  static let layeredWash: Scenario = {
    let (day, symbol) = (Day(9, 30), "RIVOTA")
    var rows = ScenarioRows("WT5")
    rows.symbol(symbol, "Technology", on: day, price: 12_00, volume: 90_000, volumes: [day: 37_500])
    rows.trader(150, "Ulmo Paskane", role: "private client", department: "Clients", access: .none)
    for (number, name) in [(150, "Rimmoza Trading"), (151, "Rimmoza Invest"), (152, "Rimmoza Reserve")] {
      rows.account(
        number, name, owner: 150, ownerName: "Ulmo Paskane", ownerType: "person", relationship: "company",
        controller: 150, desk: "Clients")
    }
    let circle = [Party(150), Party(151, trader: 150), Party(152, trader: 150)]
    var trades: [TradeRow] = []
    for leg in circle.indices {
      trades += rows.match(
        circle[leg], circle[(leg + 1) % circle.count], 8_500, symbol, Instant(9, 30, 11, 0, 5 * leg), gap: 0,
        cents: 12_00)
    }
    let draft = AlertDraft(
      "WT-2026-0930-05", "Circular trading", rule: "WT-005", Instant(9, 30, 18), rows.tables, trades,
      claims: ["AnomalyScore": "97", "VolumeImpact": "68%", "TimeDelta": "5000 ms", "SameBeneficialOwner": "true"])
    let market: KeyValuePairs = ["MarketPhase": "Continuous", "LiquidityLevel": "Low", "VolatilityLevel": "Normal"]
    // The purchases show only as the sales' counterparties, as some systems send it.
    let alert = draft.sequenced(severity: "Critical", market: market, salesOnly: true) { xml in
      xml.inside("CircularPatternAnalysis") { xml in
        xml.leaves(["PatternDetected": "true", "LegCount": "3", "NetPositionChange": "0"])
      }
    }
    return Scenario(
      "WT-5", "Shares go round three accounts of one owner", file: "layered-wash.xml", kind: .washTrade, alert: alert,
      expected: Outcome(.escalate, 90, 0), action: .escalate, pattern: .layered, rows: rows.tables)
  }()

  // W1 30 (via another), W2 15 (chain), W3 15, W4 10, W5 6 (45 s), W6 5.8 (22 %) = 81.8. X2 8. 81.8 / 101.8 = 80, 8 / 101.8 = 8.
  static let throughAnother: Scenario = {
    let (day, symbol) = (Day(10, 8), "SORBEK")
    var rows = ScenarioRows("WT6")
    rows.symbol(symbol, "Utilities", on: day, price: 22_00, volume: 50_000, volumes: [day: 50_000])
    rows.trader(160, "Elsa Orrellund", role: "private client", department: "Clients", access: .none)
    rows.person(161, "Fenn Nostwick", role: "private client", department: "Clients", access: .none)
    for (number, name) in [(160, "Orrellund, private"), (162, "Orrellund Foundation")] {
      rows.account(
        number, name, owner: 160, ownerName: "Elsa Orrellund", relationship: number == 160 ? "own" : "foundation",
        controller: 160, desk: "Clients")
    }
    let (start, between, end) = (Party(160), Party(161), Party(162, trader: 160))
    var trades = rows.match(start, between, 5_500, symbol, Instant(10, 8, 14, 0), gap: 0, cents: 22_00)
    trades += rows.match(between, end, 5_500, symbol, Instant(10, 8, 14, 0, 45), gap: 0, cents: 22_00)
    let draft = AlertDraft(
      "WT-2026-1008-06", "Wash trading", rule: "WT-006", Instant(10, 8, 18), rows.tables, trades,
      claims: ["MatchedQuantity": "5,500", "VolumeShare": "22%", "RiskScore": "85 of 100"])
    return Scenario(
      "WT-6", "Shares come back to their owner through somebody else's account", file: "through-another.xml",
      kind: .washTrade, alert: draft.rich("Return to the first owner", severity: "High"),
      expected: Outcome(.escalate, 80, 8), action: .escalate, pattern: .intermediary, rows: rows.tables)
  }()
}
