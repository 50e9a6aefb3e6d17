extension TraderHistoryFacts {
  /// The smallest deviation of ln quantity that a score is measured in.
  private static let smallestDeviation = 0.25
  /// From a median absolute deviation to what would be a standard deviation.
  private static let deviations = 1.4826
  private static let shownDays = 30

  mutating func addSizes(_ rows: [TradeRow], _ position: FlaggedPosition) {
    let quantities = rows.map { Double(max(1, $0.quantity)) }
    medianQuantity = Statistics.median(quantities)
    let logarithms = quantities.map { Statistics.ln($0) }
    guard let median = Statistics.median(logarithms), let spread = Statistics.medianAbsoluteDeviation(logarithms) else {
      return
    }
    let flagged = Statistics.ln(Double(max(1, position.quantity)))
    sizeScore = (flagged - median) / max(Self.smallestDeviation, Self.deviations * spread)
  }

  mutating func addSectors(
    _ rows: [TradeRow], _ position: FlaggedPosition, _ instruments: inout InstrumentCache, _ reporter: ToolReporter
  ) async throws {
    var counts: [String: Int] = [:]
    for (index, row) in rows.enumerated() {
      try await reporter.look(at: index)
      if row.symbol == position.symbol { symbolCount += 1 }
      if let sector = instruments.instrument(row.symbol)?.sector { counts[sector, default: 0] += 1 }
    }
    sector = instruments.instrument(position.symbol)?.sector
    sectorCount = sector.map { counts[$0] ?? 0 }
    sectors = counts.map { SectorShare(sector: $0.key, trades: $0.value) }
      .sorted { ($1.trades, $0.sector) < ($0.trades, $1.sector) }
  }

  mutating func addCadence(
    _ rows: [TradeRow], _ position: FlaggedPosition, _ reporter: ToolReporter
  ) async throws {
    medianDaysBetween = Statistics.median(Self.intervals(Set(rows.map(\.time.day)).sorted()))
    var byDay: [Day: Int] = [:]
    for (index, row) in rows.enumerated() {
      try await reporter.look(at: index)
      guard row.symbol == position.symbol, row.side == position.side else { continue }
      byDay[row.time.day] = Capped.sum(byDay[row.time.day] ?? 0, row.quantity)
    }
    // What was bought earlier on the flagged day belongs to the flagged trade's own place in the programme.
    byDay[position.day] = nil
    let days = byDay.keys.sorted()
    programme.count = days.count
    let intervals = Self.intervals(days + [position.day])
    if let mean = Statistics.mean(intervals), let deviation = Statistics.standardDeviation(intervals), mean > 0 {
      programme.intervalVariation = deviation / mean
    }
    if let usual = Statistics.median(days.map { Double(byDay[$0] ?? 0) }), usual > 0 {
      programme.sizeRatio = Double(position.quantity) / usual
    }
  }

  mutating func addDailyNotional(
    _ rows: [TradeRow], _ position: FlaggedPosition, _ instruments: inout InstrumentCache, _ reporter: ToolReporter
  ) async throws {
    let currency = instruments.instrument(position.symbol)?.currency
    var amounts: [Day: Money] = [position.day: position.notional]
    for (index, row) in rows.enumerated() {
      try await reporter.look(at: index)
      guard row.time.day >= position.day - Self.shownDays else { continue }
      // Amounts of different currencies do not add up.
      guard row.symbol == position.symbol || instruments.instrument(row.symbol)?.currency == currency else { continue }
      let amount = Money(quantity: row.quantity, price: row.price)
      amounts[row.time.day] = Capped.sum(amounts[row.time.day] ?? Money(minor: 0), amount)
    }
    let days = (-Self.shownDays...0).map { position.day + $0 }.filter { !$0.isWeekend || amounts[$0] != nil }
    dailyNotional = days.map { DayAmount(day: $0, amount: amounts[$0] ?? Money(minor: 0)) }
    let traded = dailyNotional.filter { $0.day < position.day && $0.amount.minor > 0 }.map { Double($0.amount.minor) }
    medianNotional = Statistics.median(traded).map { Money(minor: Capped.integer($0)) }
  }

  private static func intervals(_ days: [Day]) -> [Double] {
    zip(days, days.dropFirst()).map { Double($1 - $0) }
  }
}
