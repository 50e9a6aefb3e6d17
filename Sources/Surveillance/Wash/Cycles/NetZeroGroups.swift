/// Sets of accounts that traded in circles until nobody's position had changed: the test of Victor and Weintraud. It also finds
/// circles whose trades were split.
package enum NetZeroGroups {
  package struct Group: Sendable, Equatable {
    /// By name.
    package var accounts: [String]
    /// How long the window is that they were found in.
    package var window: Int
    package var flows: [TradeFlow]
    /// In how many windows of this length the same accounts went round.
    package var recurrences: Int

    package init(accounts: [String], window: Int, flows: [TradeFlow], recurrences: Int) {
      self.accounts = accounts
      self.window = window
      self.flows = flows
      self.recurrences = recurrences
    }
  }

  package static let windows = [Instant.perHour, Instant.perDay, 7 * Instant.perDay]

  /// - Parameters:
  ///   - netChange: the share of the mean trade by which each position may have changed.
  ///   - retries: how often the newest trade may be left out and the rest be tried again.
  package static func find(_ flows: [TradeFlow], window: Int, netChange: Double, retries: Int) -> [Group] {
    let flows = flows.filter { $0.quantity > 0 }.sorted(by: TradeFlow.isBefore)
    var candidates: [(accounts: [String], flows: [TradeFlow])] = []
    for (_, part) in Dictionary(grouping: flows, by: { floor($0.time.milliseconds, window) }).sorted(by: {
      $0.key < $1.key
    }) {
      let graph = TradeGraph(part)
      for circle in graph.circles {
        let accounts = circle.map { graph.accounts[$0] }
        let members = Set(accounts)
        candidates.append((accounts, graph.flows.filter { members.contains($0.seller) && members.contains($0.buyer) }))
      }
    }
    let counts = Dictionary(candidates.map { ($0.accounts, 1) }, uniquingKeysWith: +)
    return candidates.compactMap { candidate in
      guard let part = netZeroPart(candidate.flows, netChange, retries), isWhole(part, candidate.accounts) else {
        return nil
      }
      return Group(
        accounts: candidate.accounts, window: window, flows: part, recurrences: counts[candidate.accounts] ?? 1)
    }
  }

  /// The longest beginning of the trades after which every position is about what it was. Nil: none of those tried.
  private static func netZeroPart(_ flows: [TradeFlow], _ netChange: Double, _ retries: Int) -> [TradeFlow]? {
    var positions: [String: Int] = [:]
    var total = 0
    for flow in flows {
      move(&positions, flow, flow.quantity)
      total = total.plus(flow.quantity)
    }
    var part = flows[...]
    for _ in 0...retries {
      guard let newest = part.last else { return nil }
      let allowed = netChange * Double(total) / Double(part.count)
      if positions.values.allSatisfy({ abs(Double($0)) <= allowed }) { return Array(part) }
      move(&positions, newest, -newest.quantity)
      total = total.plus(-newest.quantity)
      part.removeLast()
    }
    return nil
  }

  private static func move(_ positions: inout [String: Int], _ flow: TradeFlow, _ quantity: Int) {
    positions[flow.buyer] = (positions[flow.buyer] ?? 0).plus(quantity)
    positions[flow.seller] = (positions[flow.seller] ?? 0).plus(-quantity)
  }

  /// All accounts still take part.
  private static func isWhole(_ flows: [TradeFlow], _ accounts: [String]) -> Bool {
    Set(flows.map(\.seller)).union(flows.map(\.buyer)).count == accounts.count
  }

  private static func floor(_ value: Int, _ divisor: Int) -> Int {
    let quotient = value / divisor
    return value % divisor < 0 ? quotient - 1 : quotient
  }
}
