/// One account's side of a trade.
package struct TradeLeg: Sendable, Equatable {
  /// Unique among the legs that are looked at together; it decides ties.
  package var id: String
  package var time: Instant
  package var isTimeKnown = true
  package var account: String
  package var symbol: String
  package var side: Side
  package var quantity: Int
  package var price: Price
  /// The account on the other side; nil: the market.
  package var counterparty: String?
  /// The alert names it, or it is the other side of one that the alert names.
  package var isFlagged = false
  /// Its row in the record of trades.
  package var rowID: String?
  /// Nil: not known.
  package var strategyID: String?
  package var isAuction = false

  package init(
    id: String, time: Instant, account: String, symbol: String, side: Side, quantity: Int, price: Price,
    counterparty: String? = nil
  ) {
    self.id = id
    self.time = time
    self.account = account
    self.symbol = symbol
    self.side = side
    self.quantity = quantity
    self.price = price
    self.counterparty = counterparty
  }

  init(_ row: TradeRow) {
    self.init(
      id: row.id, time: row.time, account: row.accountID, symbol: row.symbol, side: row.side, quantity: row.quantity,
      price: row.price, counterparty: row.counterparty.isEmpty ? nil : row.counterparty)
    adopt(row)
  }

  /// Takes what only the record knows.
  mutating func adopt(_ row: TradeRow) {
    rowID = row.id
    strategyID = row.strategyID.isEmpty ? nil : row.strategyID
    isAuction = row.isAuction
    if !isTimeKnown {
      time = row.time
      isTimeKnown = true
    }
    if counterparty == nil, !row.counterparty.isEmpty { counterparty = row.counterparty }
  }
}

/// A buy and a sell that belong together.
package struct TradePair: Sendable, Equatable {
  package var buy: TradeLeg
  package var sell: TradeLeg
  /// They are the two sides of one trade, as far as is known.
  package var isOneTrade: Bool

  package init(buy: TradeLeg, sell: TradeLeg, isOneTrade: Bool = false) {
    self.buy = buy
    self.sell = sell
    self.isOneTrade = isOneTrade
  }

  package var quantity: Int { min(buy.quantity, sell.quantity) }
  package var milliseconds: Int { abs(buy.time - sell.time) }
  package var priceGap: Double { PriceGap.basisPoints(buy.price, sell.price) }
  package var overlap: Double { Double(quantity) / Double(max(buy.quantity, sell.quantity, 1)) }
  package var time: Instant { min(buy.time, sell.time) }
  package var isAuction: Bool { buy.isAuction && sell.isAuction }
  package var isFlagged: Bool { buy.isFlagged || sell.isFlagged }
}

/// How far two prices lie apart, in hundredths of a percent of their mean.
enum PriceGap {
  static func basisPoints(_ left: Price, _ right: Price) -> Double {
    let mean = (left.value + right.value) / 2
    return mean > 0 ? abs(left.value - right.value) / mean * 10_000 : 0
  }

  /// Exact, so that a gap on the edge is always in.
  static func isWithin(_ basisPoints: Int, _ left: Price, _ right: Price) -> Bool {
    let low = Int128(min(left, right).tenThousandths)
    let high = Int128(max(left, right).tenThousandths)
    return (high - low) * 20_000 <= Int128(basisPoints) * (high + low)
  }
}

extension Int {
  /// A sum too large to count stands at the largest number.
  func plus(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? (other < 0 ? .min : .max) : sum
  }
}
