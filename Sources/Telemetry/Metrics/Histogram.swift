import Synchronization

/// Counts measured values by size. An observation is two atomic instructions, on any thread.
///
/// Durations are added up in microseconds: ten thousand streams at a time fill the sum in fifty years.
package final class Histogram: Sendable {
  let buckets: Buckets
  private let counts: [Counter]
  private let sum = Atomic<UInt64>(0)

  init(_ buckets: Buckets) {
    self.buckets = buckets
    counts = (0...buckets.bounds.count).map { _ in Counter() }
  }

  /// Counts a duration; a negative one, as a clock that was set back may give, counts as nought.
  package func observe(_ duration: Duration) {
    precondition(buckets.unit == .microseconds, "A histogram of amounts cannot observe the duration \(duration).")
    count(UInt64(clamping: duration.wholeMicroseconds))
  }

  /// Counts an amount.
  package func observe(_ amount: UInt64) {
    precondition(buckets.unit == .amounts, "A histogram of durations cannot observe the amount \(amount).")
    count(amount)
  }

  private func count(_ value: UInt64) {
    let index = buckets.bounds.firstIndex { value <= $0 } ?? buckets.bounds.count
    counts[index].add()
    sum.wrappingAdd(value, ordering: .relaxed)
  }

  /// How many values each bucket alone has counted, the last one those above all bounds; and the sum of all values,
  /// which may be a moment older or newer than the counts.
  var snapshot: (counts: [UInt64], sum: UInt64) {
    (counts.map(\.total), sum.load(ordering: .relaxed))
  }
}
