/// One bar for each day; the flagged one stands out, and a line marks the median.
struct DailyChart {
  private let days: [Figure.DayAmount]
  private let flagged: Day
  private let median: Money
  private let y: Chart.Scale

  init(_ days: [Figure.DayAmount], _ flagged: Day, _ median: Money) {
    self.days = days
    self.flagged = flagged
    self.median = median
    y = Chart.Scale([0, median.value] + days.map(\.amount.value), onto: Chart.bottom, Chart.top)
  }

  func draw(_ svg: inout Markup) {
    svg.line(Chart.left, Chart.bottom, Chart.right, Chart.bottom, class: "ax")
    let step = (Chart.right - Chart.left) / Double(max(days.count, 1))
    for (index, day) in days.enumerated() {
      let top = min(y(day.amount.value), Chart.bottom)
      let start = Chart.left + Double(index) * step
      svg.empty(
        "rect",
        [
          "class": day.day == flagged ? "bar hot" : "bar", "x": Chart.text(start + step * 0.1), "y": Chart.text(top),
          "width": Chart.text(step * 0.8), "height": Chart.text(Chart.bottom - top),
        ])
      if day.day == flagged {
        let isRight = start > Chart.width / 2
        svg.label(start + (isRight ? step : 0), top - 6, day.amount.description, anchor: isRight ? "end" : "start")
      }
    }
    svg.line(Chart.left, y(median.value), Chart.right, y(median.value), class: "median")
    svg.label(Chart.left, y(median.value) - 6, "median \(median)")
    guard let first = days.first, let last = days.last else { return }
    svg.label(Chart.left, Chart.height - 8, first.day.description)
    svg.label(Chart.right, Chart.height - 8, last.day.description, anchor: "end")
  }
}
