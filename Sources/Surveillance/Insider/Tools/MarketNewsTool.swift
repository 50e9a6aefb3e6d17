/// What was published about the instrument from 14 days before the first trade to the event.
package struct MarketNewsTool: Tool {
  package static let name = ToolName.marketNews
  package static let steps = 3

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> MarketNewsFacts {
    guard let position = FlaggedPosition(alert) else { throw NoFlaggedTrade(alertID: alert.id) }
    var facts = MarketNewsFacts()
    facts.event = MarketEvent.find(alert, position, reference)
    let start = Instant(position.day - MarketNewsFacts.daysBefore)
    let lastDay = max(facts.event?.time.day ?? position.day, position.day)
    facts.timeline = reference.news(position.symbol, start...(Instant(lastDay + 1) - 1))
      .sorted { $0.order < $1.order }
    facts.isCovered = !facts.timeline.isEmpty || reference.instrument(position.symbol) != nil
    try await reporter.step(
      1, records: facts.timeline.count, "Read what was published about \(position.symbol) from \(start.day) on.")

    for (index, row) in facts.timeline.enumerated() {
      try await reporter.look(at: index)
      guard row.time < position.earliestTime, row.category == .material || row.category == .analyst else { continue }
      if row.direction == position.side.sign { facts.alignedCount += 1 }
      if row.direction == -position.side.sign { facts.opposedCount += 1 }
    }
    try await reporter.step(
      2, "\(facts.alignedCount) items before the trade spoke for its direction, \(facts.opposedCount) against it.")

    try await reporter.step(3, Self.message(facts.event))
    return facts
  }

  private static func message(_ event: MarketEvent?) -> String {
    guard let event else { return "No announcement behind the trade is on file." }
    guard event.news != nil else { return "The event of \(event.time.day) is known from the alert alone." }
    return "The public learned of the event at \(event.time)."
  }
}
