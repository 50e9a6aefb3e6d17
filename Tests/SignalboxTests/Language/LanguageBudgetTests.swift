import Testing

@testable import Surveillance
@testable import signalbox

struct LanguageBudgetTests {
  @Test func `four fifths are warned of once, and all of it each time`() {
    let budget = LanguageBudget(limit: 1_000)
    #expect(budget.spend(0) == .within)
    #expect(budget.spend(799) == .within)
    #expect(budget.spend(1) == .warning)
    #expect(budget.spend(100) == .within)
    #expect(budget.spend(99) == .within)
    #expect(budget.spend(1) == .exceeded)
    #expect(budget.spend(0) == .exceeded)
    #expect(budget.spent == 1_000)
  }

  @Test(arguments: [(1, 1), (3, 3), (7, 6), (10, 8), (11, 9), (1_000_000_000_000, 800_000_000_000)])
  func `a warning comes at the first millionth from four fifths on`(limit: Int, first: Int) {
    let standings = [first - 1, first].map { spent in LanguageBudget(limit: limit).spend(spent) }
    #expect(standings[0] == .within)
    #expect(standings[1] == (first == limit ? .exceeded : .warning))
  }

  @Test func `what was too much estimated comes back, and the warning does not`() {
    let budget = LanguageBudget(limit: 1_000)
    #expect(budget.spend(900) == .warning)
    #expect(budget.spend(-500) == .within)
    #expect(budget.spend(450) == .within)
    #expect(budget.spent == 850)
  }

  @Test func `a budget of nothing is enough for what costs nothing`() {
    let budget = LanguageBudget(limit: 0)
    #expect(budget.spend(0) == .within)
    #expect(budget.spend(1) == .exceeded)
  }

  @Test func `however much is added, it stays too much`() {
    let budget = LanguageBudget(limit: 1_000_000_000_000)
    let most = LanguagePrices(input: 1_000, output: 1_000).cost(of: .init(promptTokens: .max, completionTokens: .max))
    for _ in 0..<10_000 { _ = budget.spend(most) }
    #expect(budget.spend(0) == .exceeded)
    #expect(budget.spent > 0)
  }

  @Test(arguments: [
    (0.0, 0.0, 1_000, 1_000, 0), (0.01, 0.03, 1_000, 1_000, 40_000), (0.01, 0.03, 1, 0, 10), (0.00015, 0.0006, 1, 1, 1),
    (2.5, 10, 4_321, 123, 10_802_500 + 1_230_000),
  ])
  func `a price is for a thousand tokens`(input: Double, output: Double, prompt: Int, completion: Int, cost: Int) {
    let prices = LanguagePrices(input: input, output: output)
    #expect(prices.cost(of: .init(promptTokens: prompt, completionTokens: completion)) == cost)
  }
}

struct CostMeterTests {
  /// Its prompt has two tokens.
  private let request = ChatRequest(
    model: "m", messages: [.init(role: "user", content: "12345678")], isStreaming: true, temperature: 0,
    maximumTokens: 10)

  @Test func `words are estimated while they come, and settled when they are counted`() {
    let budget = LanguageBudget(limit: 100_000)
    var meter = CostMeter(request, LanguagePrices(input: 1, output: 2), budget)
    #expect(meter.hear("1234") == .within)
    #expect(budget.spent == 2_000 + 2_000)
    #expect(meter.hear("5") == .within)
    #expect(budget.spent == 2_000 + 4_000)
    #expect(meter.settle(.init(promptTokens: 3, completionTokens: 1)) == .within)
    #expect(budget.spent == 3_000 + 2_000)
  }

  @Test func `where nobody counts the estimate stands`() {
    let budget = LanguageBudget(limit: 100_000)
    var meter = CostMeter(request, LanguagePrices(input: 1, output: 2), budget)
    _ = meter.hear("12345678")
    #expect(meter.settle(nil) == .within)
    #expect(budget.spent == 2_000 + 4_000)
  }

  @Test func `a long answer is warned of and ended while it comes`() {
    let budget = LanguageBudget(limit: 10_000)
    var meter = CostMeter(request, LanguagePrices(input: 0, output: 1), budget)
    let standings = (0..<11).map { _ in meter.hear("1234") }
    #expect(standings == Array(repeating: .within, count: 7) + [.warning, .within, .exceeded, .exceeded])
  }
}
