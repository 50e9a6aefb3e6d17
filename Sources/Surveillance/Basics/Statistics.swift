import func Glibc.log

/// The arithmetic that indicators share. Sums go in the order in which they are given, so that the same input gives the same bits.
package enum Statistics {
  /// How far `value` is on the way from `start` (0) to `end` (1).
  package static func ramp(_ value: Double, _ start: Double, _ end: Double) -> Double {
    clamp((value - start) / (end - start))
  }

  package static func clamp(_ value: Double) -> Double { min(max(value, 0), 1) }

  package static func ln(_ value: Double) -> Double { log(value) }

  package static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// Of a sample: divided by n - 1. Nil for less than two values.
  package static func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  package static func median(_ values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The median of the distances from the median.
  package static func medianAbsoluteDeviation(_ values: [Double]) -> Double? {
    guard let median = median(values) else { return nil }
    return self.median(values.map { abs($0 - median) })
  }

  /// The slope of the least squares line. Nil where x does not vary.
  package static func slope(_ points: [(x: Double, y: Double)]) -> Double? {
    guard let meanX = mean(points.map(\.x)), let meanY = mean(points.map(\.y)) else { return nil }
    let spread = points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    guard spread > 0 else { return nil }
    return points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
  }
}
