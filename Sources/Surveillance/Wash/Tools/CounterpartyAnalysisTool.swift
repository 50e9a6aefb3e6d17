/// Who traded with whom: what goes round, what comes back through others, what nets out.
package struct CounterpartyAnalysisTool: Tool {
  package static let name = ToolName.counterpartyAnalysis
  package static let steps = 5

  private let alert: Alert
  private let reference: ReferenceData
  private let policy: Policy

  package init(alert: Alert, reference: ReferenceData, policy: Policy = .standard) {
    self.alert = alert
    self.reference = reference
    self.policy = policy
  }

  package func run(_ reporter: ToolReporter) async throws -> CounterpartyFacts {
    let accounts = try await TradeGroup.accounts(alert, reference, policy, reporter)
    let relationships = try await RelationshipLoader.load(accounts, reference, policy, looking: reporter)
    let group = try await TradeGroup.collect(alert, reference, relationships, policy, reporter)
    var facts = CounterpartyFacts()
    facts.legs = group.legs
    facts.flows = group.flows
    let week = try await surroundings(of: group, reporter)
    facts.graphFlows = week.count
    try await reporter.step(1, records: week.count, "Trades between named accounts")

    let day = near(group, week)
    facts.circles = circles(day, Set(group.accounts))
    try await reporter.step(2, records: facts.circles.count, "Sets of accounts in which trades go round")
    try await searchPaths(day, &facts, reporter)
    try await reporter.step(3, records: facts.cycles.count, "Cycles with a flagged trade: \(facts.cycles.count)")
    for (index, window) in NetZeroGroups.windows.enumerated() {
      try await reporter.look(at: index)
      let found = NetZeroGroups.find(
        week, window: window, netChange: policy[WashSearchKey.netChange],
        retries: policy.count(WashSearchKey.retries))
      facts.groups += found.filter { $0.flows.contains(where: \.isFlagged) }
    }
    try await reporter.step(
      4, records: facts.groups.count, "Groups whose positions did not change: \(facts.groups.count)")
    facts.matched = matched(group)
    facts.instructions = instructions(group)
    try await reporter.step(5, records: facts.matched.count, "Matched trades, and instructions for them")
    return facts
  }

  /// The group's trades, and all trades between named accounts of its symbols from a week before to a day behind it.
  private func surroundings(of group: TradeGroup, _ reporter: ToolReporter) async throws -> [TradeFlow] {
    guard let span = group.span else { return [] }
    let wide = (span.lowerBound - 7 * Instant.perDay)...(span.upperBound + Instant.perDay)
    let own = group.rowIDs
    var flows = group.flows
    var row = 0
    for symbol in group.symbols {
      var legs: [TradeLeg] = []
      for trade in reference.trades(in: symbol, wide) {
        try await reporter.look(at: row)
        row += 1
        if !trade.counterparty.isEmpty, trade.quantity > 0, !own.contains(trade.id) { legs.append(TradeLeg(trade)) }
      }
      let pairs = SidePairing.pairs(legs, within: policy.milliseconds(WashSearchKey.sameTrade))
      flows += pairs.map { TradeFlow($0) }
      let paired = Set(pairs.flatMap { [$0.buy.id, $0.sell.id] })
      flows += legs.filter { !paired.contains($0.id) }.compactMap(flow)
    }
    return flows.sorted(by: TradeFlow.isBefore)
  }

  /// A trade of which the record has one side.
  private func flow(_ leg: TradeLeg) -> TradeFlow? {
    guard let counterparty = leg.counterparty else { return nil }
    let isSale = leg.side == .sell
    return TradeFlow(
      id: leg.id, time: leg.time, symbol: leg.symbol, seller: isSale ? leg.account : counterparty,
      buyer: isSale ? counterparty : leg.account, quantity: leg.quantity, price: leg.price)
  }

  private func near(_ group: TradeGroup, _ flows: [TradeFlow]) -> [TradeFlow] {
    guard let span = group.span else { return [] }
    let reach = policy.milliseconds(WashSearchKey.cycleSpan)
    return flows.filter { $0.time >= span.lowerBound - reach && $0.time <= span.upperBound + reach }
  }

  private func circles(_ flows: [TradeFlow], _ flagged: Set<String>) -> [[String]] {
    let bySymbol = Dictionary(grouping: flows, by: \.symbol).sorted { $0.key < $1.key }
    return bySymbol.flatMap { _, flows in
      let graph = TradeGraph(flows)
      return graph.circles.map { $0.map { graph.accounts[$0] } }.filter { !flagged.isDisjoint(with: $0) }
    }
  }

  private func searchPaths(
    _ flows: [TradeFlow], _ facts: inout CounterpartyFacts, _ reporter: ToolReporter
  ) async throws {
    for (_, flows) in Dictionary(grouping: flows, by: \.symbol).sorted(by: { $0.key < $1.key }) {
      for goal in [PathSearch.Goal.cycles, .chains] {
        var search = PathSearch(flows, goal, PathSearch.Limits(policy), flaggedOnly: true)
        for (index, start) in search.starts.enumerated() {
          try await reporter.look(at: index)
          search.search(from: start)
        }
        if goal == .cycles { facts.cycles += search.paths } else { facts.chains += search.paths }
        guard !search.isComplete else { continue }
        let what = goal == .cycles ? "cycles" : "chains"
        let steps = Digits.grouped(search.stepsTaken)
        facts.notes.append(
          "The search for \(what) ended at its limits after \(steps) steps; there may be more."
        )
      }
    }
    facts.cycles.sort(by: isShorter)
    facts.chains.sort(by: isShorter)
  }

  private func isShorter(_ left: TradePath, _ right: TradePath) -> Bool {
    guard left.flows.count == right.flows.count, let first = left.flows.first, let other = right.flows.first else {
      return left.flows.count < right.flows.count
    }
    if first.time != other.time { return first.time < other.time }
    return left.flows.map(\.id).lexicographicallyPrecedes(right.flows.map(\.id))
  }

  private func matched(_ group: TradeGroup) -> [TradePair] {
    let rules = TradeMatching.Rules(policy)
    let known = group.pairs.filter {
      $0.isOneTrade && $0.milliseconds <= rules.milliseconds && rules.fit($0.buy, $0.sell)
    }
    let used = Set(known.flatMap { [$0.buy.id, $0.sell.id] })
    return known + TradeMatching.pairs(group.legs.filter { !used.contains($0.id) }, rules)
  }

  private func instructions(_ group: TradeGroup) -> [InstructionRow] {
    guard let span = group.span else { return [] }
    let before = (span.lowerBound - policy.count(WashSearchKey.instructionDays) * Instant.perDay)...span.upperBound
    return group.accounts.flatMap { account in
      group.symbols.flatMap { reference.instructions(account, $0, before) }
    }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
  }
}
