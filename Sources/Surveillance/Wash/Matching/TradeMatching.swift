/// Finds buys and sells of one symbol that mirror each other: near in time, at about one price, in about one quantity.
///
/// The nearest in time are taken first, each leg at most once; ties go by the buy's id, then the sell's. Each buy walks outward in time
/// from its own place and holds but its next candidate, so that memory grows with the legs and not with the pairs.
package enum TradeMatching {
  package struct Rules: Sendable, Equatable {
    package var milliseconds: Int
    /// In basis points; nil: any price.
    package var priceTolerance: Int?
    /// The least share that the smaller quantity has of the larger.
    package var overlap: Double

    package init(milliseconds: Int, priceTolerance: Int?, overlap: Double) {
      self.milliseconds = milliseconds
      self.priceTolerance = priceTolerance
      self.overlap = overlap
    }

    package init(_ policy: Policy) {
      self.init(
        milliseconds: policy.milliseconds(WashSearchKey.window),
        priceTolerance: policy.count(WashSearchKey.priceTolerance), overlap: policy[WashSearchKey.overlap])
    }

    package func fit(_ buy: TradeLeg, _ sell: TradeLeg) -> Bool {
      if let priceTolerance, !PriceGap.isWithin(priceTolerance, buy.price, sell.price) { return false }
      let smaller = min(buy.quantity, sell.quantity)
      return smaller > 0 && Double(smaller) >= overlap * Double(max(buy.quantity, sell.quantity))
    }
  }

  /// In the order of the buys' times.
  /// - Parameter fit: what else must be true of a buy and a sell.
  package static func pairs(
    _ legs: [TradeLeg], _ rules: Rules, where fit: (TradeLeg, TradeLeg) -> Bool = { _, _ in true }
  ) -> [TradePair] {
    var pairs: [TradePair] = []
    for (_, legs) in Dictionary(grouping: legs, by: \.symbol).sorted(by: { $0.key < $1.key }) {
      let buys = legs.filter { $0.side == .buy }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
      let sells = legs.filter { $0.side == .sell }.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
      guard !buys.isEmpty, !sells.isEmpty else { continue }
      for (buy, sell) in matches(buys, sells, rules, fit) { pairs.append(TradePair(buy: buys[buy], sell: sells[sell])) }
    }
    return pairs.sorted { ($0.buy.time, $0.buy.id) < ($1.buy.time, $1.buy.id) }
  }

  private static func matches(
    _ buys: [TradeLeg], _ sellLegs: [TradeLeg], _ rules: Rules, _ fit: (TradeLeg, TradeLeg) -> Bool
  ) -> [(buy: Int, sell: Int)] {
    var sells = OrderedSells(sellLegs)
    let buyRank = OrderedSells.ranks(buys)
    var walks = buys.map { SellWalk(around: $0.time, sells) }
    var queue = BinaryHeap<Candidate>()

    func offer(_ buy: Int) {
      while let (sell, distance) = walks[buy].next(&sells, within: rules.milliseconds) {
        guard rules.fit(buys[buy], sellLegs[sell]), fit(buys[buy], sellLegs[sell]) else { continue }
        queue.push(
          Candidate(distance: distance, buyRank: buyRank[buy], sellRank: sells.rank[sell], buy: buy, sell: sell))
        return
      }
    }

    for buy in buys.indices { offer(buy) }
    var found: [(buy: Int, sell: Int)] = []
    while let candidate = queue.pop() {
      if sells.take(candidate.sell) {
        found.append((candidate.buy, candidate.sell))
      } else {
        offer(candidate.buy)
      }
    }
    return found
  }

  private struct Candidate: Comparable {
    var distance: Int
    var buyRank: Int
    var sellRank: Int
    var buy: Int
    var sell: Int

    static func < (left: Candidate, right: Candidate) -> Bool {
      (left.distance, left.buyRank, left.sellRank) < (right.distance, right.buyRank, right.sellRank)
    }
  }
}
