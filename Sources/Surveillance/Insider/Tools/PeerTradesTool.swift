/// Which way others traded the instrument before and on the trade's day.
package struct PeerTradesTool: Tool {
  package static let name = ToolName.peerTrades
  package static let steps = 3

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> PeerTradesFacts {
    guard let position = FlaggedPosition(alert) else { throw NoFlaggedTrade(alertID: alert.id) }
    let span = span(position)
    let rows = reference.trades(in: position.symbol, span)
    try await reporter.step(
      1, records: rows.count,
      "Read the trades in \(position.symbol) of \(PeerTradesFacts.daysBefore) days and of the trade's day.")

    let trader = FlaggedTrader.id(alert, position, reference)
    var net: [String: Int] = [:]
    var facts = PeerTradesFacts()
    for (index, row) in rows.enumerated() {
      try await reporter.look(at: index)
      guard row.traderID != trader, !position.contains(row) else { continue }
      facts.trades += 1
      net[row.traderID] = Capped.sum(net[row.traderID] ?? 0, row.quantity * row.side.sign)
    }
    if rows.isEmpty { facts.isCovered = try await TradeTape.covers(span, reference, reporter) }
    try await reporter.step(2, "Added up what each of \(net.count) other traders bought and sold.")

    // By id: sums that stand at the largest number depend on their order.
    for id in net.keys.sorted() {
      let quantity = net[id] ?? 0
      guard quantity != 0 else { continue }
      facts.peers += 1
      if (quantity > 0) == (position.side == .buy) { facts.sameDirection += 1 }
      facts.netQuantity = Capped.sum(facts.netQuantity, quantity)
    }
    try await reporter.step(3, "\(facts.sameDirection) of \(facts.peers) traded in the same direction.")
    return facts
  }

  /// Up to the end of the trade's day, but not beyond an event on it: what others do then follows the news.
  private func span(_ position: FlaggedPosition) -> ClosedRange<Instant> {
    let start = Instant(position.day - PeerTradesFacts.daysBefore)
    let end = Instant(position.day + 1) - 1
    guard let event = MarketEvent.find(alert, position, reference), event.isTimeKnown, event.time > position.firstTime
    else { return start...end }
    return start...min(end, event.time - 1)
  }
}
