import Surveillance

@testable import signalbox

/// A handful of people, accounts and shares, so that every figure of an answer can be counted by hand.
enum SmallWorld {
  static let days = Day(year: 2026, month: 10, day: 12)...Day(year: 2026, month: 10, day: 21)

  static let reference: ReferenceData = {
    var tables = ReferenceTables()
    tables.traders = [
      trader("T-1", "Hana Ivernoza", "private client"), trader("T-2", "Oska Ivernoza", "private client"),
      trader("T-3", "Ulmo Paskane", "dealer"), trader("T-4", "Petra Stavwick", "portfolio manager"),
    ]
    tables.accounts = [
      account("A-1", "Hana Ivernoza", "O-1", "Hana Ivernoza", "T-1", "own"),
      account("A-2", "Oska Ivernoza", "O-2", "Oska Ivernoza", "T-2", "own"),
      account("A-3", "Rimmoza Reserve", "O-3", "Ulmo Paskane", "T-3", "company"),
      account("A-4", "Rimmoza Invest", "O-3", "Ulmo Paskane", "T-3", "company"),
      account("A-5", "Stavwick Income Fund", "O-5", "Stavwick Income Fund", "T-4", "fund"),
    ]
    tables.instruments = [
      InstrumentRow(
        symbol: "ORBATE", sector: "Energy", currency: "USD", averageVolume: 80_000, tick: price(1), name: "Orbate"),
      InstrumentRow(symbol: "TASKOR", sector: "Health", currency: "EUR", averageVolume: 50_000, tick: price(1)),
    ]
    let orbate = [20.00, 20.00, 20.20, 20.00, 20.00, 26.00, 26.50, 26.00]
    let trading = (days.lowerBound.number...days.upperBound.number).map { Day(number: $0) }.filter { !$0.isWeekend }
    tables.prices = zip(trading, orbate).flatMap { day, close in
      [
        PriceRow(
          symbol: "ORBATE", day: day, open: price(close), high: price(close + 1), low: price(close - 1),
          close: price(close),
          volume: 1_000),
        PriceRow(
          symbol: "TASKOR", day: day, open: price(50), high: price(50), low: price(50), close: price(50), volume: 10),
      ]
    }
    tables.news = [
      NewsRow(
        time: Instant(Day(year: 2026, month: 10, day: 19), hour: 9), symbol: "ORBATE", source: "Newswire",
        headline: "A bidder offers a third more for Orbate", category: .material, direction: 1, isScheduled: false)
    ]
    tables.links = [LinkRow(first: "O-1", second: "O-2", relation: .spouse, degree: 1)]
    tables.insiders = [
      InsiderRow(
        traderID: "T-3", symbol: "ORBATE", from: days.lowerBound, to: days.upperBound, source: .insiderList)
    ]
    tables.trades = [
      trade("F-1", 13, "A-1", "T-1", "ORBATE", .buy, 8_000, 20), trade("F-2", 14, "A-1", "T-1", "TASKOR", .buy, 10, 50),
      trade("F-3", 20, "A-1", "T-1", "ORBATE", .sell, 8_000, 26.5),
      trade("F-4", 14, "A-2", "T-2", "ORBATE", .buy, 500, 20.2),
      trade("F-5", 12, "A-3", "T-3", "ORBATE", .buy, 70, 20), trade("F-6", 15, "A-4", "T-3", "ORBATE", .sell, 30, 20),
      trade("F-7", 21, "A-5", "T-4", "TASKOR", .buy, 900, 50),
    ]
    return ReferenceData(tables)
  }()

  static let lookups = Lookups(reference)
  static let reader = ReasoningDesk(reference).reader

  static func price(_ value: Double) -> Price { Price(tenThousandths: Int((value * 10_000).rounded())) }

  private static func trader(_ id: String, _ name: String, _ role: String) -> TraderRow {
    TraderRow(
      id: id, name: name, role: role, department: "Clients", access: .none, permission: .full, mandateSectors: [])
  }

  private static func account(
    _ id: String, _ name: String, _ owner: String, _ ownerName: String, _ controller: String, _ relationship: String
  ) -> AccountRow {
    AccountRow(
      id: id, name: name, ownerID: owner, ownerName: ownerName, ownerType: "person", relationship: relationship,
      controllerID: controller, desk: "Clients")
  }

  private static func trade(
    _ id: String, _ day: Int, _ account: String, _ trader: String, _ symbol: String, _ side: Side, _ quantity: Int,
    _ price: Double
  ) -> TradeRow {
    TradeRow(
      id: id, time: Instant(Day(year: 2026, month: 10, day: day), hour: 10), accountID: account, traderID: trader,
      symbol: symbol, side: side, quantity: quantity, price: self.price(price))
  }
}
