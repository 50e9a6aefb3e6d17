/// The trades of each account, trader or symbol, in the order of their times and ids: found without a look at any other trade.
struct TradeOrder: Sendable {
  /// Rows, one key's behind another's.
  private var rows: [Int32]
  /// Where each key's rows begin, and one more.
  private var starts: [Int32]

  /// - Parameters:
  ///   - keys: a number for each row; rows with a negative one are left out.
  ///   - order: all rows in the order of time.
  init(_ keys: [Int32], count: Int, order: [Int32]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for key in keys where key >= 0 { starts[Int(key) + 1] += 1 }
    for key in 0..<count { starts[key + 1] += starts[key] }
    var next = starts
    rows = [Int32](repeating: 0, count: Int(starts[count]))
    // Rows that come in the order of time stay in it within each key.
    for row in order {
      let key = keys[Int(row)]
      guard key >= 0 else { continue }
      rows[Int(next[Int(key)])] = row
      next[Int(key)] += 1
    }
    self.starts = starts
  }

  func rows(_ key: Int32, _ span: ClosedRange<Instant>, _ times: [Int]) -> ArraySlice<Int32> {
    let end = Int(starts[Int(key) + 1])
    let first = first(from: Int(starts[Int(key)]), to: end) { times[$0] >= span.lowerBound.milliseconds }
    return rows[first..<self.first(from: first, to: end) { times[$0] > span.upperBound.milliseconds }]
  }

  /// The first place from which on rows fit.
  private func first(from start: Int, to end: Int, fits: (Int) -> Bool) -> Int {
    var (low, high) = (start, end)
    while low < high {
      let middle = (low + high) / 2
      if fits(Int(rows[middle])) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
