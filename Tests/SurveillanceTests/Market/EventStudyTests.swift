import Surveillance
import Testing

@Suite struct EventStudyTests {
  private static let start = Day(year: 2026, month: 1, day: 5)

  /// One row a day from Monday 2026-01-05 on, weekends too: the study takes the days that it gets.
  private func rows(_ closes: [Double], _ index: [Double]) -> ([PriceRow], [IndexRow]) {
    let prices = closes.enumerated().map { number, close in
      let close = Price(tenThousandths: Int((close * 10_000).rounded()))
      return PriceRow(
        symbol: "ACME", day: Self.start + number, open: close, high: close, low: close, close: close, volume: 1)
    }
    return (
      prices,
      index.enumerated().map {
        IndexRow(day: Self.start + $0, close: Price(tenThousandths: Int(($1 * 10_000).rounded())))
      }
    )
  }

  private func study(_ closes: [Double], _ index: [Double]) -> EventStudy? {
    let (prices, rows) = rows(closes, index)
    return EventStudy(event: Instant(Self.start + closes.count - 1, hour: 9), prices: prices, index: rows)
  }

  @Test func `with few days the share is taken to move as the market does`() throws {
    // Returns +10 %, -10 %, then +10 % while the market makes 2 %: 8 % beyond it, by a deviation of 14.1421 %.
    let study = try #require(self.study([100, 110, 99, 108.9], [1_000, 1_000, 1_000, 1_020]))
    #expect(study.beta == 1)
    #expect(study.observations == 2)
    #expect(abs(study.abnormalReturn - 0.08) < 1e-12)
    #expect(abs(study.score - 0.565_685) < 1e-6)
    #expect(study.close == Price(tenThousandths: 1_089_000))
  }

  /// The market moves by 1 % up and down in turn, the share by twice as much; on the last day only the share moves, by 10 %.
  private func twice(days: Int) -> EventStudy? {
    var closes = [100_000.0]
    var index = [100_000.0]
    for number in 0..<days {
      closes.append(closes[number] * (number % 2 == 0 ? 1.02 : 0.98))
      index.append(index[number] * (number % 2 == 0 ? 1.01 : 0.99))
    }
    return study(closes + [closes[days] * 1.1], index + [index[days]])
  }

  @Test(arguments: [(18, 1.0), (19, 1), (20, 2), (21, 2), (40, 2)])
  func `the slope is drawn from twenty days on`(days: Int, beta: Double) throws {
    let study = try #require(twice(days: days))
    #expect(study.observations == days)
    #expect(abs(study.beta - beta) < 1e-6)
    #expect(abs(study.abnormalReturn - 0.1) < 1e-6)
  }

  @Test func `a share that hardly moves is measured in a hundredth`() throws {
    let study = try #require(twice(days: 30))
    #expect(abs(study.score - 10) < 1e-3)
  }

  @Test func `a market that stands still gives no slope`() throws {
    let closes = (0..<30).map { 100 + Double($0 % 3) }
    let study = try #require(self.study(closes, closes.map { _ in 1_000 }))
    #expect(study.beta == 1)
  }

  @Test func `without the day before, the index or prices there is no study`() {
    #expect(study([100], [1_000]) == nil)
    #expect(study([100, 110], [1_000]) == nil)
    #expect(study([], []) == nil)
    let (prices, index) = rows([100, 110, 120], [1_000, 1_000, 1_000])
    let later = Instant(Self.start + 3, hour: 9)
    #expect(EventStudy(event: later, prices: prices, index: index) == nil)
    #expect(EventStudy(event: later, prices: prices, index: [index[0], index[2]]) == nil)
  }

  @Test func `a close of nothing gives no return`() {
    #expect(study([100, 0, 110], [1_000, 1_000, 1_000]) == nil)
  }

  @Test(arguments: [
    // A Wednesday's news, before and at the close; a Friday's behind the close; a Saturday's; a Sunday's before midnight.
    ("2026-02-04T07:00:00Z", "2026-02-04"), ("2026-02-04T16:29:59.999Z", "2026-02-04"),
    ("2026-02-04T16:30:00Z", "2026-02-05"), ("2026-02-06T17:00:00Z", "2026-02-09"),
    ("2026-02-07T12:00:00Z", "2026-02-09"), ("2026-02-08T23:59:00Z", "2026-02-09"),
  ])
  func `the event's day is the first whose close can know of it`(event: String, expected: String) throws {
    let instant = try #require(Instant(event))
    let tables = InsiderTables()
    let prices = tables.tables.prices
    let study = EventStudy(event: instant, prices: prices, index: tables.tables.index)
    #expect(study?.day.description == expected)
  }

  @Test func `an event that trading does not follow within a week has no day`() throws {
    let tables = InsiderTables()
    let event = Instant(InsiderTables.day, hour: 9)
    let far = tables.tables.prices.filter { $0.day < InsiderTables.day || $0.day > InsiderTables.day + 7 }
    #expect(EventStudy(event: event, prices: far, index: tables.tables.index) == nil)
    let near = tables.tables.prices.filter { $0.day < InsiderTables.day || $0.day > InsiderTables.day + 6 }
    #expect(EventStudy(event: event, prices: near, index: tables.tables.index)?.day == InsiderTables.day + 7)
  }

  @Test func `prices and index may be in any unit`() throws {
    var random = InsiderRandom(seed: 7)
    for _ in 0..<50 {
      // Whole numbers, so that ten times as much is exactly ten times as much.
      let closes = (0..<45).map { _ in Double(Int.random(in: 900...1_100, using: &random)) }
      let index = (0..<45).map { _ in Double(Int.random(in: 9_000...11_000, using: &random)) }
      let one = try #require(study(closes, index))
      let ten = try #require(study(closes.map { $0 * 10 }, index.map { $0 * 1_000 }))
      #expect(abs(one.score - ten.score) < 1e-9)
      #expect(abs(one.abnormalReturn - ten.abnormalReturn) < 1e-12)
    }
  }

  @Test func `a higher close on the day never lowers the score`() throws {
    var random = InsiderRandom(seed: 8)
    for _ in 0..<50 {
      let closes = (0..<30).map { _ in Double(Int.random(in: 900...1_100, using: &random)) }
      let index = (0..<30).map { _ in Double(Int.random(in: 9_000...11_000, using: &random)) }
      let lower = try #require(study(closes, index))
      let higher = try #require(study(closes.dropLast() + [closes[29] + 50], index))
      #expect(higher.score > lower.score)
    }
  }
}
