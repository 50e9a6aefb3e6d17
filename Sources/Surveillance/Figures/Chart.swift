/// The surface on which figures are drawn, in the units of their `viewBox`.
enum Chart {
  static let width = 640.0
  static let height = 240.0
  static let left = 8.0
  static let right = 632.0
  static let top = 24.0
  static let bottom = 208.0

  /// A figure as SVG, with words for those who cannot see it.
  static func draw(_ figure: Figure, into markup: inout Markup) {
    let drawnHeight = height(of: figure.content)
    markup.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(text(width)) \(text(drawnHeight))", "role": "img",
        "aria-labelledby": "\(figure.id)-title \(figure.id)-desc", "class": "chart",
      ]
    ) { svg in
      svg.element("title", ["id": "\(figure.id)-title"], figure.title)
      svg.element("desc", ["id": "\(figure.id)-desc"], figure.description)
      switch figure.content {
      case .priceWithFills(let prices, let fills, let news): PriceChart(prices, fills, news).draw(&svg)
      case .dailyNotional(let days, let flagged, let median): DailyChart(days, flagged, median).draw(&svg)
      case .pairedTrades(let pairs): PairsChart(pairs).draw(&svg)
      case .netPosition(let points): PositionChart(points).draw(&svg)
      case .accountLinks(let nodes, let edges): LinksChart(nodes, edges).draw(&svg)
      }
    }
  }

  private static func height(of content: Figure.Content) -> Double {
    if case .accountLinks(let nodes, _) = content { return LinksChart.height(nodes) }
    return height
  }

  /// A coordinate with one decimal at most.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded(.toNearestOrAwayFromZero))
    let sign = tenths < 0 ? "-" : ""
    let fraction = tenths.magnitude % 10
    return "\(sign)\(tenths.magnitude / 10)" + (fraction == 0 ? "" : ".\(fraction)")
  }

  /// Where a value lies between two ends. A span of nothing is drawn in its middle.
  struct Scale {
    let from: Double
    let to: Double
    let start: Double
    let end: Double

    init(_ values: [Double], onto start: Double, _ end: Double) {
      from = values.min() ?? 0
      to = values.max() ?? 0
      self.start = start
      self.end = end
    }

    func callAsFunction(_ value: Double) -> Double {
      to > from ? start + (value - from) / (to - from) * (end - start) : (start + end) / 2
    }
  }
}

extension Markup {
  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, class name: String) {
    empty(
      "line",
      ["class": name, "x1": Chart.text(x1), "y1": Chart.text(y1), "x2": Chart.text(x2), "y2": Chart.text(y2)])
  }

  mutating func label(_ x: Double, _ y: Double, _ text: String, anchor: String = "start", class name: String = "t") {
    element("text", ["class": name, "x": Chart.text(x), "y": Chart.text(y), "text-anchor": anchor], text)
  }

  mutating func polyline(_ points: [(x: Double, y: Double)], class name: String) {
    let path = points.map { "\(Chart.text($0.x)),\(Chart.text($0.y))" }.joined(separator: " ")
    empty("polyline", ["class": name, "points": path])
  }

  /// Pointing up for a purchase, down for a sale: colour alone would not tell.
  mutating func mark(_ side: Side, _ x: Double, _ y: Double) {
    let up = side == .buy ? 1.0 : -1.0
    let corners = [(x, y - 6 * up), (x - 5, y + 4 * up), (x + 5, y + 4 * up)]
    let points = corners.map { "\(Chart.text($0.0)),\(Chart.text($0.1))" }.joined(separator: " ")
    empty("polygon", ["class": side == .buy ? "buy" : "sell", "points": points])
  }
}
