import Surveillance
import Testing

/// What the record adds to the flagged trades, and what it must not add.
@Suite struct WashRecordTests {
  @Test func `a circle is found through trades that the alert does not name`() async throws {
    var scenario = WashCase()
    for account in ["A", "B", "C"] { scenario.account(account, owner: "P-1") }
    scenario.flag("A", .sell, 1_000, with: "B")
    scenario.row("B", .sell, 1_000, at: washMorning + 2_000, with: "C")
    scenario.row("C", .buy, 1_000, at: washMorning + 2_100, with: "B")
    scenario.row("A", .buy, 995, at: washMorning + 4_000, with: "C")
    let facts = try await scenario.facts().counterparties
    #expect(facts.graphFlows == 3)
    #expect(facts.circles == [["A", "B", "C"]])
    #expect(facts.cycles.map(\.accounts) == [["A", "B", "C"]])
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.pattern == .layered)
  }

  @Test func `circles without a flagged account are left aside`() async throws {
    var scenario = WashScenario.coincidence
    scenario.row("X", .sell, 700, at: washMorning, with: "Y")
    scenario.row("Y", .sell, 700, at: washMorning + 5, with: "X")
    let facts = try await scenario.facts().counterparties
    #expect(facts.circles.isEmpty)
    #expect(facts.cycles.isEmpty)
  }

  @Test func `accounts that net out within an hour do so within a day and a week`() async throws {
    var scenario = WashScenario.circle
    scenario.tables.trades.removeAll { $0.time < washMorning }
    let groups = try await scenario.facts().counterparties.groups
    #expect(groups.map(\.window) == [Instant.perHour, Instant.perDay, 7 * Instant.perDay])
    #expect(groups.allSatisfy { $0.accounts == ["A", "B", "C"] })
  }

  @Test func `a chain within one owner has no intermediary`() async throws {
    var scenario = WashScenario.intermediary
    scenario.tables.accounts.removeAll { $0.id == "X" }
    scenario.account("X", owner: "P-1")
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.pattern == .direct)
    #expect(assessment.washSection.intermediaries.isEmpty)
    #expect(assessment.washPoints("W1") == 35)
  }

  @Test func `a chain that ends with somebody else is none`() async throws {
    var scenario = WashScenario.intermediary
    scenario.tables.accounts.removeAll { $0.id == "C" }
    scenario.account("C", owner: "P-3")
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.pattern == .none)
    #expect(assessment.washPoints("X2") == 40)
  }

  @Test(arguments: [(0, true), (-5 * Instant.perDay, true), (-5 * Instant.perDay - 1, false), (1, false)])
  func `an instruction counts when it was given up to five days before`(milliseconds: Int, counts: Bool) async throws {
    var scenario = WashScenario.coincidence
    scenario.alert.trades[1].time = washMorning
    scenario.tables.trades[1].time = washMorning
    scenario.tables.instructions = [
      InstructionRow(
        id: "IN-2", accountID: "B", symbol: "ACME", time: washMorning + milliseconds, purpose: .hedge,
        priceBasis: .close)
    ]
    let assessment = try await scenario.assessment()
    #expect((assessment.washPoints("X7") != nil) == counts)
  }

  @Test func `a side of strangers is not looked for, nor one that traded with somebody else`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("B", owner: "P-1")
    scenario.account("C", owner: "P-2")
    scenario.link("P-1", "P-2", .employer)
    scenario.flag("A", .sell, 1_000)
    scenario.row("B", .buy, 1_000, at: washMorning + 5_000, with: "Z")
    scenario.row("C", .buy, 1_000, at: washMorning + 5_000)
    let timing = try await scenario.facts().timing
    #expect(timing.pairs.isEmpty)
    scenario.flag("C", .sell, 1_000, at: 50 * Instant.perMinute)
    let both = try await scenario.facts().timing
    #expect(both.pairs.map { "\($0.sell.account) \($0.buy.account)" } == ["C C"])
  }

  @Test func `a stranger's trade of the same second does not hide the owner's`() async throws {
    for price in [99.99, 100, 100.01] {
      var scenario = WashCase()
      scenario.account("A", owner: "P-1")
      scenario.account("B", owner: "P-2")
      scenario.account("C", owner: "P-1")
      scenario.flag("B", .sell, 1_000, price: price)
      scenario.flag("A", .sell, 1_000, at: 900)
      scenario.flag("C", .buy, 1_000)
      let timing = try await scenario.facts().timing
      #expect(timing.pairs.map { "\($0.sell.account) \($0.buy.account)" } == ["A C"])
    }
  }

  @Test func `trades look arranged beforehand by how much they agree, and by the owners' ties`() async throws {
    for (scenario, confidence, isPrearranged) in [
      (WashScenario.direct, 100, true), (WashScenario.spouses, 13, false), (WashScenario.coincidence, 13, false),
      (WashScenario.fundCross, 10, false),
    ] {
      let section = try await scenario.assessment().washSection
      #expect(section.prearrangementConfidence == confidence)
      #expect(section.isPrearranged == isPrearranged)
    }
  }

  @Test func `what matched over a day is told beside what matched within the hour`() async throws {
    var scenario = WashScenario.direct
    scenario.tables.trades.removeAll { $0.time < washMorning }
    scenario.row("A", .sell, 500, at: washMorning - 3 * Instant.perDay, with: "B")
    scenario.row("B", .buy, 500, at: washMorning - 3 * Instant.perDay + 7 * Instant.perHour, with: "A")
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.patternCount == 0)
    #expect(assessment.washSection.historyDescription.hasSuffix("With a day between a buy and a sell, there are 1."))
  }

  @Test func `the alert's counterparty stands, and the record's is told`() async throws {
    var scenario = WashCase()
    scenario.flag("A", .sell, 1_000, with: "B", isRecorded: false)
    scenario.row("A", .sell, 1_000, at: washMorning, with: "C", order: "O-1")
    let timing = try await scenario.facts().timing
    #expect(timing.legs.map(\.account) == ["A", "B"])
    #expect(timing.differences == [.init(sequence: 1, what: "counterparty", alert: "B", record: "C")])
  }

  @Test func `two sales to one buyer who has one trade are two trades`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("B", owner: "P-1")
    scenario.flag("A", .sell, 1_000, with: "B", isRecorded: false)
    scenario.flag("A", .sell, 1_000, at: 5_000, with: "B", isRecorded: false)
    scenario.flag("B", .buy, 1_000, at: 100, with: "A", isRecorded: false)
    let facts = try await scenario.facts()
    #expect(facts.timing.pairs.map(\.milliseconds) == [100, 0])
    #expect(facts.counterparties.flows.count == 2)
    #expect(facts.timing.unrecorded.sorted() == [1, 2, 3])
  }

  @Test func `rows that name each other are two trades when more than a minute lies between`() async throws {
    for (milliseconds, flows) in [(60_000, 1), (60_001, 2)] {
      var scenario = WashCase()
      scenario.flag("A", .sell, 1_000, with: "B", isRecorded: false)
      scenario.flag("B", .buy, 1_000, at: milliseconds, with: "A", isRecorded: false)
      let facts = try await scenario.facts()
      #expect(facts.counterparties.flows.count == flows)
    }
  }

  @Test func `only what matched on the market's day is compared with the day's volume`() async throws {
    var scenario = WashScenario.direct
    scenario.flag("A", .sell, 30_000, at: Instant.perDay, with: "B")
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.volumeImpactPercent == 45)
  }

  @Test(
    arguments: [
      ([], WashSection.Trend.new), ([1, 2, 20], .increasing), ([1, 20], .stable), ([3, 20, 25], .decreasing),
    ] as [([Int], WashSection.Trend)])
  func `the trend is that of the younger half against the older`(days: [Int], expected: WashSection.Trend) async throws
  {
    var scenario = WashScenario.direct
    scenario.tables.trades.removeAll { $0.time < washMorning }
    for day in days { scenario.row("A", .sell, 500, at: washMorning - day * Instant.perDay, with: "B") }
    for day in days { scenario.row("B", .buy, 500, at: washMorning - day * Instant.perDay, with: "A") }
    let history = try await scenario.facts().history
    #expect(history.trend == expected)
    #expect(history.groups.count == days.count)
  }

  @Test func `self-matches and inflation are shares of all that was traded in the share`() async throws {
    var scenario = WashScenario.direct
    scenario.tables.trades.removeAll { $0.time < washMorning }
    let day = washMorning - 4 * Instant.perDay
    scenario.row("A", .sell, 400, at: day, with: "B")
    scenario.row("B", .buy, 400, at: day, with: "A")
    scenario.row("A", .buy, 1_200, at: day - 5 * Instant.perHour, with: "Z")
    let history = try await scenario.facts().history
    #expect(
      history.selfMatches == [
        .init(account: "A", matched: 400, traded: 1_600), .init(account: "B", matched: 400, traded: 400),
      ])
    #expect(history.selfMatches.first?.rate == 0.25)
    #expect((history.volumeInflation ?? 0) > 1.66 && (history.volumeInflation ?? 0) < 1.67)
  }

  @Test func `where the alert and the registers disagree on an exemption or a pattern, it is told`() async throws {
    var scenario = WashScenario.marketMaker(.lapsed)
    scenario.alert.exemption = ClaimedExemption()
    scenario.alert.exemption?.status = "Current"
    scenario.alert.claims = [Claim(name: "PatternType", text: "layered_wash")]
    let lapsed = try await scenario.assessment()
    #expect(
      lapsed.mismatches.map(\.plain) == [
        "The alert calls the market maker's exemption current, and the register has it as lapsed, valid to 2026-02-10.",
        "The alert says LAYERED_WASH, and the trades show DIRECT_WASH.",
      ])
    scenario.tables.exemptions = []
    let none = try await scenario.assessment()
    #expect(none.mismatches.first?.plain.contains("proves none") == true)
  }
}
