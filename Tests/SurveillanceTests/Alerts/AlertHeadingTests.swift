import Surveillance
import Testing

/// What stands above everything else about an alert.
@Suite struct AlertHeadingTests {
  private static func alert(_ symbols: [String], accounts: [String?] = [], type: String = "Spoofing") -> Alert {
    var alert = Alert(id: "A-1", type: type)
    for (index, symbol) in symbols.enumerated() {
      var trade = AlertTrade(
        sequence: index + 1, time: Instant(milliseconds: 0), symbol: symbol, side: .buy, quantity: 1,
        price: Price(tenThousandths: 1))
      trade.accountID = accounts.indices.contains(index) ? accounts[index] : nil
      trade.traderID = "T-2"
      alert.trades.append(trade)
    }
    return alert
  }

  private static let reference: ReferenceData = {
    var tables = ReferenceTables()
    func instrument(_ symbol: String, _ name: String?) -> InstrumentRow {
      InstrumentRow(
        symbol: symbol, sector: "", currency: "USD", averageVolume: 1, tick: Price(tenThousandths: 100), name: name)
    }
    tables.instruments = [instrument("VELQOR", "Velqor"), instrument("BARE", nil)]
    return ReferenceData(tables)
  }()

  @Test(arguments: [
    ("VELQOR", [AlertKind.insiderTrading], "Insider dealing alert, Velqor (VELQOR)"),
    ("BARE", [.washTrade], "Wash trade alert, BARE"), ("GONE", [.insiderTrading], "Insider dealing alert, GONE"),
    ("VELQOR", [.insiderTrading, .washTrade], "Insider dealing and wash trade alert, Velqor (VELQOR)"),
    ("VELQOR", [], "Spoofing alert, Velqor (VELQOR)"),
  ])
  func `the title says of which kind it is and what it is about`(symbol: String, kinds: [AlertKind], title: String) {
    #expect(AlertHeading(Self.alert([symbol]), kinds: kinds, reference: Self.reference).title == title)
  }

  @Test func `who has no reference data has the symbol, and an alert without trades its kind`() {
    #expect(AlertHeading(Self.alert(["VELQOR"]), kinds: [.washTrade]).title == "Wash trade alert, VELQOR")
    #expect(AlertHeading(Self.alert([]), kinds: [.washTrade]).title == "Wash trade alert")
    #expect(AlertHeading(Self.alert([], type: ""), kinds: []).title == "Unknown alert")
  }

  @Test func `the trader is named as the alert names them`() {
    var alert = Self.alert(["A"])
    #expect(AlertHeading(alert, kinds: []).trader == "T-2")
    alert.trader = AlertTrader(id: "T-1", name: "Ada Brook")
    let heading = AlertHeading(alert, kinds: [])
    #expect(heading.trader == "Ada Brook" && heading.traderID == "T-1")
    #expect(AlertHeading(Self.alert([]), kinds: []).trader == nil)
  }

  @Test(arguments: [
    (["A"], "A"), (["A", "A"], "A"), (["A", "B", "A"], "A, B"), (["A", "B", "C", "D"], "A and 3 others"),
    ([nil], nil), ([nil, "B"], "B"),
  ])
  func `the accounts are those of its trades, each once`(accounts: [String?], shown: String?) {
    let alert = Self.alert(accounts.map { _ in "X" }, accounts: accounts)
    #expect(AlertHeading(alert, kinds: []).account == shown)
  }

  @Test func `several alerts are counted, and their symbols named`() {
    func title(_ symbols: String...) -> String { AlertHeading.title(of: symbols.map { Self.alert([$0]) }) }
    #expect(title("A", "B") == "2 alerts: A, B")
    #expect(title("A", "A") == "2 alerts: A")
    #expect(title("A", "B", "C", "D", "E") == "5 alerts: A, B, C, D, …")
    #expect(AlertHeading.title(of: [Self.alert([]), Self.alert([])]) == "2 alerts")
  }
}
