/// What the agents know of traders, accounts and the market. Each query names a key and a span, both ends included, and gives rows
/// in the order of their times, then of their ids. No answer depends on the order of rows in the files.
package struct ReferenceData: Sendable {
  /// All of them, by id.
  package let traders: [TraderRow]
  /// All of them, by symbol.
  package let instruments: [InstrumentRow]
  /// All of them, by id.
  package let accounts: [AccountRow]
  /// How many rows each file has.
  private let counts: [ReferenceFile: Int]
  private let tradersByID: GroupedRows<TraderRow>
  private let instrumentsBySymbol: GroupedRows<InstrumentRow>
  private let accountsByID: GroupedRows<AccountRow>
  private let accountsByOwner: GroupedRows<AccountRow>
  private let pricesBySymbol: GroupedRows<PriceRow>
  private let indexRows: [IndexRow]
  private let newsBySymbol: GroupedRows<NewsRow>
  private let linksByEntity: GroupedRows<LinkRow>
  private let insidersBySymbol: GroupedRows<InsiderRow>
  private let restrictionsBySymbol: GroupedRows<RestrictionRow>
  private let plansByTrader: GroupedRows<PlanRow>
  private let exemptionsByOwner: GroupedRows<ExemptionRow>
  private let instructionsByAccount: GroupedRows<InstructionRow>
  private let trades: TradeTable

  /// Takes the rows as they are: only files are held to their contracts.
  package init(_ tables: ReferenceTables) {
    var columns = TradeColumns()
    for row in tables.trades { columns.append(row) }
    self.init(tables, columns)
  }

  /// - Parameter columns: the trades, which `tables` does not have.
  init(_ tables: ReferenceTables, _ columns: TradeColumns) {
    trades = TradeTable(columns)
    traders = tables.traders.sorted { $0.id < $1.id }
    instruments = tables.instruments.sorted { $0.symbol < $1.symbol }
    accounts = tables.accounts.sorted { $0.id < $1.id }
    tradersByID = GroupedRows(tables.traders, key: \.id) { $0.id < $1.id }
    instrumentsBySymbol = GroupedRows(tables.instruments, key: \.symbol) { $0.symbol < $1.symbol }
    accountsByID = GroupedRows(tables.accounts, key: \.id) { $0.id < $1.id }
    accountsByOwner = GroupedRows(tables.accounts, key: \.ownerID) { $0.id < $1.id }
    pricesBySymbol = GroupedRows(tables.prices, key: \.symbol) { $0.day < $1.day }
    indexRows = tables.index.sorted { $0.day < $1.day }
    newsBySymbol = GroupedRows(tables.news, key: \.symbol) {
      ($0.time, $0.source, $0.headline) < ($1.time, $1.source, $1.headline)
    }
    linksByEntity = GroupedRows(tables.links, keys: { $0.first == $0.second ? [$0.first] : [$0.first, $0.second] }) {
      ($0.first, $0.second, $0.relation.rawValue, $0.degree) < ($1.first, $1.second, $1.relation.rawValue, $1.degree)
    }
    insidersBySymbol = GroupedRows(tables.insiders, key: \.symbol) {
      ($0.traderID, $0.from, $0.to, $0.source.rawValue) < ($1.traderID, $1.from, $1.to, $1.source.rawValue)
    }
    restrictionsBySymbol = GroupedRows(tables.restrictions, key: \.symbol) {
      ($0.from, $0.to, $0.list.rawValue) < ($1.from, $1.to, $1.list.rawValue)
    }
    plansByTrader = GroupedRows(tables.plans, key: \.traderID) { $0.id < $1.id }
    exemptionsByOwner = GroupedRows(tables.exemptions, key: \.ownerID) { $0.licence < $1.licence }
    instructionsByAccount = GroupedRows(tables.instructions, key: \.accountID) {
      ($0.time, $0.id) < ($1.time, $1.id)
    }
    counts = [
      .traders: tables.traders.count, .trades: trades.count, .instruments: tables.instruments.count,
      .prices: tables.prices.count, .index: tables.index.count, .news: tables.news.count,
      .accounts: tables.accounts.count, .links: tables.links.count, .insiders: tables.insiders.count,
      .restrictions: tables.restrictions.count, .plans: tables.plans.count, .exemptions: tables.exemptions.count,
      .instructions: tables.instructions.count,
    ]
  }

  package func rowCount(of file: ReferenceFile) -> Int { counts[file] ?? 0 }

  package func trader(_ id: String) -> TraderRow? { tradersByID[id].first }
  package func instrument(_ symbol: String) -> InstrumentRow? { instrumentsBySymbol[symbol].first }
  package func account(_ id: String) -> AccountRow? { accountsByID[id].first }
  package func accounts(ofOwner id: String) -> [AccountRow] { accountsByOwner[id] }

  package func prices(_ symbol: String, _ span: ClosedRange<Day>) -> [PriceRow] {
    pricesBySymbol[symbol].within(span, \.day)
  }
  package func index(_ span: ClosedRange<Day>) -> [IndexRow] { indexRows.within(span, \.day) }
  package func news(_ symbol: String, _ span: ClosedRange<Instant>) -> [NewsRow] {
    newsBySymbol[symbol].within(span, \.time)
  }
  package func links(of entity: String) -> [LinkRow] { linksByEntity[entity] }
  package func insiderEntries(_ symbol: String) -> [InsiderRow] { insidersBySymbol[symbol] }
  package func restrictions(_ symbol: String) -> [RestrictionRow] { restrictionsBySymbol[symbol] }
  package func plans(ofTrader id: String) -> [PlanRow] { plansByTrader[id] }
  package func exemptions(ofOwner id: String) -> [ExemptionRow] { exemptionsByOwner[id] }
  package func instructions(_ account: String, _ symbol: String, _ span: ClosedRange<Instant>) -> [InstructionRow] {
    instructionsByAccount[account].within(span, \.time).filter { $0.symbol == symbol }
  }

  /// From the first trade to the last one; nil without any.
  package var tradeDays: ClosedRange<Day>? { trades.span.map { $0.lowerBound.day...$0.upperBound.day } }

  package func trades(ofTrader id: String, _ span: ClosedRange<Instant>) -> [TradeRow] { trades(.trader(id), span) }
  package func trades(ofAccount id: String, _ span: ClosedRange<Instant>) -> [TradeRow] { trades(.account(id), span) }
  package func trades(in symbol: String, _ span: ClosedRange<Instant>) -> [TradeRow] { trades(.symbol(symbol), span) }

  package func trades(_ key: TradeKey, _ span: ClosedRange<Instant>) -> [TradeRow] {
    trades.rows(key, span).map { trades[$0] }
  }

  /// How many trades there are, without making their rows.
  package func tradeCount(_ key: TradeKey, _ span: ClosedRange<Instant>) -> Int { trades.rows(key, span).count }
}
