/// What a figure shows, as a table: for those who cannot see it, and for those who want the numbers.
package struct FigureTable: Sendable, Equatable {
  package let columns: [String]
  package let rows: [[String]]

  package init(_ content: Figure.Content) {
    switch content {
    case .priceWithFills(let prices, let fills, let news):
      columns = ["Time", "What", "Price", "Quantity"]
      rows = Self.events(prices, fills, news)
    case .dailyNotional(let days, let flagged, let median):
      columns = ["Day", "Amount", "Remark"]
      rows =
        days.map { [$0.day.description, $0.amount.description, $0.day == flagged ? "flagged" : ""] }
        + [["Median", median.description, ""]]
    case .pairedTrades(let pairs):
      columns = [
        "Bought at", "by", "Quantity", "Price", "Sold at", "by", "Quantity", "Price", "Gap of prices in bp",
        "Gap in ms",
      ]
      rows = pairs.map { pair in
        Self.leg(pair.buy) + Self.leg(pair.sell)
          + [Decimals.text(pair.priceGap, digits: 1), Digits.grouped(pair.milliseconds)]
      }
    case .netPosition(let points):
      columns = ["Time", "Net position"]
      rows = points.map { [$0.time.description, Digits.grouped($0.position)] }
    case .accountLinks(let nodes, let edges):
      columns = ["From", "To", "Link"]
      let labels = Dictionary(nodes.map { ($0.id, $0.label) }) { first, _ in first }
      rows = edges.map { [labels[$0.from] ?? $0.from, labels[$0.to] ?? $0.to, $0.label] }
    }
  }

  /// In the order of time; at one time the close comes last.
  private static func events(_ prices: [Figure.PricePoint], _ fills: [Figure.Fill], _ news: [Figure.NewsMark])
    -> [[String]]
  {
    let endOfDay = Instant.perDay - 1
    let closes = prices.map { (Instant($0.day) + endOfDay, [$0.day.description, "Close", $0.close.description, ""]) }
    let trades = fills.map { fill in
      let what = fill.side == .buy ? "Bought" : "Sold"
      return (fill.time, [fill.time.description, what, fill.price.description, Digits.grouped(fill.quantity)])
    }
    let items = news.enumerated().map { index, mark in
      (mark.time, [mark.time.description, "News N\(index + 1): \(mark.headline)", "", ""])
    }
    return (items + trades + closes).enumerated()
      .sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element.1)
  }

  private static func leg(_ leg: Figure.Leg) -> [String] {
    [leg.time.description, leg.account, Digits.grouped(leg.quantity), leg.price.description]
  }
}
