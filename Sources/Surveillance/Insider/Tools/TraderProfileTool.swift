/// The trader's role, permission, access, lists and plans.
package struct TraderProfileTool: Tool {
  package static let name = ToolName.traderProfile
  package static let steps = 3

  private let alert: Alert
  private let reference: ReferenceData

  package init(alert: Alert, reference: ReferenceData) {
    self.alert = alert
    self.reference = reference
  }

  package func run(_ reporter: ToolReporter) async throws -> TraderProfileFacts {
    guard let position = FlaggedPosition(alert) else { throw NoFlaggedTrade(alertID: alert.id) }
    var facts = TraderProfileFacts()
    facts.traderID = FlaggedTrader.id(alert, position, reference)
    facts.trader = facts.traderID.flatMap { reference.trader($0) }
    facts.sector = reference.instrument(position.symbol)?.sector
    try await reporter.step(1, records: facts.trader == nil ? 0 : 1, Self.message(facts.trader))

    let restrictions = reference.restrictions(position.symbol)
    let entries = reference.insiderEntries(position.symbol)
    facts.listsCoverSymbol = facts.sector != nil || !restrictions.isEmpty || !entries.isEmpty
    facts.restrictions = restrictions.filter { Self.overlap($0.from, $0.to, position.days) }
      .sorted { ($0.from, $0.to, $0.list.rawValue) < ($1.from, $1.to, $1.list.rawValue) }
    facts.insiderEntries = entries.filter { $0.traderID == facts.traderID }
      .filter { Self.overlap($0.from, $0.to, position.days) }
      .sorted { ($0.from, $0.to, $0.source.rawValue) < ($1.from, $1.to, $1.source.rawValue) }
    try await reporter.step(
      2, records: restrictions.count + entries.count,
      "Looked for \(position.symbol) and the trader on the restricted, watch and insider lists.")

    let plans = facts.traderID.map { reference.plans(ofTrader: $0) } ?? []
    facts.plans = plans.filter { $0.symbol == position.symbol }.sorted { ($0.adopted, $0.id) < ($1.adopted, $1.id) }
    try await reporter.step(3, records: plans.count, "Read the trader's plans that were arranged beforehand.")
    return facts
  }

  /// Whether something held on one of the days.
  static func overlap(_ from: Day, _ to: Day, _ days: ClosedRange<Day>) -> Bool {
    from <= days.upperBound && days.lowerBound <= to
  }

  private static func message(_ trader: TraderRow?) -> String {
    guard let trader else { return "The register does not know the trader." }
    return "\(trader.name) is on file as \(trader.role) of \(trader.department)."
  }
}
