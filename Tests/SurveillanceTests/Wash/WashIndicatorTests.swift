import Surveillance
import Testing

/// Each indicator on both sides of its edges. The trades are one sale of A and one purchase of B, with the facts around them as said.
@Suite struct WashIndicatorTests {
  enum Tie: String, CaseIterable { case same, related, manager, unrelated, unknown }

  struct Situation {
    var tie = Tie.same
    var milliseconds = 0
    var sellPrice = 100.0
    var sold = 1_000
    var bought = 1_000
    var isOneTrade = true
    var volume: Int? = 1_000_000
    var groups = 0
    var isAuction = false
    var strategies: (String?, String?) = (nil, nil)
    var liquidity = "normal"

    var facts: WashFacts {
      var scenario = WashCase()
      scenario.account("A", owner: tie == .unknown ? "" : "P-1", controller: tie == .manager ? "M" : "")
      scenario.account(
        "B", owner: tie == .unknown ? "" : tie == .same ? "P-1" : "P-2", controller: tie == .manager ? "M" : "")
      if tie == .related { scenario.link("P-1", "P-2", .spouse) }
      var relationships = RelationshipFacts()
      relationships.flagged = ["A", "B"]
      relationships.accounts = scenario.tables.accounts
      relationships.links = scenario.tables.links

      var sell = washLeg("1", .sell, quantity: sold, price: sellPrice, account: "A")
      var buy = washLeg("2", .buy, at: milliseconds, quantity: bought, account: "B")
      (sell.isAuction, buy.isAuction) = (isAuction, isAuction)
      (sell.isFlagged, buy.isFlagged) = (true, true)
      (sell.strategyID, buy.strategyID) = strategies
      let pair = TradePair(buy: buy, sell: sell, isOneTrade: isOneTrade)
      var timing = TimingFacts()
      timing.pairs = [pair]
      timing.legs = [sell, buy]
      timing.isAuction = isAuction
      var counterparties = CounterpartyFacts()
      counterparties.legs = [sell, buy]
      counterparties.matched = [pair]
      var history = WashHistoryFacts()
      history.rows = 10
      history.groups = (0..<groups).map { .init(time: washMorning - ($0 + 1) * Instant.perDay, pairs: [pair]) }
      scenario.market.dayVolume = volume
      scenario.market.liquidity = liquidity
      return WashFacts(
        market: scenario.market, relationships: relationships, history: history, timing: timing,
        counterparties: counterparties)
    }
  }

  private func assess(_ facts: WashFacts) -> Assessment {
    WashAssessment.assess(Alert(id: "1", type: "Wash"), facts, owners: [:], .standard)
  }

  private func points(_ indicator: String, _ situation: Situation) -> Double {
    assess(situation.facts).washPoints(indicator) ?? 0
  }

  @Test(arguments: [
    (Tie.same, 35.0, 0.0, 1.0), (.related, 12, 15, 0.6), (.manager, 8, 35, 0.5), (.unrelated, 0, 40, 0.15),
    (.unknown, 0, 0, 0.15),
  ])
  func `owners give W1 or X2, and open the gate of W2, W4 and W5`(
    tie: Tie, suspicion: Double, mitigation: Double, gate: Double
  ) {
    let situation = Situation(tie: tie)
    #expect(points("W1", situation) == suspicion)
    #expect(points("X2", situation) == mitigation)
    #expect(points("W2", situation) == (10 * gate * 100).rounded() / 100)
    #expect(points("W4", situation) == (10 * gate * 100).rounded() / 100)
    #expect(points("W5", situation) == (15 * gate * 100).rounded() / 100)
  }

  @Test func `recurrence opens the gate too`() {
    #expect(points("W2", Situation(tie: .unrelated, groups: 1)) == 1.5)
    #expect(points("W2", Situation(tie: .unrelated, groups: 4)) == 4)
    #expect(points("W2", Situation(tie: .unrelated, groups: 12)) == 10)
    #expect(points("W2", Situation(tie: .related, groups: 5)) == 6)
  }

  @Test(arguments: [
    (0, 15.0, 0.0), (1_000, 15, 0), (1_001, 10, 0), (10_000, 10, 0), (10_001, 6, 0), (60_000, 6, 0), (60_001, 3, 0),
    (300_000, 3, 0), (300_001, 0, 10), (1_799_999, 0, 10), (1_800_000, 0, 15),
  ])
  func `time gives W5 in its tiers, and X4 beyond them`(milliseconds: Int, suspicion: Double, mitigation: Double) {
    let situation = Situation(milliseconds: milliseconds)
    #expect(points("W5", situation) == suspicion)
    #expect(points("X4", situation) == mitigation)
  }

  @Test func `an auction leaves a fifth of W5, and gives X8`() {
    #expect(points("W5", Situation(isAuction: true)) == 3)
    #expect(points("X8", Situation(isAuction: true)) == 8)
    #expect(points("X8", Situation()) == 0)
  }

  /// The buyer paid 100; the gap is one of the mean of both prices.
  @Test(arguments: [(100.0, 10.0, 0.0), (100.01, 10, 0), (100.1051, 5, 0), (100.2002, 0, 0), (100.2104, 0, 8)])
  func `the price gap gives W4 up to 20 basis points, and X6 beyond them`(
    price: Double, suspicion: Double, mitigation: Double
  ) {
    let situation = Situation(sellPrice: price)
    #expect((points("W4", situation) * 10).rounded() / 10 == suspicion)
    #expect(points("X6", situation) == mitigation)
  }

  @Test(arguments: [
    (1_000, 1_000, 15.0, 0.0), (1_000, 990, 15, 0.1), (1_000, 745, 7.5, 2.55), (1_000, 500, 0, 5), (400, 1_000, 0, 6),
  ])
  func `what was taken back gives W3, and what stayed open X5`(
    sold: Int, bought: Int, suspicion: Double, mitigation: Double
  ) {
    let situation = Situation(sold: sold, bought: bought)
    #expect(points("W3", situation) == suspicion)
    #expect(points("X5", situation) == mitigation)
  }

  @Test(arguments: [Tie.manager, .unrelated, .unknown])
  func `where owners differ there is no position to take back`(tie: Tie) {
    #expect(points("W3", Situation(tie: tie)) == 0)
    #expect(points("X5", Situation(tie: tie, sold: 1_000, bought: 500)) == 0)
  }

  @Test(arguments: [(20_001, 0.0), (20_000, 0), (4_444, 6), (2_500, 12), (1_000, 12)])
  func `the share of the day's volume gives W6`(volume: Int, expected: Double) {
    #expect((points("W6", Situation(volume: volume)) * 100).rounded() / 100 == expected)
  }

  @Test func `a volume that is not known is a gap`() {
    let gaps = assess(Situation(volume: nil).facts).gaps
    #expect(gaps.map(\.source) == ["prices"])
    #expect(gaps.map { $0.isMandatory } == [true])
  }

  @Test(arguments: [(0, 0.0), (1, 2), (4, 8), (5, 10), (9, 10)])
  func `what was before gives W7`(groups: Int, expected: Double) {
    #expect(points("W7", Situation(groups: groups)) == expected)
  }

  @Test(arguments: [("low", 3.0), ("normal", 0), ("high", 0)])
  func `a thin market gives W8`(liquidity: String, expected: Double) {
    #expect(points("W8", Situation(liquidity: liquidity)) == expected)
  }

  @Test func `trades with the market give X3`() {
    #expect(points("X3", Situation(isOneTrade: false)) == 15)
    #expect(points("X3", Situation()) == 0)
  }

  @Test(arguments: [
    (ExemptionRow.Status.current, 0, ["ACME"], true, 70.0, true), (.current, -1, ["ACME"], true, 20, false),
    (.suspended, 10, ["ACME"], true, 20, false), (.current, 10, ["OTHER"], true, 20, false),
    (.current, 10, ["ACME"], false, 20, false), (.lapsed, -10, ["ACME"], false, 10, false),
    (.lapsed, -10, [], false, 0, false),
  ])
  func `an exemption gives X1 by its proofs`(
    status: ExemptionRow.Status, validFor days: Int, symbols: [String], isSeparated: Bool, expected: Double,
    isFull: Bool
  ) {
    var facts = Situation(volume: 10_000).facts
    facts.relationships.exemptions = [
      ExemptionRow(
        ownerID: "P-1", licence: "L", status: status, validTo: washMorning.day + days, symbols: symbols,
        isSeparated: isSeparated)
    ]
    let assessment = assess(facts)
    #expect((assessment.washPoints("X1") ?? 0) == expected)
    #expect(assessment.defeats == (isFull ? [Defeat(by: "X1", of: ["W1", "W2", "W3", "W4", "W5"], factor: 0.15)] : []))
    #expect((assessment.reviewReason != nil) == (expected > 0 && !isFull))
    #expect(assessment.questions.map(\.kind) == (expected > 0 && !isFull ? [.marketMakerStatus] : []))
  }

  @Test func `an exemption of somebody else proves nothing`() {
    var facts = Situation().facts
    facts.relationships.exemptions = [
      ExemptionRow(
        ownerID: "P-9", licence: "L", status: .current, validTo: washMorning.day + 9, symbols: ["ACME"],
        isSeparated: true)
    ]
    #expect(assess(facts).washPoints("X1") == nil)
  }

  @Test func `an instruction gives X7, and takes from structure, price and time`() {
    var facts = Situation(tie: .manager).facts
    facts.counterparties.instructions = [
      InstructionRow(
        id: "IN-1", accountID: "A", symbol: "ACME", time: washMorning - 5, purpose: .rebalance, priceBasis: .mid)
    ]
    let assessment = assess(facts)
    #expect(assessment.washPoints("X7") == 30)
    #expect(assessment.washPoints("X8") == nil)
    #expect(assessment.defeats == [Defeat(by: "X7", of: ["W2", "W4", "W5"], factor: 0.3)])
    #expect(assessment.washSection.hasEconomicPurpose)
  }

  @Test(
    arguments: [
      ("different", ("S-1", "S-2"), 100_001, 0, 40.0, true),
      ("a hundredth of the volume", ("S-1", "S-2"), 100_000, 0, 0, false),
      ("it was before", ("S-1", "S-2"), 100_001, 1, 0, false), ("one strategy", ("S-1", "S-1"), 100_001, 0, 0, false),
      ("one is not known", ("S-1", nil), 100_001, 0, 0, true),
    ] as [(String, (String?, String?), Int, Int, Double, Bool)])
  func `an isolated match of two strategies gives X9`(
    name: String, strategies: (String?, String?), volume: Int, groups: Int, expected: Double, isAsked: Bool
  ) {
    let assessment = assess(Situation(volume: volume, groups: groups, strategies: strategies).facts)
    #expect((assessment.washPoints("X9") ?? 0) == expected, "\(name)")
    #expect(assessment.defeats.map(\.by) == (expected > 0 ? ["X9"] : []), "\(name)")
    #expect(assessment.questions.map(\.kind) == (isAsked ? [.strategies] : []), "\(name)")
  }

  @Test func `owners who differ have no isolated match`() {
    let assessment = assess(Situation(tie: .related, strategies: ("S-1", "S-2")).facts)
    #expect(assessment.washPoints("X9") == nil)
    #expect(assessment.questions.map(\.kind) == [.decisionMaker])
  }

  @Test func `a circle with split trades counts as one where the owners are tied`() {
    for (tie, expected) in [(Tie.same, 20.0), (.related, 12), (.unrelated, 1.5)] {
      var facts = Situation(tie: tie).facts
      let flows = [washFlow("1", "A", "B"), washFlow("2", "B", "C"), washFlow("3", "C", "A")]
      facts.counterparties.groups = [
        .init(accounts: ["A", "B", "C"], window: Instant.perHour, flows: flows, recurrences: 1)
      ]
      #expect(assess(facts).washPoints("W2") == expected)
    }
  }

  @Test func `a circle of strangers comes back to its first owner through others`() {
    var facts = Situation(tie: .unrelated).facts
    facts.counterparties.cycles = [
      TradePath([washFlow("1", "A", "B"), washFlow("2", "B", "C", at: 2_000), washFlow("3", "C", "A", at: 9_000)])
    ]
    let assessment = assess(facts)
    #expect(assessment.washPoints("W1") == 30)
    #expect(assessment.washPoints("W2") == 20)
    #expect(assessment.washPoints("W5") == 10)
    #expect(assessment.washPoints("X2") == 8)
    #expect(assessment.washSection.pattern == .intermediary)
    #expect(assessment.washSection.intermediaries == ["B", "C"])
  }

  @Test func `a record without a trade of the accounts is a gap`() {
    var facts = Situation().facts
    facts.history.rows = 0
    #expect(assess(facts).gaps.map(\.source) == ["history"])
  }

  @Test func `every figure of the policy is named once and lies in its range`() {
    let keys = PolicyKey.wash
    #expect(Set(keys.map(\.name)).count == keys.count)
    for key in keys {
      #expect(key.range.contains(key.standard), "\(key.name)")
      #expect(key.name.hasPrefix("wash."))
    }
  }

  @Test func `the policy's figures are those that count`() {
    let facts = Situation().facts
    for (name, value, indicator, expected) in [
      ("wash.W1.same_owner", 20.0, "W1", 20.0), ("wash.W2.direct", 4, "W2", 4), ("wash.gate.same", 0.5, "W4", 5),
    ] {
      let policy = Policy(version: "2", values: [name: value])
      let assessment = WashAssessment.assess(Alert(id: "1", type: "Wash"), facts, owners: [:], policy)
      #expect(assessment.washPoints(indicator) == expected, "\(name)")
    }
  }
}
