/// Joins the two sides of trades that rows tell of apart.
enum SidePairing {
  /// A leg that names an account, and a leg of that account that names the first or nobody, with one quantity at about one time.
  static func pairs(_ legs: [TradeLeg], within span: Int) -> [TradePair] {
    let places = Dictionary(grouping: legs.indices) { place in
      Key(
        account: legs[place].account, symbol: legs[place].symbol, side: legs[place].side, quantity: legs[place].quantity
      )
    }
    var pairs: [TradePair] = []
    var paired: Set<Int> = []
    for place in legs.indices.sorted(by: { (legs[$0].time, legs[$0].id) < (legs[$1].time, legs[$1].id) })
    where !paired.contains(place) {
      let leg = legs[place]
      guard let counterparty = leg.counterparty else { continue }
      let key = Key(
        account: counterparty, symbol: leg.symbol, side: leg.side == .buy ? .sell : .buy, quantity: leg.quantity)
      let fitting = (places[key] ?? []).filter { other in
        !paired.contains(other) && abs(legs[other].time - leg.time) <= span
          && (legs[other].counterparty ?? leg.account) == leg.account
      }
      let nearest = fitting.min {
        (abs(legs[$0].time - leg.time), legs[$0].id) < (abs(legs[$1].time - leg.time), legs[$1].id)
      }
      guard let nearest else { continue }
      paired.formUnion([place, nearest])
      pairs.append(pair(leg, legs[nearest]))
    }
    return pairs
  }

  static func pair(_ leg: TradeLeg, _ other: TradeLeg) -> TradePair {
    TradePair(buy: leg.side == .buy ? leg : other, sell: leg.side == .buy ? other : leg, isOneTrade: true)
  }

  private struct Key: Hashable {
    var account: String
    var symbol: String
    var side: Side
    var quantity: Int
  }
}
