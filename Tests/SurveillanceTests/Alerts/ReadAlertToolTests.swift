import Synchronization
import Testing

@testable import Surveillance

@Suite struct ReadAlertToolTests {
  private func run(_ alert: Alert) async throws -> (facts: AlertFacts, steps: [ToolReporter.Step]) {
    let steps = Mutex<[ToolReporter.Step]>([])
    let reporter = ToolReporter(total: ReadAlertTool.steps) { step in steps.withLock { $0.append(step) } }
    let facts = try await ReadAlertTool(alert: alert, reference: ReferenceData(ReferenceTables())).run(reporter)
    return (facts, steps.withLock { $0 })
  }

  @Test func `it tells of two steps and gives the alert with what is odd about it`() async throws {
    let alert = try AlertParserTests.one(AlertSamples.flat)
    let (facts, steps) = try await run(alert)
    #expect(facts.alert == alert)
    let findings = AlertCheck.findings(alert, ReferenceData(ReferenceTables()))
    #expect(facts.mismatches == findings.mismatches)
    #expect(facts.gaps == findings.gaps)
    #expect(steps.map(\.step) == [1, 2])
    #expect(steps.map(\.total) == [2, 2])
    #expect(steps.map(\.records) == [1, nil])
    #expect(
      steps.map(\.message) == [
        "The alert SB-0001 was read: it has 1 trade.", "In 2 places the alert says other than the data.",
      ])
  }

  @Test func `it can be stopped within a long alert`() async throws {
    let row = "<Trade symbol='A' side='B' quantity='1' price='1' tradedate='2026-03-02'/>"
    let alert = try AlertParserTests.one("<Alert><AlertID>1</AlertID>\(String(repeating: row, count: 2_500))</Alert>")
    #expect(alert.trades.count == 2_500)
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      let tool = ReadAlertTool(alert: alert, reference: ReferenceData(ReferenceTables()))
      return try await tool.run(ToolReporter(total: ReadAlertTool.steps) { _ in })
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func `what the reporter throws ends it`() async throws {
    struct Unwanted: Error {}
    let alert = try AlertParserTests.one(AlertSamples.flat)
    let tool = ReadAlertTool(alert: alert, reference: ReferenceData(ReferenceTables()))
    await #expect(throws: Unwanted.self) { try await tool.run(ToolReporter(total: 2) { _ in throw Unwanted() }) }
  }
}
