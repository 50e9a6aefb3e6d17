/// The tools of one kind of alert, beside each other where one does not need what another finds.
package struct Investigation: Sendable {
  private let alert: Alert
  private let reference: ReferenceData
  private let policy: Policy

  package init(_ alert: Alert, _ reference: ReferenceData, _ policy: Policy) {
    self.alert = alert
    self.reference = reference
    self.policy = policy
  }

  /// What the tools found, ready to be assessed; again when somebody has named an account's owner.
  package struct Gathered: Sendable {
    /// - Parameter owners: by account, as people named them.
    package let assess: @Sendable (_ owners: [String: String]) -> Assessment
  }

  /// Reads the alert first, and has everything else looked at then.
  /// - Parameter alertWasRead: is told between the two.
  package func gather(
    _ kind: AlertKind, with runner: some ToolRunning, alertWasRead: () async throws -> Void = {}
  ) async throws -> Gathered {
    let read = try await runner.run(
      ReadAlertTool(alert: alert, reference: reference),
      about: [.init("alert_id", .text(alert.id)), .init("trades", .integer(alert.trades.count))])
    try await alertWasRead()
    switch kind {
    case .insiderTrading: return try await insider(read, runner)
    case .washTrade: return try await wash(read, runner)
    }
  }

  private func insider(_ read: AlertFacts, _ runner: some ToolRunning) async throws -> Gathered {
    let symbol = Evidence.Input("symbol", .text(alert.trades.first?.symbol ?? ""))
    let trader = Evidence.Input("trader_id", .text(alert.trader?.id ?? alert.trades.first?.traderID ?? ""))
    async let market = runner.run(MarketDataTool(alert: alert, reference: reference), about: [symbol])
    async let profile = runner.run(TraderProfileTool(alert: alert, reference: reference), about: [trader])
    async let history = runner.run(TraderHistoryTool(alert: alert, reference: reference), about: [trader, symbol])
    async let news = runner.run(MarketNewsTool(alert: alert, reference: reference), about: [symbol])
    async let peers = runner.run(PeerTradesTool(alert: alert, reference: reference), about: [trader, symbol])
    async let related = runner.run(RelatedPartiesTool(alert: alert, reference: reference), about: [trader])
    let facts = try await InsiderFacts(
      market: market, profile: profile, history: history, news: news, peers: peers, related: related)
    return Gathered { [alert, policy] _ in read.completing(InsiderAssessment.assess(alert, facts, policy)) }
  }

  private func wash(_ read: AlertFacts, _ runner: some ToolRunning) async throws -> Gathered {
    let symbol = Evidence.Input("symbol", .text(alert.trades.first?.symbol ?? ""))
    let names = Set(alert.trades.flatMap { [$0.accountID, $0.counterparty] }.compactMap { $0 }).sorted()
    let accounts = Evidence.Input("accounts", .text(names.joined(separator: ", ")))
    async let market = runner.run(MarketDataTool(alert: alert, reference: reference), about: [symbol])
    async let relationships = runner.run(
      AccountRelationshipsTool(alert: alert, reference: reference, policy: policy), about: [accounts])
    async let history = runner.run(
      RelatedAccountsHistoryTool(alert: alert, reference: reference, policy: policy), about: [symbol, accounts])
    async let timing = runner.run(
      TradeTimingTool(alert: alert, reference: reference, policy: policy), about: [symbol, accounts])
    async let counterparties = runner.run(
      CounterpartyAnalysisTool(alert: alert, reference: reference, policy: policy), about: [symbol, accounts])
    let facts = try await WashFacts(
      market: market, relationships: relationships, history: history, timing: timing, counterparties: counterparties)
    return Gathered { [alert, policy] owners in
      read.completing(WashAssessment.assess(alert, facts, owners: owners, policy))
    }
  }
}

extension AlertFacts {
  /// The assessment with what reading the alert itself brought to light.
  fileprivate func completing(_ assessment: Assessment) -> Assessment {
    var assessment = assessment
    assessment.mismatches = mismatches + assessment.mismatches
    assessment.gaps += gaps
    return assessment
  }
}
