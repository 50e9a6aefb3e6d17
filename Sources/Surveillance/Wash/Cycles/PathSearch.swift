/// Looks for trades in the order of their times through which about one quantity goes from account to account. The work is bounded:
/// a dense market has more paths than anybody could read.
package struct PathSearch: Sendable {
  package enum Goal: Sendable {
    /// They come back to their first seller, and pass no account twice.
    case cycles
    /// They pass a flagged trade, have two trades or more, and pass no account twice.
    case chains
  }

  package struct Limits: Sendable, Equatable {
    package var length: Int
    package var milliseconds: Int
    /// The share of the largest quantity by which the smallest may be less.
    package var quantity: Double
    package var steps: Int
    package var stepsPerStart: Int
    package var results: Int

    package init(
      length: Int, milliseconds: Int, quantity: Double, steps: Int = .max, stepsPerStart: Int = .max,
      results: Int = .max
    ) {
      self.length = length
      self.milliseconds = milliseconds
      self.quantity = quantity
      self.steps = steps
      self.stepsPerStart = stepsPerStart
      self.results = results
    }

    package init(_ policy: Policy) {
      self.init(
        length: policy.count(WashSearchKey.cycleLength), milliseconds: policy.milliseconds(WashSearchKey.cycleSpan),
        quantity: policy[WashSearchKey.cycleQuantity], steps: policy.count(WashSearchKey.steps),
        stepsPerStart: policy.count(WashSearchKey.stepsPerStart), results: policy.count(WashSearchKey.results))
    }
  }

  package private(set) var paths: [TradePath] = []
  /// Nothing was left out for the limits' sake.
  package private(set) var isComplete = true
  package private(set) var stepsTaken = 0
  /// The first trades to search from, the flagged ones first: where work is bounded, it goes to them.
  package var starts: [Int] {
    graph.flows.indices.filter { graph.flows[$0].isFlagged } + graph.flows.indices.filter { !graph.flows[$0].isFlagged }
  }

  private let graph: TradeGraph
  private let goal: Goal
  private let limits: Limits
  private let isFlaggedOnly: Bool
  /// The number of the circle of each account, for cycles: nothing comes back from outside.
  private let circle: [Int?]

  private var path: [Int] = []
  private var isPassed: [Bool]
  private var stepsLeftOfStart = 0

  /// - Parameter flaggedOnly: paths without a flagged trade are passed over.
  package init(_ flows: [TradeFlow], _ goal: Goal, _ limits: Limits, flaggedOnly: Bool = false) {
    isFlaggedOnly = flaggedOnly || goal == .chains
    graph = TradeGraph(flows)
    self.goal = goal
    self.limits = limits
    var circle = [Int?](repeating: nil, count: graph.accounts.count)
    for (number, members) in graph.circles.enumerated() { for member in members { circle[member] = number } }
    self.circle = circle
    isPassed = Array(repeating: false, count: graph.accounts.count)
  }

  /// All at once.
  package static func all(_ flows: [TradeFlow], _ goal: Goal, _ limits: Limits) -> PathSearch {
    var search = PathSearch(flows, goal, limits)
    for start in search.starts { search.search(from: start) }
    return search
  }

  /// Those paths whose first trade is the one of this number.
  package mutating func search(from start: Int) {
    let flow = graph.flows[start]
    guard flow.quantity > 0 else { return }
    let seller = graph.sellers[start]
    if goal == .cycles {
      guard let number = circle[seller], number == circle[graph.buyers[start]] else { return }
    }
    guard stepsTaken < limits.steps else {
      isComplete = false
      return
    }
    stepsLeftOfStart = limits.stepsPerStart
    path = [start]
    isPassed[seller] = true
    extend(seller: seller, smallest: flow.quantity, largest: flow.quantity)
    isPassed[seller] = false
  }

  private mutating func extend(seller: Int, smallest: Int, largest: Int) {
    guard let first = path.first, let last = path.last else { return }
    let account = graph.buyers[last]
    if account == seller {
      if goal == .cycles { keep() }
      return
    }
    guard !isPassed[account] else { return }
    if goal == .chains, path.count > 1 { keep() }
    guard path.count < limits.length else { return }
    isPassed[account] = true
    defer { isPassed[account] = false }
    let latest = graph.flows[first].time + limits.milliseconds
    let outgoing = graph.outgoing[account]
    for place in firstPlace(in: outgoing, notBefore: graph.flows[last].time)..<outgoing.count {
      let next = outgoing[place]
      let flow = graph.flows[next]
      guard flow.time <= latest else { return }
      guard takeStep() else { return }
      // A path begins with its first trade in the order of times and ids, so that a cycle is found once.
      guard next > first, isGoing(from: account, next) else { continue }
      let least = min(smallest, flow.quantity)
      let most = max(largest, flow.quantity)
      guard least > 0, Double(most - least) <= limits.quantity * Double(most) else { continue }
      path.append(next)
      extend(seller: seller, smallest: least, largest: most)
      path.removeLast()
    }
  }

  private func isGoing(from account: Int, _ flow: Int) -> Bool {
    goal == .chains || circle[account] == circle[graph.buyers[flow]]
  }

  private mutating func takeStep() -> Bool {
    guard stepsLeftOfStart > 0, stepsTaken < limits.steps, paths.count < limits.results else {
      isComplete = false
      return false
    }
    stepsLeftOfStart -= 1
    stepsTaken += 1
    return true
  }

  private mutating func keep() {
    guard !isFlaggedOnly || path.contains(where: { graph.flows[$0].isFlagged }) else { return }
    guard paths.count < limits.results else {
      isComplete = false
      return
    }
    paths.append(TradePath(path.map { graph.flows[$0] }))
  }

  private func firstPlace(in outgoing: [Int], notBefore time: Instant) -> Int {
    var low = 0
    var high = outgoing.count
    while low < high {
      let middle = (low + high) / 2
      if graph.flows[outgoing[middle]].time < time { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
