import Surveillance
import Testing

@Suite struct WorldContractTests {
  private static let rows = World(seed: 9, trades: 20_000).complete

  @Test func `every trade's symbol, account and trader is on file`() {
    let symbols = Set(Self.rows.instruments.map(\.symbol))
    let accounts = Set(Self.rows.accounts.map(\.id))
    let traders = Set(Self.rows.traders.map(\.id))
    var strange: Set<String> = []
    for row in Self.rows.trades {
      if !symbols.contains(row.symbol) { strange.insert(row.symbol) }
      if !accounts.contains(row.accountID) { strange.insert(row.accountID) }
      if !traders.contains(row.traderID) { strange.insert(row.traderID) }
      if !row.counterparty.isEmpty, !accounts.contains(row.counterparty) { strange.insert(row.counterparty) }
    }
    #expect(strange.sorted() == [])
  }

  @Test func `whatever lists and papers name is on file`() {
    let symbols = Set(Self.rows.instruments.map(\.symbol))
    let traders = Set(Self.rows.traders.map(\.id))
    let accounts = Set(Self.rows.accounts.map(\.id))
    let owners = Set(Self.rows.accounts.map(\.ownerID))
    var named: [(Set<String>, [String])] = []
    named.append((symbols, Self.rows.prices.map(\.symbol) + Self.rows.news.map(\.symbol)))
    named.append((symbols, Self.rows.insiders.map(\.symbol) + Self.rows.restrictions.map(\.symbol)))
    named.append((symbols, Self.rows.plans.map(\.symbol) + Self.rows.instructions.map(\.symbol)))
    named.append((symbols, Self.rows.exemptions.flatMap(\.symbols)))
    named.append((traders, Self.rows.insiders.map(\.traderID) + Self.rows.plans.map(\.traderID)))
    named.append((traders, Self.rows.accounts.map(\.controllerID)))
    named.append((accounts, Self.rows.instructions.map(\.accountID)))
    named.append((owners, Self.rows.exemptions.map(\.ownerID)))
    named.append((owners.union(traders), Self.rows.links.flatMap { [$0.first, $0.second] }))
    for (known, used) in named { #expect(Set(used).subtracting(known).sorted() == []) }
  }

  @Test(arguments: [9, 1, 77, UInt64.max])
  func `no two rows are about the same`(seed: UInt64) {
    func doubled(_ ids: [String]) -> Int { ids.count - Set(ids).count }
    let rows = World(seed: seed, trades: 0).tables
    #expect(doubled(rows.links.map { "\([$0.first, $0.second].sorted()) \($0.relation)" }) == 0)
    #expect(doubled(rows.insiders.map { "\($0.traderID) \($0.symbol) \($0.source) \($0.from)" }) == 0)
    #expect(doubled(rows.restrictions.map { "\($0.symbol) \($0.list) \($0.from)" }) == 0)
    #expect(doubled(rows.exemptions.map { "\($0.ownerID) \($0.licence)" }) == 0)
    #expect(doubled(rows.news.map { "\($0.symbol) \($0.time) \($0.source) \($0.headline)" }) == 0)
    #expect(doubled(rows.instruments.map(\.symbol)) == 0)
    #expect(rows.links.count { $0.first == $0.second } == 0)
  }

  @Test func `ids are given once`() {
    func doubled(_ ids: [String]) -> Int { ids.count - Set(ids).count }
    #expect(doubled(Self.rows.trades.map(\.id)) == 0)
    #expect(doubled(Self.rows.traders.map(\.id)) == 0)
    #expect(doubled(Self.rows.accounts.map(\.id)) == 0)
    #expect(doubled(Self.rows.instruments.map(\.symbol)) == 0)
    #expect(doubled(Self.rows.plans.map(\.id)) == 0)
    #expect(doubled(Self.rows.instructions.map(\.id)) == 0)
    #expect(doubled(Self.rows.prices.map { "\($0.symbol) \($0.day)" }) == 0)
  }

  @Test func `trades come in the order of their times, on weekdays, while the market is open`() {
    let trades = Self.rows.trades
    #expect(zip(trades, trades.dropFirst()).allSatisfy { ($0.time, $0.id) < ($1.time, $1.id) })
    #expect(trades.count { $0.time.day.isWeekend } == 0)
    let open = 8 * Instant.perHour..<(16 * Instant.perHour + 35 * Instant.perMinute)
    #expect(trades.count { !open.contains($0.time.millisecondsOfDay) } == 0)
    #expect(
      trades.count { $0.isAuction != ($0.time.millisecondsOfDay >= 16 * Instant.perHour + 30 * Instant.perMinute) } == 0
    )
  }

  @Test func `they go over more than a year before every alert`() throws {
    let days = Self.rows.trades.map(\.time.day)
    let (first, last) = try (#require(days.first), #require(days.last))
    let flagged = Scenario.all.compactMap { $0.rows.trades.map(\.time.day).max() }
    for day in flagged {
      #expect(day - first >= 365)
      #expect(last >= day)
      #expect(day >= Day(year: 2026, month: 9, day: 1) && day <= Day(year: 2026, month: 10, day: 31))
    }
  }

  @Test func `prices are above zero, of whole hundredths, and the high is the highest`() {
    var bad = 0
    for row in Self.rows.prices {
      let all = [row.open, row.high, row.low, row.close]
      if all.min() != row.low || all.max() != row.high || row.low.tenThousandths <= 0 { bad += 1 }
      if all.contains(where: { $0.tenThousandths % 100 != 0 }) || row.volume <= 0 || row.day.isWeekend { bad += 1 }
    }
    #expect(bad == 0)
    #expect(Self.rows.prices.count == Self.rows.instruments.count * WorldCalendar.days.count)
    #expect(Self.rows.index.map(\.day) == WorldCalendar.days)
  }

  @Test func `nobody trades more than half of what the market did`() {
    var market: [String: Int] = [:]
    for row in Self.rows.prices { market["\(row.symbol) \(row.day)"] = row.volume }
    let background = Self.rows.trades.filter { $0.id.hasPrefix("F-") }
    var ours: [String: Int] = [:]
    for row in background { ours["\(row.symbol) \(row.time.day)", default: 0] += row.quantity }
    #expect(ours.count { $0.value > (market[$0.key] ?? 0) / 2 } == 0)
  }

  @Test func `not even where the market is so small that there is nothing left`() throws {
    let price = Price(tenThousandths: 100_000)
    let days = WorldCalendar.days.map {
      PriceRow(symbol: "TINYS", day: $0, open: price, high: price, low: price, close: price, volume: 1_000)
    }
    let account = try #require(Self.rows.accounts.first)
    let trades = WorldTrades(seed: 1, count: 5_000, market: [days], accounts: [account])
    var counts: [Int] = []
    for place in days.indices {
      let day = trades.trades(onDay: place)
      counts.append(day.count)
      let quantities = day.map(\.quantity)
      #expect(quantities.reduce(0, +) <= 500 && quantities.allSatisfy { $0 > 0 })
    }
    #expect(counts.reduce(0, +) == 5_000)
  }

  @Test func `all the scenarios' trades fit into the day's volume`() {
    var market: [String: Int] = [:]
    for row in Self.rows.prices { market["\(row.symbol) \(row.day)"] = row.volume }
    for scenario in Scenario.all where scenario.id != "IT-8" {
      var bought: [String: Int] = [:]
      for row in scenario.rows.trades where row.side == .buy {
        bought["\(row.symbol) \(row.time.day)", default: 0] += row.quantity
      }
      #expect(bought.count { $0.value > (market[$0.key] ?? 0) } == 0, "\(scenario.id)")
    }
  }

  @Test func `trades are made at prices of their day`() {
    var ranges: [String: ClosedRange<Price>] = [:]
    for row in Self.rows.prices { ranges["\(row.symbol) \(row.day)"] = row.low...row.high }
    let outside = Self.rows.trades.filter { ranges["\($0.symbol) \($0.time.day)"]?.contains($0.price) == false }
    #expect(outside.map(\.id) == [])
  }

  @Test func `the background leaves the scenarios alone`() {
    let planted = Set(Scenario.all.flatMap { $0.rows.instruments.map(\.symbol) } + ["NOVQEX"])
    let background = Self.rows.trades.filter { $0.id.hasPrefix("F-") }
    #expect(background.count { planted.contains($0.symbol) || $0.accountID.hasPrefix("A-9") } == 0)
    #expect(background.count { $0.traderID.hasPrefix("T-9") || $0.counterparty.hasPrefix("A-9") } == 0)
    var count = 0
    for row in Self.rows.links where row.first.dropFirst(2).hasPrefix("9") != row.second.dropFirst(2).hasPrefix("9") {
      count += 1
    }
    #expect(count == 0)
  }

  @Test func `no symbol belongs to two scenarios, and neither does a person`() {
    let symbols = Scenario.all.flatMap { $0.rows.instruments.map(\.symbol) }
    #expect(symbols.count == Set(symbols).count)
    let people = Scenario.all.flatMap { $0.rows.traders.map(\.id) + $0.rows.accounts.map(\.id) }
    #expect(people.count == Set(people).count)
    #expect(Set(Scenario.all.map(\.file)).count == Scenario.all.count)
  }
}
