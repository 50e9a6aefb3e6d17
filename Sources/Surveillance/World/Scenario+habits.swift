extension Scenario {
  // S: I7 4 (96 h), I8 5, I9 0.1 (3,900), I11 12 = 21.1. M: M1 20, M2 20, M3 15, M5 15, M6 15 = 85. 21 / 118 = 18, 85 / 118 = 72.
  static let steadyBuyer: Scenario = {
    let (day, symbol) = (Day(10, 15), "ORBATE")
    let event = Instant(10, 19, 9)
    var rows = ScenarioRows("IT7")
    rows.symbol(
      symbol, "Finance", on: day, price: 28_00, jumps: [event.day: 35_000], volume: 700_000, volumes: [day: 700_000])
    rows.person(
      70, "Veska Asterulo", role: "portfolio manager", department: "Mandates", access: .none,
      sectors: ["Finance", "Property"])
    rows.history(
      70, symbol, (1...12).reversed().map { (day - 14 * $0, Side.buy, 400) })
    rows.peers(symbol, before: day, buying: 4, selling: 0)
    let trade = rows.trade(70, .buy, 400, symbol, Instant(10, 15, 9))
    rows.news(symbol, event, "A bidder offers a third more for Orbate", .material, 1)
    let draft = AlertDraft(
      "IT-2026-1019-07", "Insider Trading", rule: "IT-001", Instant(10, 19, 18), rows.tables, [trade],
      event: .init(type: "Takeover bid", time: event, text: "Bid for Orbate"),
      claims: ["AnomalyScore": "64", "ConfidenceLevel": "Medium", "TemporalProximity": "4 days"])
    return Scenario(
      "IT-7", "Twelve equal purchases in six months, and then a bid that nobody expected", file: "steady-buyer.xml",
      kind: .insiderTrading, alert: draft.flat(), expected: Outcome(.close, 18, 72), action: .close, rows: rows.tables)
  }()

  // Neither prices nor an instrument nor a trade of the year: not even the flagged one is on file.
  // S: I5 10 (never traded), I7 11 (42 h), I12 8 (no peers) = 29. M: none. 20 points of doubt for the missing prices. 29 / 49 = 59.
  // no: 109 / 129 = 84. yes: I7 halved, M + 80: 19 / 65. contact: 84. none found: M + 25 = 39 / 34.
  static let bareAlert: Scenario = {
    let symbol = "NOVQEX"
    let event = Instant(10, 14, 7)
    var rows = ScenarioRows("IT8")
    rows.person(80, "Nadev Wendoza", role: "private client", department: "Clients", access: .none)
    let trade = rows.unfiledTrade(80, .buy, 6_000, symbol, Instant(10, 12, 13), cents: 18_40)
    let draft = AlertDraft(
      "IT-2026-1014-08", "Insider Trading", rule: "MAR-03-001", Instant(10, 14, 18), rows.tables, [trade],
      event: .init(type: "Merger", time: event, text: "Novqex agrees to a merger"),
      claims: ["AnomalyScore": "80", "ConfidenceLevel": "Low"])
    return Scenario(
      "IT-8", "A purchase of which neither history nor prices are on file", file: "bare-alert.xml",
      kind: .insiderTrading, alert: draft.flat(), expected: Outcome(.review, 59, 0), action: .requestMoreData,
      questions: [.preclearance, .insiderContact],
      answered: [
        Answered(.preclearance, "no_or_denied", Outcome(.escalate, 84, 0)),
        Answered(.insiderContact, "contact_confirmed", Outcome(.escalate, 84, 0)),
        Answered(.insiderContact, "none_found", Outcome(.review, 39, 34)),
        Answered(.preclearance, "yes_verified", Outcome(.review, 19, 65)),
        Answered(.preclearance, HumanAnswer.unknown, Outcome(.review, 59, 0)),
      ], rows: rows.tables)
  }()

  // S: I3 8 (medium), I7 3 (132 h), I11 12 = 23. M: M1 6.7 (2 trades), M3 15, M8 25 = 46.7. 23 / 81.7 = 28, 46.7 / 81.7 = 57.
  // no: S + 80 = 64 / 29. yes: I7, I11 halved, M + 80 = 10 / 82.
  static let wrongWay: Scenario = {
    let (day, symbol) = (Day(10, 21), "TASKOR")
    let event = Instant(10, 27, 0)
    var rows = ScenarioRows("IT9")
    rows.symbol(
      symbol, "Telecom", on: day, price: 24_00, jumps: [event.day: -12_000], volume: 800_000, volumes: [day: 800_000])
    rows.person(90, "Adra Farnego", role: "dealer", department: "Execution", access: .medium)
    rows.history(90, symbol, before(day, [(170, .buy, 5_000), (75, .sell, 5_200)]))
    rows.history(
      90, "QUTELA", before(day, [(300, .buy, 5_000), (222, .sell, 4_800), (118, .buy, 5_200), (33, .sell, 5_000)]))
    rows.peers(symbol, before: day, buying: 2, selling: 2)
    let trade = rows.trade(90, .buy, 5_400, symbol, Instant(10, 21, 12))
    rows.news(symbol, event, "Taskor loses its largest customer", .material, -1)
    let draft = AlertDraft(
      "IT-2026-1027-09", "Insider Trading", rule: "IT-001", Instant(10, 27, 18), rows.tables, [trade],
      event: .init(type: "Profit warning", time: event, text: "Taskor loses a customer"),
      claims: ["AnomalyScore": "55", "ConfidenceLevel": "Low"])
    return Scenario(
      "IT-9", "A purchase before bad news: the wrong way", file: "wrong-way.xml", kind: .insiderTrading,
      alert: draft.flat(withTime: false), expected: Outcome(.review, 28, 57), action: .monitor,
      questions: [.preclearance],
      answered: [
        Answered(.preclearance, "no_or_denied", Outcome(.review, 64, 29)),
        Answered(.preclearance, "yes_verified", Outcome(.close, 10, 82)),
        Answered(.preclearance, HumanAnswer.unknown, Outcome(.review, 28, 57)),
      ], rows: rows.tables)
  }()
}
