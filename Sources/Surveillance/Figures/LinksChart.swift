/// Accounts and owners in columns from left to right, with lines between them.
struct LinksChart {
  private static let most = 12
  private static let boxWidth = 132.0
  private static let boxHeight = 32.0
  private static let rowHeight = 56.0
  private static let longestLabel = 20

  private let nodes: [Figure.LinkNode]
  private let edges: [Figure.LinkEdge]
  private let places: [String: (x: Double, y: Double)]

  init(_ nodes: [Figure.LinkNode], _ edges: [Figure.LinkEdge]) {
    self.nodes = Array(nodes.prefix(Self.most))
    self.edges = edges
    let layers = Self.layers(self.nodes)
    let height = Self.height(nodes)
    var places: [String: (x: Double, y: Double)] = [:]
    for (column, layer) in layers.enumerated() {
      let step = (Chart.right - Chart.left) / Double(max(layers.count, 1))
      let members = self.nodes.filter { $0.layer == layer }
      for (row, node) in members.enumerated() where places[node.id] == nil {
        places[node.id] = (
          Chart.left + (Double(column) + 0.5) * step, (Double(row) + 0.5) * height / Double(members.count)
        )
      }
    }
    self.places = places
  }

  static func height(_ nodes: [Figure.LinkNode]) -> Double {
    let shown = nodes.prefix(most)
    let tallest = layers(Array(shown)).map { layer in shown.count { $0.layer == layer } }.max() ?? 1
    return max(2, Double(tallest)) * rowHeight
  }

  private static func layers(_ nodes: [Figure.LinkNode]) -> [Int] { Set(nodes.map(\.layer)).sorted() }

  func draw(_ svg: inout Markup) {
    for (index, edge) in edges.enumerated() {
      guard let from = places[edge.from], let to = places[edge.to] else { continue }
      svg.line(from.x, from.y, to.x, to.y, class: "pair")
      // Not all in the middle, where lines cross.
      let share = [0.5, 0.36, 0.64][index % 3]
      svg.label(
        from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share - 5, Self.short(edge.label),
        anchor: "middle", class: "t halo")
    }
    for node in nodes {
      guard let place = places[node.id] else { continue }
      svg.empty(
        "rect",
        [
          "class": node.isFlagged ? "box hot-box" : "box", "x": Chart.text(place.x - Self.boxWidth / 2),
          "y": Chart.text(place.y - Self.boxHeight / 2), "width": Chart.text(Self.boxWidth),
          "height": Chart.text(Self.boxHeight), "rx": "6",
        ])
      svg.label(place.x, place.y + 4, Self.short(node.label), anchor: "middle")
    }
  }

  private static func short(_ label: String) -> String {
    label.count <= longestLabel ? label : String(label.prefix(longestLabel - 1)) + "…"
  }
}
