/// The trader's own year before the first flagged trade: sizes, instruments, sectors, cadence.
package struct TraderHistoryTool: Tool {
  package static let name = ToolName.traderHistory
  package static let steps = 4

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> TraderHistoryFacts {
    guard let position = FlaggedPosition(alert) else { throw NoFlaggedTrade(alertID: alert.id) }
    let trader = FlaggedTrader.id(alert, position, reference)
    let rows = try await rows(of: trader, position, reporter)
    var facts = TraderHistoryFacts()
    facts.isAvailable = try await isHistoryThere(of: trader, rows, position, reporter)
    facts.count = rows.count
    try await reporter.step(
      1, records: rows.count, "Read the trader's trades of \(TraderHistoryFacts.days) days before \(position.day).")

    facts.addSizes(rows, position)
    try await reporter.step(2, "Compared the flagged quantity with the trader's usual one.")

    var instruments = InstrumentCache(reference)
    try await facts.addSectors(rows, position, &instruments, reporter)
    try await reporter.step(3, "Counted the trader's sectors: \(facts.sectors.count) of them.")

    try await facts.addCadence(rows, position, reporter)
    try await facts.addDailyNotional(rows, position, &instruments, reporter)
    try await reporter.step(4, "Measured how regularly the trader trades.")
    return facts
  }

  private func rows(
    of trader: String?, _ position: FlaggedPosition, _ reporter: ToolReporter
  ) async throws -> [TradeRow] {
    guard let trader else { return [] }
    var rows: [TradeRow] = []
    for (index, row) in reference.trades(ofTrader: trader, position.before(days: TraderHistoryFacts.days)).enumerated()
    {
      try await reporter.look(at: index)
      if !position.contains(row) { rows.append(row) }
    }
    return rows
  }

  /// Rows show that there is a history. Without any, it is there where the register knows the trader and the data tell of anybody's
  /// trades in that year: then the silence is the trader's. Otherwise it is the data's.
  private func isHistoryThere(
    of trader: String?, _ rows: [TradeRow], _ position: FlaggedPosition, _ reporter: ToolReporter
  ) async throws -> Bool {
    if !rows.isEmpty { return true }
    guard let trader, reference.trader(trader) != nil else { return false }
    let year = position.before(days: TraderHistoryFacts.days)
    if !reference.trades(in: position.symbol, year).isEmpty { return true }
    return try await TradeTape.covers(year, reference, reporter)
  }
}

/// Instruments that were looked up before.
struct InstrumentCache {
  private let reference: ReferenceData
  private var known: [String: InstrumentRow?] = [:]

  init(_ reference: ReferenceData) { self.reference = reference }

  mutating func instrument(_ symbol: String) -> InstrumentRow? {
    if let row = known[symbol] { return row }
    let row = reference.instrument(symbol)
    known[symbol] = .some(row)
    return row
  }
}
