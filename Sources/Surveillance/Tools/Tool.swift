/// One step of an analysis under a name that people see. It reads reference data, tells how far it is, and gives facts; it decides
/// nothing.
package protocol Tool: Sendable {
  associatedtype Facts: Sendable

  static var name: ToolName { get }
  /// How many steps it tells of.
  static var steps: Int { get }

  func run(_ reporter: ToolReporter) async throws -> Facts
}

package enum ToolName: String, Sendable, Hashable, CaseIterable {
  case readAlert = "read_alert"
  case marketData = "market_data"
  case traderProfile = "trader_profile"
  case traderHistory = "trader_history"
  case marketNews = "market_news"
  case peerTrades = "peer_trades"
  case relatedParties = "related_parties"
  case accountRelationships = "account_relationships"
  case relatedAccountsHistory = "related_accounts_history"
  case tradeTiming = "trade_timing"
  case counterpartyAnalysis = "counterparty_analysis"
  /// Not a tool: what people have answered.
  case humanInput = "human_input"
  /// Not a tool: what the scoring makes of all the others' facts.
  case evaluation
}

/// How a tool tells how far it is, and where it can be stopped.
package struct ToolReporter: Sendable {
  package struct Step: Sendable, Equatable {
    package var step: Int
    package var total: Int
    /// How many rows were read for it.
    package var records: Int?
    package var message: String
  }

  /// So many rows are looked at before the next look at whether the work is still wanted.
  package static let rowsBetweenLooks = 1_000

  private let total: Int
  private let report: @Sendable (Step) async throws -> Void

  /// - Parameter report: throws when the work is not wanted any more.
  package init(total: Int, report: @escaping @Sendable (Step) async throws -> Void) {
    self.total = total
    self.report = report
  }

  package func step(_ step: Int, records: Int? = nil, _ message: String) async throws {
    try await report(Step(step: step, total: total, records: records, message: message))
  }

  /// To be called for each row of a long loop.
  package func look(at row: Int) async throws {
    guard row % Self.rowsBetweenLooks == Self.rowsBetweenLooks - 1 else { return }
    try Task.checkCancellation()
    await Task.yield()
  }
}
