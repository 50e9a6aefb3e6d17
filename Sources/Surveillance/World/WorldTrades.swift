/// The trades that nobody asks about, made day by day.
package struct WorldTrades: Sendable {
  private let seed: UInt64
  private let symbols: [String]
  /// By day, then by symbol, as `symbols` are ordered.
  private let prices: [[PriceRow]]
  private let accounts: [AccountRow]
  /// How many trades lie before each day; one more than there are days.
  private let before: [Int]

  /// - Parameter market: each symbol's prices of all days, by day.
  package init(seed: UInt64, count: Int, market: [[PriceRow]], accounts: [AccountRow]) {
    self.seed = seed
    self.accounts = accounts
    symbols = market.compactMap(\.first?.symbol)
    let days = WorldCalendar.days.count
    prices = (0..<days).map { day in market.map { $0[day] } }
    var random = SplitMix64(seed: seed, for: "days")
    let weights = (0..<days).map { _ in random.within(80...120) }
    let whole = weights.reduce(0, +)
    var sum = 0
    before =
      [0]
      + weights.map { weight in
        sum += weight
        return count * sum / whole
      }
  }

  /// In no order.
  package func trades(onDay place: Int) -> [TradeRow] {
    var random = SplitMix64(seed: seed, for: "trades", place)
    // Ours is a part of what the market traded: no more than half of it, unless there are more trades than that has shares.
    var left = prices[place].map { $0.volume / 2 }
    return (before[place]..<before[place + 1]).map { number in
      let symbol = random.below(symbols.count)
      let account = random.pick(accounts)
      let quantity = max(1, min(Self.quantity(&random), left[symbol] / 4))
      left[symbol] -= quantity
      let price = prices[place][symbol]
      let isAuction = random.chance(3)
      let time =
        isAuction
        ? WorldCalendar.auction + random.below(WorldCalendar.auctionLength)
        : WorldCalendar.open + random.below(WorldCalendar.auction - WorldCalendar.open)
      return TradeRow(
        id: "F-\(Digits.padded(number + 1, 8))",
        time: Instant(milliseconds: WorldCalendar.days[place].number * Instant.perDay + time), accountID: account.id,
        traderID: account.controllerID, symbol: symbols[symbol], side: random.chance(50) ? .buy : .sell,
        quantity: quantity, price: isAuction ? price.close : .cents(random.within(price.low.cents...price.high.cents)),
        counterparty: counterparty(of: account, &random), venue: random.chance(85) ? "XSIG" : "XALT",
        orderID: "R-\(Digits.padded(number + 1, 8))",
        strategyID: random.chance(20) ? "S-\(Digits.padded(random.within(1...12), 2))" : "", isAuction: isAuction)
    }
  }

  /// Mostly the market; now and then an account that is known.
  private func counterparty(of account: AccountRow, _ random: inout SplitMix64) -> String {
    guard random.chance(2) else { return "" }
    let other = random.pick(accounts)
    return other.ownerID == account.ownerID ? "" : other.id
  }

  /// Many small trades, few large ones.
  private static func quantity(_ random: inout SplitMix64) -> Int {
    let lots = random.within(1...20)
    switch random.below(10) {
    case 0: return lots * 200
    case 1...3: return lots * 50
    default: return lots * 10
    }
  }
}
