/// Rows as aligned columns: the name to the left, figures to the right.
enum Table {
  static func text(_ rows: [Row]) -> String {
    let header = ["benchmark", "value", "unit", "baseline", "ratio"]
    let lines = [header] + rows.map(cells)
    let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    return lines.map { line in
      line.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - line[column].count)
        return column == 0 || column == 2 ? line[column] + padding : padding + line[column]
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  private static func cells(_ row: Row) -> [String] {
    [
      row.name, figure(row.value, digits: 0), row.unit, row.baseline.map { figure($0, digits: 0) } ?? "",
      row.ratio.map { figure($0, digits: 1) + "x" } ?? "",
    ]
  }

  /// With a fixed number of digits; small figures keep two, so that they do not all read as 0.
  private static func figure(_ value: Double, digits: Int) -> String {
    let shown = value < 10 ? max(digits, 2) : digits
    guard shown > 0 else { return String(Int(value.rounded())) }
    let scale = (0..<shown).reduce(1) { scale, _ in scale * 10 }
    let scaled = Int((value * Double(scale)).rounded())
    let fraction = String(scaled % scale)
    return "\(scaled / scale)." + String(repeating: "0", count: shown - fraction.count) + fraction
  }
}
