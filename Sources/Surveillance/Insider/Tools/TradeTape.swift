/// Whether the data tell of trades at all. Only then does silence about one trader or one instrument say something.
enum TradeTape {
  /// Whether anybody traded anything in the span.
  static func covers(
    _ span: ClosedRange<Instant>, _ reference: ReferenceData, _ reporter: ToolReporter
  ) async throws -> Bool {
    for (index, trader) in reference.traders.enumerated() {
      try await reporter.look(at: index)
      if !reference.trades(ofTrader: trader.id, span).isEmpty { return true }
    }
    return false
  }
}
