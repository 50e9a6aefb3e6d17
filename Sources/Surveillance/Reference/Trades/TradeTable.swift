/// What trades are asked for.
package enum TradeKey: Sendable, Hashable {
  case trader(String)
  case account(String)
  case symbol(String)
  /// The account on the other side of trades, where it is known.
  case counterparty(String)
}

/// All trades, with an order for each kind of question.
struct TradeTable: Sendable {
  private let columns: TradeColumns
  private let byTrader: TradeOrder
  private let byAccount: TradeOrder
  private let bySymbol: TradeOrder
  private let byCounterparty: TradeOrder
  let span: ClosedRange<Instant>?

  init(_ columns: TradeColumns) {
    let order = Self.order(columns)
    byTrader = TradeOrder(columns.traders, count: columns.traderIDs.count, order: order)
    byAccount = TradeOrder(columns.accounts, count: columns.accountIDs.count, order: order)
    bySymbol = TradeOrder(columns.symbols, count: columns.symbolNames.count, order: order)
    byCounterparty = TradeOrder(columns.counterparties, count: columns.accountIDs.count, order: order)
    if let first = order.first, let last = order.last {
      span = Instant(milliseconds: columns.times[Int(first)])...Instant(milliseconds: columns.times[Int(last)])
    } else {
      span = nil
    }
    self.columns = columns
  }

  var count: Int { columns.count }

  func rows(_ key: TradeKey, _ span: ClosedRange<Instant>) -> ArraySlice<Int32> {
    let (number, order) =
      switch key {
      case .trader(let id): (columns.traderIDs.number(of: id), byTrader)
      case .account(let id): (columns.accountIDs.number(of: id), byAccount)
      case .symbol(let symbol): (columns.symbolNames.number(of: symbol), bySymbol)
      case .counterparty(let id): (columns.accountIDs.number(of: id), byCounterparty)
      }
    guard let number else { return [] }
    return order.rows(number, span, columns.times)
  }

  subscript(_ row: Int32) -> TradeRow {
    let index = Int(row)
    let counterparty = columns.counterparties[index]
    return TradeRow(
      id: columns.ids.text(index), time: Instant(milliseconds: columns.times[index]),
      accountID: columns.accountIDs.text(columns.accounts[index]),
      traderID: columns.traderIDs.text(columns.traders[index]),
      symbol: columns.symbolNames.text(columns.symbols[index]), side: columns.side(index),
      quantity: columns.quantities[index], price: Price(tenThousandths: columns.prices[index]),
      counterparty: counterparty == TradeColumns.none ? "" : columns.accountIDs.text(counterparty),
      venue: columns.venueNames.text(columns.venues[index]), orderID: columns.orders.text(index),
      strategyID: columns.strategyIDs.text(columns.strategies[index]), isAuction: columns.isAuction(index))
  }

  /// All rows by time, then by id.
  private static func order(_ columns: TradeColumns) -> [Int32] {
    var order = (0..<columns.count).map { Int32($0) }
    let times = columns.times
    let ids = columns.ids
    order.sort { left, right in
      let (earlier, later) = (times[Int(left)], times[Int(right)])
      return earlier == later ? ids.isBefore(Int(left), Int(right)) : earlier < later
    }
    return order
  }
}
