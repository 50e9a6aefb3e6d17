import Surveillance
import Testing

/// What was planted is found again by the queries that the tools use.
@Suite struct ScenarioFactsTests {
  private static let data = ReferenceData(World(seed: 9, trades: 4_000).complete)
  private var data: ReferenceData { Self.data }

  private func flagged(_ id: String) throws -> TradeRow {
    let scenario = try #require(Scenario.named(id))
    let people = Set(scenario.rows.accounts.map(\.id))
    let latest = scenario.rows.trades.filter { people.contains($0.accountID) }.max {
      ($0.time, $0.id) < ($1.time, $1.id)
    }
    return try #require(latest)
  }

  private func year(before time: Instant) -> ClosedRange<Instant> { (time - 365 * Instant.perDay)...(time - 1) }

  /// All trades of the trader's year, those in the flagged symbol, and how many times the usual size the flagged one was.
  private static let years: [(String, Int, Int, Double)] = [
    ("IT-1", 8, 0, 37.0), ("IT-2", 7, 7, 50_000 / 45_000.0), ("IT-3", 5, 5, 4), ("IT-4", 6, 6, 1),
    ("IT-5", 6, 2, 20_030 / 9_000.0), ("IT-7", 12, 12, 1), ("IT-9", 6, 2, 1.08),
  ]

  @Test(arguments: years)
  func `the trader's year is as it was laid out`(id: String, trades: Int, inSymbol: Int, multiple: Double) throws {
    let trade = try flagged(id)
    let year = data.trades(ofTrader: trade.traderID, year(before: trade.time))
    #expect(year.count == trades)
    #expect(year.count { $0.symbol == trade.symbol } == inSymbol)
    let median = try #require(Statistics.median(year.map { Double($0.quantity) }))
    #expect(abs(Double(trade.quantity) / median - multiple) < 0.01)
  }

  @Test func `those without a year have none`() throws {
    let trade = try #require(Scenario.named("IT-6")?.rows.trades.first)
    #expect(data.trades(ofTrader: trade.traderID, year(before: trade.time)).isEmpty)
    let around = (trade.time - 2 * Instant.perDay)...(trade.time + 2 * Instant.perDay)
    #expect(data.trades(in: trade.symbol, around).map(\.traderID) == ["T-9060", "T-9062"])
    let whole = Instant(WorldCalendar.first)...Instant(WorldCalendar.last + 1)
    #expect(data.trader("T-9080") != nil)
    #expect(data.trades(ofTrader: "T-9080", whole).isEmpty)
    #expect(data.trades(in: "NOVQEX", whole).isEmpty)
    #expect(data.prices("NOVQEX", WorldCalendar.first...WorldCalendar.last).isEmpty)
  }

  /// The return of the event's day beyond the index's, in hundred-thousandths, and the hours to it.
  @Test(arguments: [
    ("IT-1", "2026-09-16", 47_000), ("IT-2", "2026-09-09", 8_000), ("IT-3", "2026-09-23", 9_000),
    ("IT-4", "2026-09-24", -15_000), ("IT-5", "2026-10-01", -22_000), ("IT-6", "2026-10-07", 40_000),
    ("IT-7", "2026-10-19", 35_000), ("IT-9", "2026-10-27", -12_000),
  ])
  func `the price moved on the event's day by as much as was planned`(id: String, day: String, jump: Int) throws {
    let day = try #require(Day(day))
    let symbol = try flagged(id).symbol
    let closes = data.prices(symbol, (day - 7)...day).suffix(2).map(\.close.value)
    let market = data.index((day - 7)...day).suffix(2).map(\.close.value)
    try #require(closes.count == 2 && market.count == 2)
    let beyond = (closes[1] / closes[0]) - (market[1] / market[0])
    #expect(abs(beyond - Double(jump) / 100_000) < 0.001)
  }

  @Test(arguments: [
    ("IT-1", 0, 0, 18), ("IT-2", 7, 0, 17), ("IT-3", 1, 1, 20), ("IT-4", 0, 0, 60), ("IT-5", 0, 0, 60),
    ("IT-6", 0, 0, 20), ("IT-7", 0, 0, 96), ("IT-9", 0, 0, 132),
  ])
  func `the news say what they are to say, and come when they are to come`(
    id: String, aligned: Int, opposed: Int, hours: Int
  ) throws {
    let trade = try #require(
      Scenario.named(id)?.rows.trades.last { $0.traderID.hasPrefix("T-9") && $0.quantity != 4_000 })
    let earlier = data.news(trade.symbol, (trade.time - 14 * Instant.perDay)...(trade.time - 1))
      .filter { $0.category == .material || $0.category == .analyst }
    #expect(earlier.count { $0.direction == trade.side.sign } == aligned)
    #expect(earlier.count { $0.direction == -trade.side.sign } == opposed)
    let later = data.news(trade.symbol, trade.time...(trade.time + 30 * Instant.perDay))
    let event = try #require(later.first { $0.category == .material })
    #expect((event.time - trade.time) / Instant.perHour == hours)
    #expect(event.isScheduled == ["IT-2", "IT-3"].contains(id))
  }

  @Test(arguments: [
    ("IT-1", 4, 0), ("IT-2", 5, 5), ("IT-3", 4, 3), ("IT-4", 4, 2), ("IT-5", 4, 1), ("IT-6", 1, 1), ("IT-7", 4, 4),
    ("IT-9", 4, 2),
  ])
  func `others trade as they are to`(id: String, peers: Int, same: Int) throws {
    let trade = try #require(
      Scenario.named(id)?.rows.trades.last { $0.traderID.hasPrefix("T-9") && $0.quantity != 4_000 })
    let span = Instant(trade.time.day - 14)...Instant(trade.time.day + 1)
    let others = data.trades(in: trade.symbol, span).filter { $0.traderID != trade.traderID }
    #expect(Set(others.map(\.traderID)).count == peers)
    #expect(others.count { $0.side == trade.side } == same)
  }

  @Test func `permissions, lists, links and plans are on file`() throws {
    #expect(data.trader("T-9010")?.permission == TraderRow.Permission.none)
    #expect(data.insiderEntries("HOLMIR").map(\.traderID) == ["T-9040"])
    #expect(data.insiderEntries("GRANDO").map(\.traderID) == ["T-9050"])
    #expect(data.insiderEntries("PELUMA").map(\.traderID) == ["T-9061"])
    #expect(Set(data.links(of: "T-9060").map(\.relation)) == [.spouse, .family])
    let plan = try #require(data.plans(ofTrader: "T-9040").first)
    #expect(plan.firstTrade - plan.adopted >= 90)
    #expect(plan.side == .sell && plan.maximumQuantity >= 210_000 && plan.status == .active)
    #expect(data.plans(ofTrader: "T-9050").isEmpty)
    #expect(data.instrument("NOVQEX") == nil)
  }
}
