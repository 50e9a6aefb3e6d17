import AgentKit
import Testing

/// What may be spent, and what is told of it.
struct CostBudgetTests {
  private static func notices(_ limit: Int?, _ costs: [Int]) -> [[CostBudget.Notice]] {
    var budget = CostBudget(limit: limit)
    return costs.map { budget.book($0) }
  }

  @Test func `four fifths are told of once, and all of it once`() {
    #expect(
      Self.notices(1_000, [0, 799, 1, 100, 99, 1, 0, 500]) == [[], [], [.warning], [], [], [.exceeded], [], []])
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (5, 4), (7, 6), (10, 8), (11, 9), (10_000_000, 8_000_000)])
  func `the warning comes at the first millionth from four fifths on, and not before`(limit: Int, first: Int) {
    #expect(Self.notices(limit, [first - 1]) == [[]])
    #expect(Self.notices(limit, [first]) == [first == limit ? [.warning, .exceeded] : [.warning]])
    #expect(Self.notices(limit, [limit - 1]).flatMap(\.self) == (limit - 1 >= first ? [.warning] : []))
  }

  @Test func `one call that is too much by itself warns first`() {
    #expect(Self.notices(1_000, [4_000, 1]) == [[.warning, .exceeded], []])
  }

  @Test func `many small calls come to what they cost`() {
    var budget = CostBudget(limit: 100_000)
    var told: [Int: [CostBudget.Notice]] = [:]
    for number in 1...100_000 {
      let notices = budget.book(1)
      if !notices.isEmpty { told[number] = notices }
    }
    #expect(told == [80_000: [.warning], 100_000: [.exceeded]])
    #expect(budget.cost == 100_000 && budget.usage == 100 && budget.remaining == 0)
  }

  @Test func `what was estimated too high comes back, and what was told is not told again`() {
    var budget = CostBudget(limit: 1_000)
    #expect(budget.book(900) == [.warning])
    #expect(budget.book(-500) == [])
    #expect(budget.cost == 400 && budget.remaining == 600)
    #expect(budget.book(450) == [])
    #expect(budget.book(150) == [.exceeded])
    #expect(budget.book(-999) == [] && budget.isExceeded && budget.book(999) == [])
    #expect(budget.book(-5_000) == [] && budget.cost == 0)
  }

  @Test(arguments: [nil, 0, -5] as [Int?])
  func `without a limit nothing is ever told`(limit: Int?) {
    var budget = CostBudget(limit: limit)
    for cost in [0, 1, .max, .max] { #expect(budget.book(cost) == []) }
    #expect(!budget.isExceeded && budget.limit == nil && budget.usage == nil && budget.remaining == nil)
  }

  @Test func `however much is booked, it is a number`() {
    for limit in [1, Int.max] {
      var budget = CostBudget(limit: limit)
      #expect(budget.book(.max) == [.warning, .exceeded] && budget.book(.max) == [])
      #expect((budget.usage ?? 0) >= 100 && budget.remaining == 0)
      #expect(budget.book(.min) == [] && budget.cost == 0)
    }
  }

  @Test(arguments: [(799, 79.9), (1_000, 100), (999, 99.9), (1_205, 120.5), (0, 0)] as [(Int, Double)])
  func `the percentage is that of the limit`(cost: Int, percent: Double) {
    var budget = CostBudget(limit: 1_000)
    _ = budget.book(cost)
    #expect(budget.usage == percent)
  }

  @Test func `what is nearly all is not all of it`() {
    var budget = CostBudget(limit: 10_000_000)
    _ = budget.book(9_999_999)
    #expect(budget.usage == 99.99 && !budget.isExceeded)
  }

  @Test(arguments: [
    (0, "0.00"), (1, "0.000001"), (850_000, "0.85"), (10_000_000, "10.00"), (1_234_500, "1.2345"), (1_050_000, "1.05"),
  ])
  func `money is written with two decimals, or as many as it takes`(millionths: Int, text: String) {
    #expect(CostBudget.text(millionths) == text)
  }
}
