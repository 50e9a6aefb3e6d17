import Telemetry

/// Times of the last while: what a histogram has counted since the oldest of the moments that are kept. A value.
struct TimesWindow: Sendable {
  private let length: Int
  private var kept: [Distribution] = []

  /// - Parameter length: how many moments, which are as far apart as `add` is called.
  init(length: Int) {
    self.length = length
  }

  mutating func add(_ moment: Distribution) {
    kept.append(moment)
    if kept.count > length { kept.removeFirst() }
  }

  /// What was counted within the window; all that there is, where that is nothing: an old number says more than none.
  func times(until now: Distribution) -> (times: Distribution, isRecent: Bool) {
    guard let oldest = kept.first else { return (now, false) }
    let recent = now.since(oldest)
    return recent.total > 0 ? (recent, true) : (now, false)
  }
}
