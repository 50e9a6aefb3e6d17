/// Whether somebody is at the other end of a line on which nothing comes back but acknowledgements. A value that is told what is seen.
///
/// One look is not enough: the last acknowledgement may be old because nothing was sent since. Dead is a line on which something was
/// unacknowledged at one look, and nothing at all has been acknowledged between that look and one that is late enough.
struct LineWatch: Sendable, Equatable {
  /// The first look since which nothing was acknowledged; nil while nothing is owed.
  private(set) var since: ContinuousClock.Instant?

  /// True when the line is dead.
  /// - Parameter unheard: how long the peer has acknowledged nothing, while something is unacknowledged.
  mutating func look(_ unheard: Duration?, limit: Duration, now: ContinuousClock.Instant) -> Bool {
    guard let unheard else {
      since = nil
      return false
    }
    guard let since, unheard >= now - since else {
      self.since = now
      return false
    }
    return now - since >= limit
  }
}
