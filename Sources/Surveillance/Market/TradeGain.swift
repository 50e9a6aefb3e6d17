/// What a position has gained, or avoided losing, by an event's close: sg·q·(P_E − p) over all its trades.
package enum TradeGain {
  package static func by(_ close: Price, _ position: FlaggedPosition) -> Money {
    position.trades.reduce(Money(minor: 0)) { sum, trade in
      let move = Capped.difference(close.tenThousandths, trade.price.tenThousandths)
      let gained = trade.side == .buy ? move : Capped.difference(0, move)
      return Capped.sum(sum, Money(quantity: trade.quantity, price: Price(tenThousandths: gained)))
    }
  }
}
