/// What a histogram has counted until some moment, by size. A value: two of them tell what was counted between.
package struct Distribution: Sendable, Equatable {
  let buckets: Buckets
  /// Of each bucket alone; the last one counts what is above all bounds.
  let counts: [UInt64]

  package var total: UInt64 { counts.reduce(0, &+) }

  /// What was counted since an earlier moment of the same histogram.
  package func since(_ earlier: Distribution) -> Distribution {
    precondition(earlier.buckets == buckets, "Two histograms have nothing between them.")
    return Distribution(buckets: buckets, counts: zip(counts, earlier.counts).map { $0 &- min($0, $1) })
  }

  /// Those of two histograms together.
  package func adding(_ other: Distribution) -> Distribution {
    precondition(other.buckets == buckets, "Histograms with other buckets cannot be added up.")
    return Distribution(buckets: buckets, counts: zip(counts, other.counts).map(&+))
  }

  /// Below which this share of all values lies, in milliseconds, as Prometheus estimates it: evenly spread in each bucket, and no higher
  /// than the last bound. Nil where nothing was counted.
  package func milliseconds(below share: Double) -> Double? {
    precondition(buckets.unit == .microseconds, "A histogram of amounts has no milliseconds.")
    return value(below: share).map { $0 / 1000 }
  }

  private func value(below share: Double) -> Double? {
    let total = total
    guard total > 0 else { return nil }
    let rank = share * Double(total)
    var before = 0.0
    for (index, count) in counts.enumerated() where count > 0 {
      let through = before + Double(count)
      if through >= rank {
        guard index < buckets.bounds.count else { break }
        let low = index == 0 ? 0 : Double(buckets.bounds[index - 1])
        return low + (Double(buckets.bounds[index]) - low) * max(0, rank - before) / Double(count)
      }
      before = through
    }
    return buckets.bounds.last.map { Double($0) }
  }
}
