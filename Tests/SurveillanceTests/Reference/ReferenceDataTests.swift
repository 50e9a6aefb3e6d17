import Surveillance
import Testing

@Suite struct ReferenceDataTests {
  @Test func `what is written is loaded again`() throws {
    let tables = ReferenceTables.random(seed: 1, trades: 400)
    let expected = ReferenceData(tables).answers(ReferenceTables.entities)
    #expect(expected.count > 100_000)
    #expect(try ReferenceFiles(tables).load().answers(ReferenceTables.entities) == expected)
  }

  @Test func `neither the order of rows nor that of files matters, nor where bytes are cut`() throws {
    var random = ReferenceRandom(seed: 2)
    let tables = ReferenceTables.random(seed: 3, trades: 150)
    let expected = try ReferenceFiles(tables).load().answers(ReferenceTables.entities)
    for size in [1, 7, 1_000] {
      let files = ReferenceFiles(tables.shuffled(&random))
      let data = try files.load(ReferenceFile.allCases.shuffled(using: &random), inPiecesOf: size)
      #expect(data.answers(ReferenceTables.entities) == expected)
    }
  }

  @Test func `trades are those that a look at every trade finds`() throws {
    var random = ReferenceRandom(seed: 4)
    let tables = ReferenceTables.random(seed: 5, trades: 600)
    let data = try ReferenceFiles(tables).load()
    var found = 0
    for _ in 0..<400 {
      let span = random.span()
      let entity = random.pick(ReferenceTables.entities)
      let (key, fits): (TradeKey, (TradeRow) -> Bool) =
        switch random.below(4) {
        case 0: (.trader(entity), { $0.traderID == entity })
        case 1: (.account(entity), { $0.accountID == entity })
        case 2: (.symbol(entity), { $0.symbol == entity })
        default: (.counterparty(entity), { $0.counterparty == entity })
        }
      let expected = tables.trades.filter { fits($0) && span.contains($0.time) }
        .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
      let trades = data.trades(key, span)
      guard trades == expected, data.tradeCount(key, span) == expected.count else {
        Issue.record("\(key), \(span): \(trades.count) trades, and \(expected.count) are right")
        return
      }
      found += trades.count
    }
    #expect(found > 2_000)
  }

  @Test func `the other rows are those that a look at every row finds`() throws {
    var random = ReferenceRandom(seed: 6)
    let tables = ReferenceTables.random(seed: 7, trades: 10)
    let data = try ReferenceFiles(tables).load()
    for _ in 0..<300 {
      let span = random.span()
      let days = span.lowerBound.day...span.upperBound.day
      let entity = random.pick(ReferenceTables.entities)
      let symbol = random.pick(ReferenceTables.symbols)
      #expect(
        data.prices(entity, days)
          == tables.prices.filter { $0.symbol == entity && days.contains($0.day) }.sorted { $0.day < $1.day })
      #expect(data.index(days) == tables.index.filter { days.contains($0.day) }.sorted { $0.day < $1.day })
      #expect(
        data.news(entity, span).count == tables.news.filter { $0.symbol == entity && span.contains($0.time) }.count)
      #expect(
        data.instructions(entity, symbol, span)
          == tables.instructions.filter { $0.accountID == entity && $0.symbol == symbol && span.contains($0.time) }
          .sorted { ($0.time, $0.id) < ($1.time, $1.id) })
      #expect(
        data.links(of: entity).count == tables.links.filter { $0.first == entity || $0.second == entity }.count)
      #expect(
        data.accounts(ofOwner: entity) == tables.accounts.filter { $0.ownerID == entity }.sorted { $0.id < $1.id })
      #expect(data.trader(entity) == tables.traders.first { $0.id == entity })
      #expect(data.account(entity) == tables.accounts.first { $0.id == entity })
      #expect(data.instrument(entity) == tables.instruments.first { $0.symbol == entity })
    }
  }

  @Test func `what nobody knows has no rows`() {
    let data = ReferenceData(ReferenceTables())
    #expect(data.trades(ofTrader: "T1", ReferenceData.always).isEmpty)
    #expect(data.tradeDays == nil)
    #expect(data.tradeCount(.symbol(""), ReferenceData.always) == 0)
    #expect(data.prices("ACME", ReferenceData.allDays).isEmpty)
    #expect(data.trader("T1") == nil)
  }

  @Test func `the days of trades go from the first to the last`() {
    let tables = ReferenceTables.random(seed: 8, trades: 50)
    let times = tables.trades.map(\.time)
    #expect(ReferenceData(tables).tradeDays?.lowerBound == times.min()?.day)
    #expect(ReferenceData(tables).tradeDays?.upperBound == times.max()?.day)
  }

  @Test func `a doubled id in rows that are no file does no harm`() {
    var tables = ReferenceTables.random(seed: 9, trades: 5)
    tables.trades += tables.trades
    let data = ReferenceData(tables)
    let total = ReferenceTables.symbols.reduce(0) { $0 + data.tradeCount(.symbol($1), ReferenceData.always) }
    #expect(total == 10)
  }

  @Test func `a writer that is emptied between rows writes the same`() {
    let trades = ReferenceTables.random(seed: 10, trades: 20).trades
    var writer = ReferenceWriter(.trades)
    var bytes: [UInt8] = []
    for row in trades {
      writer.write(row)
      bytes += writer.drain()
    }
    #expect(writer.count == 0)
    #expect(String(decoding: bytes, as: UTF8.self) == String(decoding: ReferenceWriter.bytes(trades), as: UTF8.self))
  }
}
