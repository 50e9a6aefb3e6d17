/// The net position as steps, with the line of nothing through it.
struct PositionChart {
  private let points: [Figure.PositionPoint]
  private let x: Chart.Scale
  private let y: Chart.Scale

  init(_ points: [Figure.PositionPoint]) {
    self.points = points
    x = Chart.Scale(points.map { Double($0.time.milliseconds) }, onto: Chart.left, Chart.right)
    y = Chart.Scale([0] + points.map { Double($0.position) }, onto: Chart.bottom - 8, Chart.top + 8)
  }

  func draw(_ svg: inout Markup) {
    svg.line(Chart.left, y(0), Chart.right, y(0), class: "ax")
    svg.label(Chart.right, y(0) - 4, "0", anchor: "end")
    var steps: [(x: Double, y: Double)] = []
    for point in points {
      let place = x(Double(point.time.milliseconds))
      if let last = steps.last { steps.append((place, last.y)) }
      steps.append((place, y(Double(point.position))))
    }
    svg.polyline(steps, class: "series")
    guard let first = points.first, let last = points.last else { return }
    if let peak = points.max(by: { $0.position.magnitude < $1.position.magnitude }), peak.position != 0 {
      let place = x(Double(peak.time.milliseconds))
      let isRight = place > Chart.width / 2
      svg.label(
        place + (isRight ? -6 : 6), y(Double(peak.position)) + 14, Digits.grouped(peak.position),
        anchor: isRight ? "end" : "start")
    }
    svg.label(Chart.left, Chart.height - 8, first.time.description)
    svg.label(Chart.right, Chart.height - 8, last.time.description, anchor: "end")
  }
}
