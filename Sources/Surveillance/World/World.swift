/// An invented market with its people: at least a year of trades, and every scenario planted into it. The same seed and size give the
/// same rows, in the same order.
///
/// The scenarios and the index are the same in every world; the seed decides what goes on around them.
package struct World: Sendable {
  package static let usualTrades = 1_000_000
  package static let traderCount = 200
  package static let accountCount = 300
  package static let symbolCount = 150

  package let seed: UInt64
  /// All rows but the trades.
  package let tables: ReferenceTables

  private let background: WorldTrades
  /// Those of the scenarios, in the order of their times.
  private let planted: [TradeRow]

  /// - Parameter trades: how many in all. There are never fewer than those of the scenarios.
  package init(seed: UInt64 = 9, trades: Int = World.usualTrades) {
    self.seed = seed
    var names = WorldNames(seed: seed)
    let market = WorldMarket(seed: seed, names: &names)
    let people = WorldPeople(seed: seed, symbols: market.instruments.map(\.symbol), names: &names)
    var tables = people.tables
    tables.instruments = market.instruments
    tables.prices = market.prices.flatMap(\.self)
    tables.index = WorldIndex.rows
    tables.news = market.news
    for scenario in [Scenario.surroundings] + Scenario.all.map(\.rows) { tables.add(scenario) }
    planted = tables.trades.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    tables.trades = []
    background = WorldTrades(
      seed: seed, count: max(0, trades - planted.count), market: market.prices, accounts: people.tables.accounts)
    self.tables = tables
  }

  /// The trades in the order of their times, then of their ids, one day of them in memory.
  package func trades(each: (TradeRow) throws -> Void) rethrows {
    var next = planted.startIndex
    for place in WorldCalendar.days.indices {
      let day = WorldCalendar.days[place]
      let end = planted[next...].firstIndex { $0.time.day > day } ?? planted.endIndex
      let rows = background.trades(onDay: place) + planted[next..<end]
      next = end
      for row in rows.sorted(by: { ($0.time, $0.id) < ($1.time, $1.id) }) { try each(row) }
    }
  }

  /// All rows, the trades among them: for worlds that are small.
  package var complete: ReferenceTables {
    var tables = tables
    trades { tables.trades.append($0) }
    return tables
  }
}

extension ReferenceTables {
  mutating func add(_ other: ReferenceTables) {
    traders += other.traders
    trades += other.trades
    instruments += other.instruments
    prices += other.prices
    index += other.index
    news += other.news
    accounts += other.accounts
    links += other.links
    insiders += other.insiders
    restrictions += other.restrictions
    plans += other.plans
    exemptions += other.exemptions
    instructions += other.instructions
  }
}
