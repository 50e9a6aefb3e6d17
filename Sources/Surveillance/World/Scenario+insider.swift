// The tables beside the rows say which points they are laid out for: S suspicion, M mitigation, 12 points of doubt.

extension Scenario {
  static let insider: [Scenario] = [
    clearInsider, expectedResults, rulingAnalyst, planSeller, planlessSeller, insidersSpouse, steadyBuyer, bareAlert,
    wrongWay,
  ]

  /// Trades of a year, as days before the flagged one.
  static func before(_ day: Day, _ trades: [(ago: Int, side: Side, quantity: Int)])
    -> [(day: Day, side: Side, quantity: Int)]
  {
    trades.map { trade in
      var at = day - trade.ago
      while at.isWeekend { at = at - 1 }
      return (at, trade.side, trade.quantity)
    }
  }

  // S: I1 30, I3 2 (low), I4 15 (37 times), I5 10, I6 10, I7 12 (18 h), I8 10, I9 10, I10 5, I11 12, I12 8 = 124. M: none.
  // 124 / 136 = 91.
  private static let clearInsider: Scenario = {
    let (day, symbol) = (Day(9, 15), "VELQOR")
    let event = Instant(9, 16, 7)
    var rows = ScenarioRows("IT1")
    rows.symbol(
      symbol, "Technology", on: day, price: 42_00, jumps: [event.day: 47_000], volume: 400_000,
      volumes: [day: 640_000])
    rows.person(
      10, "Ilvo Dellbek", role: "settlements clerk", department: "Back office", access: .low, permission: .none)
    rows.history(
      10, "QUTILA",
      before(
        day,
        [
          (320, .buy, 500), (281, .sell, 450), (240, .buy, 500), (199, .sell, 550), (160, .buy, 500), (111, .sell, 500),
          (70, .buy, 550), (29, .sell, 450),
        ]))
    rows.peers(symbol, before: day, buying: 0, selling: 4)
    let trade = rows.trade(10, .buy, 18_500, symbol, Instant(9, 15, 13))
    rows.news(symbol, event, "Velqor is to be taken over at a premium of half its price", .material, 1)
    let draft = AlertDraft(
      "IT-2026-0915-01", "Insider Trading", rule: "IT-001", Instant(9, 16, 18), rows.tables, [trade],
      event: .init(type: "Takeover bid", time: event, text: "Bid for all shares of Velqor"),
      claims: [
        "AnomalyScore": "94", "ConfidenceLevel": "High", "TemporalProximity": "36 hours before the announcement",
        "EstimatedProfit": "675000",
      ])
    return Scenario(
      "IT-1", "A settlements clerk who may not trade buys 18 hours before a takeover", file: "clear-insider.xml",
      kind: .insiderTrading, alert: draft.flat(), expected: Outcome(.escalate, 91, 0), action: .escalate,
      rows: rows.tables)
  }()

  // S: I3 8 (medium), I7 6 (17 h), I8 5, I9 4 (200,000) = 23. M: M1 20 (7 trades), M3 15, M4 20, M5 15, M6 15, M7 5 = 90.
  // 23 / 125 = 18, 90 / 125 = 72.
  private static let expectedResults: Scenario = {
    let (day, symbol) = (Day(9, 8), "MARDUN")
    let event = Instant(9, 9, 7)
    var rows = ScenarioRows("IT2")
    rows.symbol(
      symbol, "Consumer", on: day, price: 50_00, jumps: [event.day: 8_000], volume: 1_500_000, volumes: [day: 1_500_000]
    )
    rows.person(
      20, "Runa Kaldsen", role: "portfolio manager", department: "Funds", access: .medium,
      sectors: ["Consumer", "Health"])
    // Both sides, and at no fixed distance: no programme.
    rows.history(
      20, symbol,
      before(
        day,
        [
          (340, .buy, 44_000), (322, .sell, 46_000), (250, .buy, 45_000), (188, .buy, 45_000), (171, .sell, 44_000),
          (93, .buy, 47_000), (41, .sell, 45_000),
        ]))
    rows.peers(symbol, before: day, buying: 5, selling: 0)
    let trade = rows.trade(20, .buy, 50_000, symbol, Instant(9, 8, 14))
    let told: [(Instant, String, NewsRow.Category)] = [
      (Instant(8, 26, 9), "Mardun has had a strong summer, says its largest shop", .material),
      (Instant(8, 27, 8), "Analyst raises the view of Mardun", .analyst),
      (Instant(8, 28, 10), "Mardun could beat its own outlook", .analyst),
      (Instant(9, 1, 9), "Mardun wins a contract for five years", .material),
      (Instant(9, 2, 12), "A second house raises Mardun", .analyst),
      (Instant(9, 4, 8), "Preview: what to expect of Mardun", .analyst),
      (Instant(9, 7, 9), "Analyst lifts Mardun's target before its results", .analyst),
    ]
    for (time, headline, category) in told { rows.news(symbol, time, headline, category, 1) }
    rows.news(symbol, Instant(8, 25, 8), "Mardun will report on 9 September", .none, 0, isScheduled: true)
    rows.news(
      symbol, event, "Mardun reports more than was expected", .material, 1, isScheduled: true, source: "Exchange filing"
    )
    let draft = AlertDraft(
      "IT-2026-0909-02", "Insider Trading", rule: "IT-003", Instant(9, 9, 18), rows.tables, [trade],
      event: .init(type: "Results", time: event, text: "Results of the second quarter"),
      claims: [
        "AnomalyScore": "71", "ConfidenceLevel": "Medium", "TemporalProximity": "17 hours", "EstimatedProfit": "200000",
      ])
    return Scenario(
      "IT-2", "A portfolio manager buys what everybody recommends, before results that were announced",
      file: "expected-results.xml", kind: .insiderTrading, alert: draft.flat(), expected: Outcome(.close, 18, 72),
      action: .close, rows: rows.tables)
  }()

  // S: I3 8 (medium), k 0.94, I4 13.3 (4 times: z 5.5), I7 11.3 (20 h), I8 9.4, I9 6.6 (175,000), I11 8 (1 item) = 56.6.
  // M: M1 16.7 (5 trades), M4 6.7, M5 9.4 (3 of 4), M6 5 (analyst), M7 5 = 42.7. 51 / 38.
  // no: S + 80 = 71 / 22. yes: I4, I7, I8, I9, I11 halved, M + 80 = 19 / 73.
  private static let rulingAnalyst: Scenario = {
    let (day, symbol) = (Day(9, 22), "ZENTHO")
    let event = Instant(9, 23, 7)
    var rows = ScenarioRows("IT3")
    rows.symbol(
      symbol, "Health", on: day, price: 40_00, jumps: [event.day: 9_000], volume: 1_200_000, volumes: [day: 1_200_000])
    rows.person(30, "Sefa Grevlund", role: "analyst", department: "Research", access: .medium, sectors: ["Health"])
    rows.history(
      30, symbol,
      before(
        day,
        [
          (301, .buy, 12_000), (266, .sell, 12_200), (150, .buy, 12_200), (120, .sell, 12_400), (48, .buy, 12_200),
        ]))
    rows.peers(symbol, before: day, buying: 3, selling: 1)
    let trade = rows.trade(30, .buy, 48_800, symbol, Instant(9, 22, 11))
    rows.news(
      symbol, Instant(9, 10, 9), "The regulator is to rule on Zentho on 23 September", .none, 0, isScheduled: true)
    rows.news(symbol, Instant(9, 14, 9), "Analyst sees a good chance for Zentho", .analyst, 1)
    rows.news(symbol, Instant(9, 16, 10), "A second house doubts Zentho's figures", .analyst, -1)
    rows.news(symbol, Instant(9, 18, 12), "Talk of delays at the regulator", .rumour, -1)
    rows.news(symbol, Instant(9, 21, 8), "Health shares before a busy week", .sector, 0)
    rows.news(
      symbol, event, "The regulator rules for Zentho", .material, 1, isScheduled: true, source: "Regulator's notice")
    let draft = AlertDraft(
      "IT-2026-0923-03", "Pre-announcement trading", rule: "PRE_ANN_02", Instant(9, 23, 18), rows.tables, [trade],
      event: .init(type: "Regulatory ruling", time: event, text: "Ruling on Zentho's licence"),
      claims: [
        "VolumeDeviation": "400%", "PriceMove": "Up 9.0%", "EstimatedProfit": "$175,000", "RiskScore": "78 of 100",
      ])
    return Scenario(
      "IT-3", "An analyst buys four times the usual size before a ruling whose day was known",
      file: "ruling-analyst.xml", kind: .insiderTrading,
      alert: draft.rich("Trading before an announcement", severity: "High"),
      expected: Outcome(.review, 51, 38), action: .monitor, questions: [.preclearance],
      answered: [
        Answered(.preclearance, "no_or_denied", Outcome(.escalate, 71, 22)),
        Answered(.preclearance, "yes_verified", Outcome(.close, 19, 73)),
        Answered(.preclearance, HumanAnswer.unknown, Outcome(.review, 51, 38)),
      ], rows: rows.tables)
  }()
}
