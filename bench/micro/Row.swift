/// One line of the table: a figure, and what the same work costs where there is something to compare it with.
struct Row: Sendable {
  let name: String
  let unit: String
  let value: Double

  /// The same work done the usual way, in the same unit.
  var baseline: Double?

  /// How many times the baseline is as much as the value.
  var ratio: Double? {
    baseline.map { $0 / value }
  }
}

/// Rows that are measured together. `run` is only called when the group is asked for.
struct BenchmarkGroup: Sendable {
  let name: String
  let run: @Sendable () throws -> [Row]
}
