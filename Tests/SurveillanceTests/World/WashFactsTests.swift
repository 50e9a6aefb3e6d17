import Surveillance
import Testing

@Suite struct WashFactsTests {
  private static let data = ReferenceData(World(seed: 9, trades: 4_000).complete)
  private var data: ReferenceData { Self.data }

  private struct Case {
    var id: String
    var symbol: String
    var accounts: [String]
    var owners: [String]
    /// Of the flagged day.
    var rows: Int
    var volume: Int
    /// How many days of the 30 before had trades between them.
    var repeats: Int
  }

  private static let cases = [
    Case(
      id: "WT-1", symbol: "DRENOK", accounts: ["A-9110", "A-9111"], owners: ["O-9110"], rows: 2, volume: 50_000,
      repeats: 7),
    Case(
      id: "WT-2", symbol: "FALMOR", accounts: ["A-9120", "A-9121"], owners: ["O-9120"], rows: 2, volume: 50_000,
      repeats: 1),
    Case(
      id: "WT-3", symbol: "FALPEN", accounts: ["A-9130", "A-9131"], owners: ["O-9130"], rows: 2, volume: 50_000,
      repeats: 1),
    Case(
      id: "WT-4", symbol: "LUNDAX", accounts: ["A-9140", "A-9141"], owners: ["O-9140", "O-9141"], rows: 2,
      volume: 44_000, repeats: 0),
    Case(
      id: "WT-5", symbol: "RIVOTA", accounts: ["A-9150", "A-9151", "A-9152"], owners: ["O-9150"], rows: 6,
      volume: 37_500, repeats: 0),
    Case(
      id: "WT-6", symbol: "SORBEK", accounts: ["A-9160", "A-9161", "A-9162"], owners: ["O-9160", "O-9161"], rows: 4,
      volume: 50_000, repeats: 0),
    Case(
      id: "WT-7", symbol: "KANDIS", accounts: ["A-9170", "A-9171"], owners: ["O-9170", "O-9171"], rows: 2,
      volume: 100_000, repeats: 0),
    Case(
      id: "WT-8", symbol: "BOLTEM", accounts: ["A-9180", "A-9181"], owners: ["O-9180", "O-9181"], rows: 2,
      volume: 80_000, repeats: 0),
    Case(
      id: "WT-9", symbol: "ALGUNA", accounts: ["A-9190", "A-9191"], owners: ["O-9190"], rows: 2, volume: 100_000,
      repeats: 0),
    Case(
      id: "WT-10", symbol: "UMBREN", accounts: ["A-9200", "A-9201"], owners: ["", "O-9200"], rows: 2, volume: 50_000,
      repeats: 7),
  ]

  @Test(arguments: cases.map(\.id))
  func `accounts, owners, volumes and repetitions are as they were laid out`(id: String) throws {
    let wanted = try #require(Self.cases.first { $0.id == id })
    let trades = data.trades(in: wanted.symbol, Instant(WorldCalendar.first)...Instant(WorldCalendar.last + 1))
    let day = try #require(trades.last?.time.day)
    let flagged = trades.filter { $0.time.day == day }
    #expect(flagged.count == wanted.rows)
    #expect(Set(flagged.map(\.accountID)).sorted() == wanted.accounts)
    #expect(Set(wanted.accounts.compactMap { data.account($0)?.ownerID }).sorted() == wanted.owners)
    #expect(data.prices(wanted.symbol, day...day).map(\.volume) == [wanted.volume])
    let month = trades.filter { $0.time.day < day && day - $0.time.day <= 30 }
    #expect(Set(month.map(\.time.day)).count == wanted.repeats)
    #expect(month.count == wanted.repeats * 2)
    #expect(month.count == trades.count - flagged.count)
    #expect(Set(flagged.filter { $0.side == .buy }.map(\.quantity)).count == 1)
  }

  /// Milliseconds between the sides, and how far their prices are apart, in hundredths.
  @Test(arguments: [
    ("DRENOK", 500, 0), ("FALMOR", 2_500, 1), ("FALPEN", 2_500, 1), ("LUNDAX", 1_800_000, 11), ("KANDIS", 0, 0),
    ("BOLTEM", 6_000, 0), ("ALGUNA", 400, 0), ("UMBREN", 500, 0),
  ])
  func `the sides meet as closely as they are to`(symbol: String, gap: Int, premium: Int) throws {
    let trades = data.trades(in: symbol, Instant(WorldCalendar.first)...Instant(WorldCalendar.last + 1)).suffix(2)
    let (first, second) = try (#require(trades.first), #require(trades.last))
    #expect(second.time - first.time == gap)
    #expect(second.price.tenThousandths - first.price.tenThousandths == premium * 100)
    #expect(first.side != second.side)
    let isDirect = symbol != "LUNDAX"
    #expect(first.counterparty == (isDirect ? second.accountID : ""))
    #expect(second.counterparty == (isDirect ? first.accountID : ""))
  }

  @Test func `the circle closes`() {
    let day = Day(year: 2026, month: 9, day: 30)
    let sales = data.trades(in: "RIVOTA", Instant(day)...Instant(day + 1)).filter { $0.side == .sell }
    #expect(
      sales.map { "\($0.accountID) to \($0.counterparty)" } == [
        "A-9150 to A-9151", "A-9151 to A-9152", "A-9152 to A-9150",
      ])
  }

  @Test func `exemptions, instructions, links and strategies are on file`() {
    #expect(data.exemptions(ofOwner: "O-9120").map(\.status) == [.current])
    let lapsed = data.exemptions(ofOwner: "O-9130")
    #expect(lapsed.map(\.status) == [.lapsed])
    #expect(
      lapsed.allSatisfy {
        $0.isSeparated && $0.symbols == ["FALPEN"] && $0.validTo < Day(year: 2026, month: 9, day: 17)
      })
    let day = Day(year: 2026, month: 10, day: 14)
    for account in ["A-9170", "A-9171"] {
      let told = data.instructions(account, "KANDIS", Instant(day)...Instant(day + 1))
      #expect(told.map(\.priceBasis) == [.vwap])
      #expect(data.account(account)?.controllerID == "T-9170")
    }
    #expect(data.links(of: "O-9140").map(\.relation) == [.spouse])
    #expect(data.links(of: "O-9180").isEmpty && data.links(of: "O-9181").isEmpty)
    let both = data.trades(in: "ALGUNA", Instant(WorldCalendar.first)...Instant(WorldCalendar.last + 1))
    #expect(Set(both.map(\.strategyID)) == ["S-MOMENTUM", "S-REVERSION"])
    let auction = data.trades(in: "KANDIS", Instant(day)...Instant(day + 1))
    #expect(auction.count == 2 && auction.allSatisfy(\.isAuction))
  }
}
