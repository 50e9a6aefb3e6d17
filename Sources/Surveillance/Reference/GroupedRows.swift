/// The rows of a small table by a key, each key's in an order that does not depend on how the file was written.
struct GroupedRows<Row: Sendable>: Sendable {
  private let groups: [String: [Row]]

  /// - Parameter keys: a row stands under each of them once.
  init(_ rows: [Row], keys: (Row) -> [String], by isBefore: (Row, Row) -> Bool) {
    var groups: [String: [Row]] = [:]
    for row in rows {
      for key in keys(row) { groups[key, default: []].append(row) }
    }
    for key in Array(groups.keys) { groups[key]?.sort(by: isBefore) }
    self.groups = groups
  }

  init(_ rows: [Row], key: KeyPath<Row, String>, by isBefore: (Row, Row) -> Bool) {
    self.init(rows, keys: { [$0[keyPath: key]] }, by: isBefore)
  }

  subscript(_ key: String) -> [Row] { groups[key] ?? [] }
}

extension Array {
  /// The rows of a span, when they are in its order.
  func within<Place: Comparable>(_ span: ClosedRange<Place>, _ place: (Element) -> Place) -> [Element] {
    let start = first { place($0) >= span.lowerBound }
    let end = first(from: start) { place($0) > span.upperBound }
    return Array(self[start..<end])
  }

  private func first(from start: Int = 0, _ fits: (Element) -> Bool) -> Int {
    var (low, high) = (start, count)
    while low < high {
      let middle = (low + high) / 2
      if fits(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
