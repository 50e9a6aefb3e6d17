import Surveillance
import Testing

@Suite struct WashToolTests {
  static let tools: [(ToolName, Int, @Sendable (WashCase, ToolReporter) async throws -> Void)] = [
    tool { AccountRelationshipsTool(alert: $0, reference: $1) },
    tool { RelatedAccountsHistoryTool(alert: $0, reference: $1) },
    tool { TradeTimingTool(alert: $0, reference: $1) },
    tool { CounterpartyAnalysisTool(alert: $0, reference: $1) },
  ]

  private static func tool<Kind: Tool>(
    _ make: @escaping @Sendable (Alert, ReferenceData) -> Kind
  ) -> (ToolName, Int, @Sendable (WashCase, ToolReporter) async throws -> Void) {
    (
      Kind.name, Kind.steps,
      { scenario, reporter in _ = try await make(scenario.alert, ReferenceData(scenario.tables)).run(reporter) }
    )
  }

  @Test func `each tells of each of its steps once and in order`() async throws {
    for (name, steps, run) in Self.tools {
      let log = WashStepLog()
      try await run(WashScenario.circle, ToolReporter(total: steps) { try await log.add($0) })
      let told = await log.steps
      #expect(told.map(\.step) == Array(1...steps), "\(name)")
      #expect(told.allSatisfy { $0.total == steps && !$0.message.isEmpty }, "\(name)")
    }
  }

  @Test func `each has as many steps as the specification says`() {
    #expect(
      Self.tools.map { "\($0.0.rawValue) \($0.1)" } == [
        "account_relationships 3", "related_accounts_history 4", "trade_timing 3", "counterparty_analysis 5",
      ])
  }

  @Test func `each stops at the step at which the work is not wanted any more`() async throws {
    for (name, steps, run) in Self.tools {
      for step in 1...steps {
        let log = WashStepLog(stopAt: step)
        await #expect(throws: WashStepLog.Stop(), "\(name)") {
          try await run(WashScenario.circle, ToolReporter(total: steps) { try await log.add($0) })
        }
        let told = await log.steps.count
        #expect(told == step, "\(name)")
      }
    }
  }

  @Test func `each stops between rows when its task is canceled`() async throws {
    var scenario = WashScenario.direct
    for index in 0..<2_500 { scenario.row("A", .buy, 100, at: washMorning - 60_000 - index * 1_000, with: "Z\(index)") }
    for (name, steps, run) in Self.tools where name == .relatedAccountsHistory || name == .counterpartyAnalysis {
      let scenario = scenario
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        try await run(scenario, ToolReporter(total: steps) { _ in })
      }
      task.cancel()
      await #expect(throws: CancellationError.self, "\(name)") { try await task.value }
    }
  }

  @Test func `an alert without trades gives facts without any`() async throws {
    let facts = try await WashCase().facts()
    #expect(facts.timing.pairs.isEmpty)
    let assessment = WashAssessment.assess(WashCase().alert, facts, owners: [:], .standard)
    #expect(assessment.evidence.isEmpty)
    #expect(assessment.figures.isEmpty)
    #expect(assessment.washSection.pattern == .none)
  }

  @Test func `a flagged trade takes what the record knows of it, and a difference is told`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.flag("A", .sell, 1_000, isRecorded: false)
    scenario.row("A", .sell, 900, at: washMorning + 20, price: 100.5, with: "B", order: "O-1", strategy: "S-7")
    let assessment = try await scenario.assessment()
    #expect(
      assessment.mismatches.map(\.plain) == [
        "The alert gives 100.00 as the price of trade 1, and the record has 100.50.",
        "The alert gives 1,000 as the quantity of trade 1, and the record has 900.",
      ])
    let timing = try await scenario.facts().timing
    #expect(timing.legs.map(\.account) == ["A", "B"])
    #expect(timing.legs.first?.strategyID == "S-7")
    #expect(timing.unrecorded.isEmpty)
  }

  @Test(arguments: [(0, true), (1_000, true), (1_001, false), (-1_000, true), (-1_001, false)])
  func `without an order's id a trade is found by account, side, quantity and time`(milliseconds: Int, isFound: Bool)
    async throws
  {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.flag("A", .sell, 1_000, isRecorded: false)
    scenario.row("A", .sell, 1_000, at: washMorning + milliseconds, strategy: "S-7")
    let timing = try await scenario.facts().timing
    #expect(timing.unrecorded == (isFound ? [] : [1]))
    #expect(timing.legs.first?.strategyID == (isFound ? "S-7" : nil))
  }

  @Test func `a trade of which the alert has the day alone takes its time from the record`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.flag("A", .sell, 1_000, isRecorded: false)
    scenario.alert.trades[0].isTimeKnown = false
    scenario.row("A", .sell, 1_000, at: washMorning + 3 * Instant.perHour)
    let known = try await scenario.facts().timing
    #expect(known.legs.map(\.time) == [washMorning + 3 * Instant.perHour])
    #expect(known.withoutTime.isEmpty)
    scenario.tables.trades = []
    let unknown = try await scenario.facts().timing
    #expect(unknown.withoutTime == [1])
  }

  @Test func `the missing side is looked for in the owner's other accounts`() async throws {
    var scenario = WashCase()
    scenario.account("A", owner: "P-1")
    scenario.account("B", owner: "P-1")
    scenario.account("C", owner: "P-3")
    scenario.flag("A", .sell, 1_000)
    scenario.row("C", .buy, 1_000, at: washMorning + 1_000)
    scenario.row("B", .buy, 1_000, at: washMorning + 30_000)
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.pattern == .direct)
    #expect(assessment.washSection.timeDeltaMilliseconds == 30_000)
    #expect(assessment.washSection.nodes.map { "\($0.accountID) \($0.isFlagged)" } == ["A true", "B false"])
  }

  @Test(arguments: [(300_000, 1), (300_001, 2)])
  func `matches close together are one group of the past`(milliseconds: Int, groups: Int) async throws {
    var scenario = WashScenario.direct
    scenario.tables.trades.removeAll { $0.time < washMorning }
    for offset in [0, milliseconds] {
      scenario.row("A", .sell, 500, at: washMorning - Instant.perDay + offset, with: "B")
      scenario.row("B", .buy, 500, at: washMorning - Instant.perDay + offset, with: "A")
    }
    let history = try await scenario.facts().history
    #expect(history.groups.count == groups)
    #expect(history.selfMatches.map(\.rate) == [1, 1])
    #expect(history.volumeInflation == nil)
    #expect(history.trend == .increasing)
  }

  @Test(arguments: [(30 * Instant.perDay, 1), (30 * Instant.perDay + 1, 0)])
  func `the past is thirty days long`(age: Int, groups: Int) async throws {
    var scenario = WashScenario.direct
    scenario.tables.trades.removeAll { $0.time < washMorning }
    scenario.row("A", .sell, 500, at: washMorning - age, with: "B")
    scenario.row("B", .buy, 500, at: washMorning - age, with: "A")
    let history = try await scenario.facts().history
    #expect(history.groups.count == groups)
  }

  @Test func `trades with others are not like those of the alert`() async throws {
    var scenario = WashScenario.direct
    scenario.tables.trades.removeAll { $0.time < washMorning }
    scenario.row("A", .sell, 500, at: washMorning - Instant.perDay, with: "Z")
    scenario.row("B", .buy, 500, at: washMorning - Instant.perDay, with: "Y")
    scenario.row("A", .sell, 500, at: washMorning - 2 * Instant.perDay)
    scenario.row("B", .buy, 500, at: washMorning - 2 * Instant.perDay)
    let history = try await scenario.facts().history
    #expect(history.groups.isEmpty)
  }

  @Test(.timeLimit(.minutes(1))) func `a dense market is searched to the limits, and the gap is told`() async throws {
    var scenario = WashScenario.circle
    var random = WashRandom(21)
    for index in 0..<4_000 {
      let seller = "N\(Int.random(in: 0..<300, using: &random))"
      scenario.row(
        ["A", "B", "C", seller][index % 4], .sell, 6_800,
        at: washMorning + Int.random(in: -900_000...900_000, using: &random),
        with: "N\(Int.random(in: 0..<300, using: &random))")
    }
    let assessment = try await scenario.assessment()
    #expect(assessment.washSection.pattern == .layered)
    #expect(assessment.gaps.contains { $0.source == "search" && !$0.isMandatory })
  }
}
