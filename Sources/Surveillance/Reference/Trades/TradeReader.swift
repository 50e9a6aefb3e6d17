/// Reads the rows of the trades' file into columns, without making anything for each of them.
struct TradeReader: Sendable {
  private(set) var columns = TradeColumns()
  private var knownIDs = TextIndex()
  /// What all trades are worth together.
  private var total = 0

  /// So large that all sums of trades' values can be counted.
  static let largestTotal = 4_000_000_000_000_000_000

  mutating func take(_ row: inout ContractRow, _ uses: inout ReferenceUses) throws(ReferenceError) {
    let id = try row.identifierBytes()
    guard knownIDs.row(id, in: &columns.ids).isNew else {
      throw row.wrong("\(ReferenceError.shown(id)) is in an earlier row too.", "Give every trade an id of its own.")
    }
    columns.times.append(try row.instant().milliseconds)
    let account = try row.identifierBytes()
    columns.accounts.append(Self.intern(account, &columns.accountIDs, .account, row, &uses))
    let trader = try row.identifierBytes()
    columns.traders.append(Self.intern(trader, &columns.traderIDs, .trader, row, &uses))
    let symbol = try row.identifierBytes()
    columns.symbols.append(Self.intern(symbol, &columns.symbolNames, .instrument, row, &uses))
    let side: Side = try row.choice()
    let quantity = try row.quantity()
    columns.quantities.append(quantity)
    let price = try row.price()
    columns.prices.append(price.tenThousandths)
    try count(Money(quantity: quantity, price: price), row)
    let counterparty = try row.optionalIdentifierBytes()
    columns.counterparties.append(
      counterparty.isEmpty
        ? TradeColumns.none : Self.intern(counterparty, &columns.accountIDs, .account, row, &uses))
    columns.venues.append(columns.venueNames.intern(try row.optionalIdentifierBytes()).number)
    columns.orders.append(try row.optionalIdentifierBytes())
    columns.strategies.append(columns.strategyIDs.intern(try row.optionalIdentifierBytes()).number)
    columns.append(mark: side, isAuction: try row.flag())
  }

  /// No more trades come: what only found doubled ids goes.
  mutating func end() { knownIDs = TextIndex() }

  /// An id is looked up in the other files once, however many trades have it.
  private static func intern(
    _ id: ArraySlice<UInt8>, _ ids: inout Interner, _ target: ReferenceTarget, _ row: ContractRow,
    _ uses: inout ReferenceUses
  ) -> Int32 {
    let (number, isNew) = ids.intern(id)
    if isNew { uses.add(row.use(String(decoding: id, as: UTF8.self), target)) }
    return number
  }

  private mutating func count(_ value: Money, _ row: ContractRow) throws(ReferenceError) {
    total += value.minor
    guard total <= Self.largestTotal else {
      throw row.wrong(
        "All trades up to here are worth more than can be counted.",
        "Correct quantities and prices that are too large.")
    }
  }
}
