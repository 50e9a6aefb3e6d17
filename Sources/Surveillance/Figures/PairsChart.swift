/// Purchases above, sales below, on one axis of time; a line joins those that were matched.
struct PairsChart {
  /// More would be a smear; the table has them all.
  private static let mostDrawn = 60
  private static let mostLabelled = 8

  private let pairs: ArraySlice<Figure.Pair>
  private let isCut: Bool
  private let x: Chart.Scale

  init(_ pairs: [Figure.Pair]) {
    self.pairs = pairs.prefix(Self.mostDrawn)
    isCut = pairs.count > Self.mostDrawn
    let times = self.pairs.flatMap { [$0.buy.time, $0.sell.time] }
    x = Chart.Scale(times.map { Double($0.milliseconds) }, onto: Chart.left + 64, Chart.right - 24)
  }

  func draw(_ svg: inout Markup) {
    let buys = Chart.top + 36
    let sells = Chart.bottom - 36
    svg.label(Chart.left, buys + 4, "bought")
    svg.label(Chart.left, sells + 4, "sold")
    for (index, pair) in pairs.enumerated() {
      let bought = x(Double(pair.buy.time.milliseconds))
      let sold = x(Double(pair.sell.time.milliseconds))
      svg.line(bought, buys, sold, sells, class: "pair")
      svg.mark(.buy, bought, buys)
      svg.mark(.sell, sold, sells)
      if pairs.count <= Self.mostLabelled {
        // Neighbouring labels stand at different heights.
        let place = Chart.top + 56 + Double(index % 4) * 20
        let text = "\(Decimals.text(pair.priceGap, digits: 1)) bp, \(Self.seconds(pair.milliseconds)) s"
        let middle = (bought + sold) / 2
        let isRight = middle > Chart.width / 2
        svg.label(middle + (isRight ? -8 : 8), place, text, anchor: isRight ? "end" : "start")
      }
    }
    if isCut { svg.label(Chart.right, Chart.top - 8, "the first \(Self.mostDrawn) pairs", anchor: "end") }
    let times = pairs.flatMap { [$0.buy.time, $0.sell.time] }
    guard let first = times.min(), let last = times.max() else { return }
    svg.label(Chart.left, Chart.height - 8, first.description)
    svg.label(Chart.right, Chart.height - 8, last.description, anchor: "end")
  }

  private static func seconds(_ milliseconds: Int) -> String {
    Decimals.text(Double(milliseconds) / Double(Instant.perSecond), digits: 1)
  }
}
