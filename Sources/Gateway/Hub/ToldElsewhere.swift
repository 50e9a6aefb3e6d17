/// What a subscription to all tasks leaves out, because its client is told it by other subscriptions. Exact to the record: what the others
/// have not told is told here. A value.
struct ToldElsewhere: Sendable {
  /// Up to which offset each task is told elsewhere; the largest that there is for as long as nobody knows.
  private var bounds: [String: Int64] = [:]

  var isEmpty: Bool { bounds.isEmpty }

  mutating func begin(_ tasks: some Sequence<String>) {
    for task in tasks { bounds[task] = .max }
  }

  /// - Parameter position: all of these tasks up to here was told.
  mutating func end(_ tasks: some Sequence<String>, through position: Int64) {
    for task in tasks { bounds[task] = position }
  }

  /// What was told before is of no concern to somebody who begins anew.
  mutating func forgetEnded() {
    bounds = bounds.filter { $0.value == .max }
  }

  func tells(_ task: String, _ offset: Int64) -> Bool {
    bounds[task].map { offset <= $0 } ?? false
  }
}
