extension Scenario {
  // M9 leaves a quarter of I3 30, I7 5 (60 h), I8 5, I9 5, I11 12. S = 14.3. M: M1 20 (6 trades), M3 15, M9 60 = 95.
  // 14.3 / 121.3 = 12, 95 / 121.3 = 78.
  static let planSeller: Scenario = {
    let (day, symbol) = (Day(9, 21), "HOLMIR")
    let event = Instant(9, 24, 3)
    var rows = ScenarioRows("IT4")
    rows.symbol(
      symbol, "Industrials", on: day, price: 60_00, jumps: [event.day: -15_000], volume: 900_000,
      volumes: [day: 900_000])
    rows.person(40, "Jorun Varnane", role: "executive", department: "Board of Holmir", access: .high)
    rows.onInsiderList(40, symbol, from: Day(2, 2), to: Day(10, 30))
    rows.plan(
      PlanRow(
        id: "PL-9040", traderID: ScenarioRows.trader(40), symbol: symbol, side: .sell,
        adopted: Day(year: 2025, month: 9, day: 29), firstTrade: Day(2, 10), maximumQuantity: 300_000, status: .active))
    // At no fixed distance: a plan, but no programme that would count on its own.
    rows.history(
      40, symbol,
      [
        (Day(2, 10), .sell, 30_000), (Day(2, 20), .sell, 30_000), (Day(3, 9), .sell, 30_000),
        (Day(6, 15), .sell, 30_000), (Day(7, 1), .sell, 30_000), (Day(9, 1), .sell, 30_000),
      ])
    rows.peers(symbol, before: day, buying: 2, selling: 2)
    let trade = rows.trade(40, .sell, 30_000, symbol, Instant(9, 21, 15))
    rows.news(symbol, event, "Holmir warns of a weaker year", .material, -1)
    let draft = AlertDraft(
      "IT-2026-0924-04", "Insider Trading", rule: "IT-002", Instant(9, 24, 18), rows.tables, [trade],
      event: .init(type: "Profit warning", time: event, text: "Holmir lowers its outlook"),
      claims: [
        "AnomalyScore": "88", "ConfidenceLevel": "High", "TemporalProximity": "60 hours", "EstimatedProfit": "247200",
      ])
    return Scenario(
      "IT-4", "An executive sells 60 hours before a warning, under an old plan", file: "plan-seller.xml",
      kind: .insiderTrading, alert: draft.flat(), expected: Outcome(.close, 12, 78), action: .close, rows: rows.tables)
  }()

  // k 0.65. S: I3 30, I4 4.5 (z 3.2), I7 6.5 (60 h), I8 6.5, I9 6.5, I11 12, I12 5 (1 of 4) = 71. M: M1 6.7 (2 trades).
  // 71 / 89.7 = 79.
  static let planlessSeller: Scenario = {
    let (day, symbol) = (Day(9, 28), "GRANDO")
    let event = Instant(10, 1, 3)
    var rows = ScenarioRows("IT5")
    rows.symbol(
      symbol, "Materials", on: day, price: 60_00, jumps: [event.day: -22_000], volume: 900_000, volumes: [day: 900_000])
    rows.person(50, "Zeno Torvmark", role: "executive", department: "Board of Grando", access: .high)
    rows.onInsiderList(50, symbol, from: Day(9, 1), to: Day(10, 30))
    rows.history(50, symbol, before(day, [(208, .sell, 9_000), (96, .sell, 9_200)]))
    rows.history(
      50, "QUMATA", before(day, [(330, .buy, 8_800), (285, .sell, 9_000), (154, .buy, 9_000), (61, .sell, 9_200)]))
    rows.peers(symbol, before: day, buying: 3, selling: 1)
    let trade = rows.trade(50, .sell, 20_030, symbol, Instant(9, 28, 15))
    rows.news(symbol, event, "Grando halts its largest mine", .material, -1)
    let draft = AlertDraft(
      "IT-2026-1001-05", "Insider Trading", rule: "IT-002", Instant(10, 1, 18), rows.tables, [trade],
      event: .init(type: "Profit warning", time: event, text: "Grando halts a mine"),
      claims: [
        "VolumeDeviation": "223%", "PriceMove": "Down 22.0%", "AvoidedLoss": "$264,000", "RiskScore": "83 of 100",
      ])
    return Scenario(
      "IT-5", "An executive sells 60 hours before a warning, without a plan", file: "planless-seller.xml",
      kind: .insiderTrading, alert: draft.rich("Dealing of an executive", severity: "High"),
      expected: Outcome(.escalate, 79, 7), action: .escalate, rows: rows.tables)
  }()

  // S: I3 15 (linked), I5 10, I6 10, I7 12 (20 h), I8 10, I9 10, I11 12, I12 8 (no peers), I13 15 = 102. M: none.
  // 102 / 114 = 89.
  static let insidersSpouse: Scenario = {
    let (day, symbol) = (Day(10, 6), "PELUMA")
    let event = Instant(10, 7, 7)
    var rows = ScenarioRows("IT6")
    rows.symbol(
      symbol, "Energy", on: day, price: 35_00, jumps: [event.day: 40_000], volume: 500_000, volumes: [day: 500_000])
    rows.person(60, "Tilde Quendtis", role: "private client", department: "Clients", access: .none)
    rows.person(61, "Wim Quendtis", role: "executive", department: "Board of Peluma", access: .high)
    rows.person(62, "Lumo Quendtis", role: "private client", department: "Clients", access: .none)
    rows.onInsiderList(61, symbol, from: Day(9, 7), to: Day(10, 30))
    rows.link(ScenarioRows.trader(60), ScenarioRows.trader(61), .spouse, degree: 1)
    rows.link(ScenarioRows.trader(60), ScenarioRows.trader(62), .family, degree: 1)
    let trade = rows.trade(60, .buy, 20_000, symbol, Instant(10, 6, 11))
    // The relative's purchase five hours later is what is coordinated.
    rows.trade(62, .buy, 4_000, symbol, Instant(10, 6, 15, 50))
    rows.news(symbol, event, "Peluma finds gas where nobody had looked", .material, 1)
    let draft = AlertDraft(
      "IT-2026-1007-06", "Insider dealing", rule: "ITA-014", Instant(10, 7, 18), rows.tables, [trade],
      event: .init(type: "Discovery", time: event, text: "Peluma reports a find"),
      claims: ["VolumeDeviation": "706%", "PriceMove": "Up 40.0%", "EstimatedProfit": "$280,000"])
    let alert = draft.rich("First trade of a linked account", severity: "Critical") { xml in
      xml.inside("RelatedParties") { xml in
        xml.inside("Party") { xml in
          xml.leaves([
            "PartyID": ScenarioRows.trader(61), "Name": "Wim Quendtis", "Relationship": "Spouse",
          ])
        }
        xml.inside("Party") { xml in
          xml.leaves([
            "PartyID": ScenarioRows.trader(62), "Name": "Lumo Quendtis", "Relationship": "Family & friends",
          ])
        }
      }
    }
    return Scenario(
      "IT-6", "An insider's spouse and a relative buy 20 hours before a find", file: "insiders-spouse.xml",
      kind: .insiderTrading, alert: alert, expected: Outcome(.escalate, 89, 0), action: .escalate, rows: rows.tables)
  }()
}
