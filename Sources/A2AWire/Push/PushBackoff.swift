/// How long to wait between two attempts: twice as long each time up to a bound, and of that a random part between the half and the
/// whole, so that many senders do not come back at once.
package struct PushBackoff: Sendable, Equatable {
  /// Default 1 s.
  package var first: Duration = .seconds(1)
  /// Default 60 s.
  package var longest: Duration = .seconds(60)

  package init() {}

  /// - Parameters:
  ///   - failures: attempts that have failed, at least one.
  ///   - chance: from 0 up to 1.
  func delay(after failures: Int, chance: Double) -> Duration {
    // Beyond 2 to the 30th every bound is reached.
    let whole = min(longest, first * (1 << min(failures - 1, 30)))
    return whole * (0.5 + chance / 2)
  }
}
