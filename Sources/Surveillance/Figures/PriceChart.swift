/// Closing prices as a line, trades as marks on it, news as dashed lines with numbers.
struct PriceChart {
  private let prices: [Figure.PricePoint]
  private let fills: [Figure.Fill]
  private let news: [Figure.NewsMark]
  private let x: Chart.Scale
  private let y: Chart.Scale

  init(_ prices: [Figure.PricePoint], _ fills: [Figure.Fill], _ news: [Figure.NewsMark]) {
    self.prices = prices
    self.fills = fills
    self.news = news
    let times = prices.map { Self.noon($0.day) } + fills.map(\.time) + news.map(\.time)
    x = Chart.Scale(times.map { Double($0.milliseconds) }, onto: Chart.left, Chart.right)
    y = Chart.Scale(prices.map(\.close.value) + fills.map(\.price.value), onto: Chart.bottom - 20, Chart.top + 12)
  }

  func draw(_ svg: inout Markup) {
    svg.line(Chart.left, Chart.bottom, Chart.right, Chart.bottom, class: "ax")
    svg.polyline(
      prices.map { (x(Double(Self.noon($0.day).milliseconds)), y($0.close.value)) }, class: "series")
    for (index, mark) in news.enumerated() {
      let place = x(Double(mark.time.milliseconds))
      svg.line(place, Chart.top, place, Chart.bottom, class: "news")
      svg.label(place, Chart.top - 8, "N\(index + 1)", anchor: place > Chart.right - 12 ? "end" : "middle")
    }
    for fill in fills { svg.mark(fill.side, x(Double(fill.time.milliseconds)), y(fill.price.value)) }
    guard let first = prices.first, let last = prices.last else { return }
    svg.label(Chart.left, Chart.height - 8, first.day.description)
    svg.label(Chart.right, Chart.height - 8, last.day.description, anchor: "end")
    let closes = prices.map(\.close)
    if let high = closes.max(), let low = closes.min() {
      svg.label(Chart.left, y(high.value) - 6, high.description)
      if low < high { svg.label(Chart.left, y(low.value) + 14, low.description) }
    }
  }

  private static func noon(_ day: Day) -> Instant { Instant(day, hour: 12) }
}
