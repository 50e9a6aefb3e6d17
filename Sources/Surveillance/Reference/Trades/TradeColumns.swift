/// Trades as they are gathered: a column of numbers for each field, and each text once.
struct TradeColumns: Sendable {
  var ids = TextColumn()
  /// Seldom the same twice: numbers for them would only cost more.
  var orders = TextColumn()
  var times: [Int] = []
  var accounts: [Int32] = []
  var traders: [Int32] = []
  var symbols: [Int32] = []
  var quantities: [Int] = []
  var prices: [Int] = []
  /// `none` where it is the market.
  var counterparties: [Int32] = []
  var venues: [Int32] = []
  var strategies: [Int32] = []
  private var marks: [UInt8] = []

  /// Counterparties are accounts too.
  var accountIDs = Interner()
  var traderIDs = Interner()
  var symbolNames = Interner()
  var venueNames = Interner()
  var strategyIDs = Interner()

  static let none: Int32 = -1
  private static let sale: UInt8 = 1
  private static let auction: UInt8 = 2

  var count: Int { times.count }

  mutating func append(mark side: Side, isAuction: Bool) {
    marks.append((side == .sell ? Self.sale : 0) | (isAuction ? Self.auction : 0))
  }

  func side(_ row: Int) -> Side { marks[row] & Self.sale == 0 ? .buy : .sell }
  func isAuction(_ row: Int) -> Bool { marks[row] & Self.auction != 0 }

  mutating func append(_ row: TradeRow) {
    ids.append(row.id.bytes)
    times.append(row.time.milliseconds)
    accounts.append(accountIDs.intern(row.accountID.bytes).number)
    traders.append(traderIDs.intern(row.traderID.bytes).number)
    symbols.append(symbolNames.intern(row.symbol.bytes).number)
    quantities.append(row.quantity)
    prices.append(row.price.tenThousandths)
    counterparties.append(row.counterparty.isEmpty ? Self.none : accountIDs.intern(row.counterparty.bytes).number)
    venues.append(venueNames.intern(row.venue.bytes).number)
    orders.append(row.orderID.bytes)
    strategies.append(strategyIDs.intern(row.strategyID.bytes).number)
    append(mark: row.side, isAuction: row.isAuction)
  }
}

extension String {
  fileprivate var bytes: ArraySlice<UInt8> { Array(utf8)[...] }
}
