import Surveillance
import Testing

@Suite struct InsiderToolTests {
  private func stepsOf<T: Tool>(_ tool: T) async throws -> [ToolReporter.Step] {
    let recorder = StepRecorder()
    _ = try await tool.run(recorder.reporter(for: T.self))
    return await recorder.steps
  }

  private func check<T: Tool>(_ tool: T) async throws {
    let steps = try await stepsOf(tool)
    #expect(steps.map(\.step) == Array(1...T.steps), "\(T.name)")
    #expect(steps.allSatisfy { $0.total == T.steps && $0.message.hasSuffix(".") }, "\(T.name)")
    #expect(steps.first?.records != nil, "\(T.name)")
    for refused in 1...T.steps {
      let recorder = StepRecorder(refusing: refused)
      await #expect(throws: StepRecorder.NotWanted.self, "\(T.name)") {
        _ = try await tool.run(recorder.reporter(for: T.self))
      }
      #expect(await recorder.steps.count == refused, "\(T.name)")
    }
  }

  @Test func `each tool tells each step once, and stops where the reporter throws`() async throws {
    let tables = InsiderTables()
    let reference = tables.reference
    try await check(MarketDataTool(alert: tables.alert, reference: reference))
    try await check(TraderProfileTool(alert: tables.alert, reference: reference))
    try await check(TraderHistoryTool(alert: tables.alert, reference: reference))
    try await check(MarketNewsTool(alert: tables.alert, reference: reference))
    try await check(PeerTradesTool(alert: tables.alert, reference: reference))
    try await check(RelatedPartiesTool(alert: tables.alert, reference: reference))
  }

  @Test func `an alert without trades is refused by name`() async throws {
    var tables = InsiderTables()
    tables.alert.trades = []
    let alert = tables.alert
    let reference = tables.reference
    func check<T: Tool>(_ tool: T) async {
      await #expect(throws: NoFlaggedTrade(alertID: "AL-1"), "\(T.name)") { _ = try await tool.facts() }
    }
    await check(MarketDataTool(alert: alert, reference: reference))
    await check(TraderProfileTool(alert: alert, reference: reference))
    await check(TraderHistoryTool(alert: alert, reference: reference))
    await check(MarketNewsTool(alert: alert, reference: reference))
    await check(PeerTradesTool(alert: alert, reference: reference))
    await check(RelatedPartiesTool(alert: alert, reference: reference))
  }

  @Test func `a long history can be stopped between its rows`() async throws {
    var tables = InsiderTables()
    for number in 1...1_500 { tables.trade("T-1", daysBefore: Double(number) / 5) }
    let tool = TraderHistoryTool(alert: tables.alert, reference: tables.reference)
    let recorder = StepRecorder()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      return try await tool.run(recorder.reporter(for: TraderHistoryTool.self))
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
    #expect(await recorder.steps.isEmpty)
  }

  @Test func `the same rows in another order give the same facts and the same assessment`() async throws {
    var tables = InsiderTables()
    var random = InsiderRandom(seed: 11)
    for number in 1...60 {
      let side: Side = Bool.random(using: &random) ? .buy : .sell
      let trader = ["T-1", "T-9", "T-2", "T-3", "T-4"].randomElement(using: &random) ?? "T-1"
      tables.trade(
        trader, daysBefore: Double(number) / 3, Bool.random(using: &random) ? "ACME" : "BOLT", side,
        quantity: Int.random(in: 10...9_000, using: &random))
      tables.news(
        hours: Double(Int.random(in: -300...30, using: &random)),
        NewsRow.Category.allCases.randomElement(using: &random) ?? .none,
        direction: Int.random(in: -1...1, using: &random))
    }
    tables.tables.links = [
      LinkRow(first: "T-1", second: "T-9", relation: .family, degree: 2),
      LinkRow(first: "T-9", second: "T-1", relation: .spouse, degree: 1),
      LinkRow(first: "T-2", second: "T-1", relation: .manager, degree: 1),
    ]
    tables.setEvent(InsiderTables.time + 20 * Instant.perHour)
    let facts = try await tables.facts()
    let assessment = "\(InsiderAssessment.assess(tables.alert, facts, .standard))"
    for _ in 0..<10 {
      tables.shuffle(&random)
      let other = try await tables.facts()
      #expect(other.market == facts.market)
      #expect(other.profile == facts.profile)
      #expect(other.history == facts.history)
      #expect(other.news == facts.news)
      #expect(other.peers == facts.peers)
      #expect(other.related == facts.related)
      let isSame = "\(InsiderAssessment.assess(tables.alert, other, .standard))" == assessment
      #expect(isSame)
    }
  }
}
