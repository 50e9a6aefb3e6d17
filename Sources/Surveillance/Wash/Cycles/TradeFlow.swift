/// A trade as an edge: what went from the seller to the buyer.
package struct TradeFlow: Sendable, Equatable {
  package var id: String
  package var time: Instant
  package var symbol: String
  package var seller: String
  package var buyer: String
  package var quantity: Int
  package var price: Price
  package var isFlagged: Bool

  package init(
    id: String, time: Instant, symbol: String, seller: String, buyer: String, quantity: Int, price: Price,
    isFlagged: Bool = false
  ) {
    self.id = id
    self.time = time
    self.symbol = symbol
    self.seller = seller
    self.buyer = buyer
    self.quantity = quantity
    self.price = price
    self.isFlagged = isFlagged
  }

  init(_ pair: TradePair) {
    self.init(
      id: pair.sell.id, time: pair.time, symbol: pair.sell.symbol, seller: pair.sell.account, buyer: pair.buy.account,
      quantity: pair.quantity, price: pair.sell.price, isFlagged: pair.isFlagged)
  }

  static func isBefore(_ left: TradeFlow, _ right: TradeFlow) -> Bool { (left.time, left.id) < (right.time, right.id) }
}

/// Trades in the order of their times, each sold by the one who bought before.
package struct TradePath: Sendable, Equatable {
  package var flows: [TradeFlow]

  package init(_ flows: [TradeFlow]) { self.flows = flows }

  /// One for each trade, and for a path that does not come back the last buyer.
  package var accounts: [String] {
    let sellers = flows.map(\.seller)
    guard let last = flows.last, last.buyer != sellers.first else { return sellers }
    return sellers + [last.buyer]
  }
  package var isFlagged: Bool { flows.contains(where: \.isFlagged) }
  /// From each trade to the next, in milliseconds.
  package var timeGaps: [Int] { zip(flows, flows.dropFirst()).map { $1.time - $0.time } }
  package var priceGaps: [Double] { zip(flows, flows.dropFirst()).map { PriceGap.basisPoints($0.price, $1.price) } }
}

/// The accounts of a set of trades by number, so that searches need no names.
struct TradeGraph {
  /// By name.
  let accounts: [String]
  /// By time, then id.
  let flows: [TradeFlow]
  let sellers: [Int]
  let buyers: [Int]
  /// The flows that each account sells, in their order.
  let outgoing: [[Int]]

  init(_ flows: [TradeFlow]) {
    let flows = flows.sorted(by: TradeFlow.isBefore)
    let names = Set(flows.map(\.seller)).union(flows.map(\.buyer)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(names, names.indices))
    let sellers = flows.map { numbers[$0.seller] ?? 0 }
    var outgoing = [[Int]](repeating: [], count: names.count)
    for (index, seller) in sellers.enumerated() { outgoing[seller].append(index) }
    accounts = names
    self.flows = flows
    self.sellers = sellers
    buyers = flows.map { numbers[$0.buyer] ?? 0 }
    self.outgoing = outgoing
  }

  /// The strongly connected sets of accounts in which something goes round: two accounts or more, or one that trades with itself.
  var circles: [[Int]] {
    let neighbours = outgoing.map { $0.map { buyers[$0] } }
    return StrongComponents.of(neighbours).filter { $0.count > 1 || neighbours[$0[0]].contains($0[0]) }
  }
}
