extension Scenario {
  // X9 leaves half of W1 35, W2 10, W3 15, W4 10, W5 15 (0.4 s) = 42.5. X9 40. 42.5 / 94.5 = 45, 40 / 94.5 = 42.
  // same trader: + 80, X9 to a quarter: 85 / 7. independent: + 80, half again: 14 / 78.
  static let twoStrategies: Scenario = {
    let (day, symbol) = (Day(10, 22), "ALGUNA")
    var rows = ScenarioRows("WT9")
    rows.symbol(symbol, "Technology", on: day, price: 75_00, volume: 100_000, volumes: [day: 100_000])
    rows.trader(190, "Kesi Corvdahl", role: "dealer", department: "Systematic", access: .low)
    rows.trader(191, "Mirel Zandego", role: "dealer", department: "Systematic", access: .low)
    for (number, name) in [(190, "Halvering Systematic, momentum"), (191, "Halvering Systematic, reversion")] {
      rows.account(
        number, name, owner: 190, ownerName: "Halvering Systematic", ownerType: "company", relationship: "house",
        controller: number, desk: "Systematic")
    }
    let trades = rows.match(
      Party(190, strategy: "S-MOMENTUM"), Party(191, strategy: "S-REVERSION"), 300, symbol, Instant(10, 22, 12, 41, 7),
      gap: 400, cents: 75_00)
    let draft = AlertDraft(
      "WT-2026-1022-09", "Self-trade", rule: "WT-007", Instant(10, 22, 18), rows.tables, trades,
      claims: ["AnomalyScore": "70", "VolumeImpact": "0.3%", "TimeDelta": "400 ms", "SameBeneficialOwner": "true"])
    let market: KeyValuePairs = ["MarketPhase": "Continuous", "LiquidityLevel": "Normal", "VolatilityLevel": "Normal"]
    return Scenario(
      "WT-9", "Two programmes of one house meet once, for few shares", file: "two-strategies.xml", kind: .washTrade,
      alert: draft.sequenced(severity: "Medium", market: market), expected: Outcome(.review, 45, 42), action: .monitor,
      pattern: .direct, questions: [.strategies],
      answered: [
        Answered(.strategies, "same_trader", Outcome(.escalate, 85, 7)),
        Answered(.strategies, "independent", Outcome(.close, 14, 78)),
        Answered(.strategies, HumanAnswer.unknown, Outcome(.review, 45, 42)),
      ], rows: rows.tables)
  }()

  // k 0.7 (7 times before): W2 7, W4 7, W5 10.5 (0.5 s), W7 10 = 34.5. X: none. 20 points of doubt for the gap. 34.5 / 54.5 = 63.
  // With the other account's owner: W1 35, W2 10, W3 15, W4 10, W5 15, W7 10 = 95. 95 / 107 = 89.
  static let unknownOwner: Scenario = {
    let (day, symbol) = (Day(10, 28), "UMBREN")
    var rows = ScenarioRows("WT10")
    rows.symbol(symbol, "Health", on: day, price: 31_00, volume: 50_000, volumes: [day: 50_000])
    rows.person(200, "Ciske Yelmsen", role: "private client", department: "Clients", access: .none)
    rows.trader(201, "Client of a foreign broker", role: "private client", department: "Brokers", access: .none)
    rows.account(
      201, "Broker's collective account", owner: nil, relationship: "collective", controller: 201, desk: "Brokers")
    let (known, unknown) = (Party(200), Party(201))
    for (place, earlier) in tradingDays(before: day, ago: [28, 23, 20, 16, 13, 9, 5]).enumerated() {
      rows.match(known, unknown, 1_500, symbol, Instant(earlier, hour: 9, minute: 30 + place), gap: 500)
    }
    let trades = rows.match(known, unknown, 1_500, symbol, Instant(10, 28, 9, 44), gap: 500, cents: 31_00)
    let draft = AlertDraft(
      "WT-2026-1028-10", "Wash Trade", rule: "WT-001", Instant(10, 28, 18), rows.tables, trades,
      claims: ["AnomalyScore": "79", "VolumeImpact": "3%", "TimeDelta": "500 ms", "SameBeneficialOwner": "unknown"])
    let market: KeyValuePairs = ["MarketPhase": "Continuous", "LiquidityLevel": "Normal", "VolatilityLevel": "Low"]
    let other = ScenarioRows.account(201)
    return Scenario(
      "WT-10", "The same two accounts meet again and again, and nobody knows who owns one of them",
      file: "unknown-owner.xml", kind: .washTrade, alert: draft.sequenced(severity: "High", market: market),
      expected: Outcome(.review, 63, 0), action: .requestMoreData, pattern: WashSection.Pattern.none,
      questions: [.ownerOfAccount],
      answered: [
        Answered(.ownerOfAccount, subject: other, ScenarioRows.owner(200), Outcome(.escalate, 89, 0)),
        Answered(.ownerOfAccount, subject: other, HumanAnswer.unknown, Outcome(.review, 63, 0)),
      ], rows: rows.tables)
  }()
}
