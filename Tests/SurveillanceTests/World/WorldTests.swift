import Surveillance
import Testing

@Suite struct WorldTests {
  /// Big enough for each day to have some, small enough for tests.
  private static let world = World(seed: 9, trades: 20_000)
  private static let rows = world.complete

  @Test func `the same seed and size give the same bytes, on every machine`() {
    #expect(WorldDigest.of(Self.rows) == WorldDigest.of(World(seed: 9, trades: 20_000).complete))
    #expect(WorldDigest.of(Self.rows) == 2_619_892_879_290_452_671)
  }

  @Test func `another seed gives other people and prices and the same scenarios`() {
    let other = World(seed: 10, trades: 20_000).tables
    #expect(other.traders.map(\.name) != Self.world.tables.traders.map(\.name))
    #expect(other.prices != Self.world.tables.prices)
    #expect(other.index == Self.world.tables.index)
    for scenario in Scenario.all {
      let symbols = Set(scenario.rows.instruments.map(\.symbol))
      let prices = other.prices.filter { symbols.contains($0.symbol) }
      #expect(prices == scenario.rows.prices, "\(scenario.id)")
    }
  }

  @Test func `a world has as many people, symbols and trades as it says`() {
    let background = Self.rows.traders.filter { !$0.id.hasPrefix("T-9") }
    #expect(background.count == World.traderCount)
    #expect(Self.rows.accounts.count { !$0.id.hasPrefix("A-9") } == World.accountCount)
    #expect(Self.rows.instruments.count { $0.symbol.count == 5 } == World.symbolCount)
    #expect(Self.rows.trades.count == 20_000)
    #expect(Self.rows.news.count > 2_000)
    for count in [
      Self.rows.links.count, Self.rows.insiders.count, Self.rows.restrictions.count, Self.rows.plans.count,
      Self.rows.exemptions.count, Self.rows.instructions.count,
    ] { #expect(count >= 8) }
  }

  @Test(arguments: [0, 1, 700, 5_000])
  func `there are never fewer trades than those of the scenarios`(size: Int) {
    let planted = Scenario.all.reduce(0) { $0 + $1.rows.trades.count }
    var count = 0
    World(trades: size).trades { _ in count += 1 }
    #expect(count == max(planted, size))
  }

  @Test func `more trades leave everything else as it was`() {
    #expect(WorldDigest.of(World(seed: 9, trades: 100).tables) == WorldDigest.of(Self.world.tables))
  }

  @Test func `what the closure throws ends the trades`() {
    var count = 0
    #expect(throws: Enough.self) {
      try Self.world.trades { _ in
        count += 1
        if count == 10 { throw Enough() }
      }
    }
    #expect(count == 10)
  }

  private struct Enough: Error {}
}

/// FNV-1a over what the rows say.
enum WorldDigest {
  static func of(_ tables: ReferenceTables) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      hash = (hash ^ 10) &* 0x0000_0100_0000_01b3
    }
    for row in tables.traders {
      add("\(row.id),\(row.name),\(row.role),\(row.access),\(row.permission),\(row.mandateSectors)")
    }
    for row in tables.accounts { add("\(row.id),\(row.name),\(row.ownerID),\(row.ownerName),\(row.controllerID)") }
    for row in tables.instruments { add("\(row.symbol),\(row.sector),\(row.averageVolume),\(row.tick)") }
    for row in tables.prices {
      add("\(row.symbol),\(row.day),\(row.open),\(row.high),\(row.low),\(row.close),\(row.volume)")
    }
    for row in tables.index { add("\(row.day),\(row.close)") }
    for row in tables.news {
      add("\(row.time),\(row.symbol),\(row.headline),\(row.category),\(row.direction),\(row.isScheduled)")
    }
    for row in tables.links { add("\(row.first),\(row.second),\(row.relation),\(row.degree)") }
    for row in tables.insiders { add("\(row.traderID),\(row.symbol),\(row.from),\(row.to),\(row.source)") }
    for row in tables.restrictions { add("\(row.symbol),\(row.from),\(row.to),\(row.list)") }
    for row in tables.plans {
      add("\(row.id),\(row.traderID),\(row.symbol),\(row.side),\(row.adopted),\(row.maximumQuantity)")
    }
    for row in tables.exemptions { add("\(row.ownerID),\(row.licence),\(row.status),\(row.validTo),\(row.symbols)") }
    for row in tables.instructions { add("\(row.id),\(row.accountID),\(row.symbol),\(row.time),\(row.purpose)") }
    for row in tables.trades {
      add(
        "\(row.id),\(row.time),\(row.accountID),\(row.traderID),\(row.symbol),\(row.side),\(row.quantity),\(row.price)")
      add("\(row.counterparty),\(row.venue),\(row.orderID),\(row.strategyID),\(row.isAuction)")
    }
    return hash
  }
}
