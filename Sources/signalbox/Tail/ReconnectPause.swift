/// How long to wait before trying again: anything up to a bound that doubles with each try ("full jitter"), so that those whom one
/// failure has cut off do not all come back at once.
struct ReconnectPause: Sendable, Equatable {
  /// What the gateway says with `retry:`.
  var base: Duration = .seconds(1)
  static let longest: Duration = .seconds(30)

  /// - Parameter attempt: 0 for the first try.
  func bound(attempt: Int) -> Duration {
    let doublings = min(max(attempt, 0), 16)
    return min(Self.longest, base * (1 << doublings))
  }

  func next(attempt: Int, using random: inout some RandomNumberGenerator) -> Duration {
    .milliseconds(Int64.random(in: 0...Int64(bound(attempt: attempt) / .milliseconds(1)), using: &random))
  }
}
