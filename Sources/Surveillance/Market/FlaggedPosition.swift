/// The flagged trades of an alert as one position.
///
/// It is that of one instrument, the first trade's, and of one side, the one with the greater quantity (the first trade's where both
/// are equal): an alert may hold the purchase before the news and the sale behind it, and only the first can rest on knowledge. What
/// stands for all trades is their total quantity, their price weighted by quantity, and the time of the first.
package struct FlaggedPosition: Sendable, Equatable {
  package var symbol: String
  package var side: Side
  package var quantity: Int
  package var price: Price
  package var firstTime: Instant
  package var lastTime: Instant
  /// The first trade's time is known, not its day alone.
  package var isTimeKnown: Bool
  /// By time, then by their place in the alert.
  package var trades: [AlertTrade]
  /// Trades of the alert in other instruments.
  package var otherTrades: Int

  /// The day of the first trade.
  package var day: Day { firstTime.day }
  /// The days from the first to the last trade.
  package var days: ClosedRange<Day> { firstTime.day...lastTime.day }
  package var notional: Money { Money(quantity: quantity, price: price) }

  /// Nil for an alert without trades.
  package init?(_ alert: Alert) {
    let sorted = alert.trades.sorted { ($0.time, $0.sequence) < ($1.time, $1.sequence) }
    guard let earliest = sorted.first else { return nil }
    let ofInstrument = sorted.filter { $0.symbol == earliest.symbol }
    let bought = Self.total(ofInstrument.filter { $0.side == .buy })
    let sold = Self.total(ofInstrument.filter { $0.side == .sell })
    let side: Side = bought == sold ? earliest.side : bought > sold ? .buy : .sell
    let trades = ofInstrument.filter { $0.side == side }
    guard let first = trades.first, let last = trades.last else { return nil }
    symbol = first.symbol
    self.side = side
    quantity = Self.total(trades)
    price = Self.weightedPrice(trades)
    firstTime = first.time
    lastTime = last.time
    isTimeKnown = first.isTimeKnown
    self.trades = trades
    otherTrades = sorted.count - ofInstrument.count
  }

  /// The first trade's time; where only its day is known, the day's start: what lies before it surely came before the trade.
  package var earliestTime: Instant { isTimeKnown ? firstTime : Instant(day) }

  /// The span of what surely came before the first trade.
  package func before(days: Int) -> ClosedRange<Instant> {
    (earliestTime - days * Instant.perDay)...(earliestTime - 1)
  }

  /// Whether a row of the reference data is one of the flagged trades: by the order's id, or by all that a fill is.
  package func contains(_ row: TradeRow) -> Bool {
    guard row.symbol == symbol, row.side == side else { return false }
    return trades.contains { trade in
      if let order = trade.orderID, !order.isEmpty, order == row.orderID { return true }
      guard trade.quantity == row.quantity, trade.price == row.price else { return false }
      return trade.isTimeKnown
        ? abs(row.time - trade.time) < Instant.perMinute : row.time.day == trade.time.day
    }
  }

  private static func total(_ trades: [AlertTrade]) -> Int { trades.reduce(0) { Capped.sum($0, $1.quantity) } }

  private static func weightedPrice(_ trades: [AlertTrade]) -> Price {
    guard let first = trades.first, trades.contains(where: { $0.price != first.price }) else {
      return trades.first?.price ?? Price(tenThousandths: 0)
    }
    let weight = trades.reduce(0) { $0 + Double($1.quantity) }
    guard weight > 0 else { return first.price }
    let sum = trades.reduce(0) { $0 + Double($1.quantity) * Double($1.price.tenThousandths) }
    return Price(tenThousandths: Capped.integer(sum / weight))
  }
}

/// An alert that holds no trade cannot be looked into.
package struct NoFlaggedTrade: Error, Sendable, Equatable, CustomStringConvertible {
  package var alertID: String

  package init(alertID: String) { self.alertID = alertID }

  package var description: String {
    "Alert \(alertID) holds no trade that could be used. Send it again with at least one trade."
  }
}
