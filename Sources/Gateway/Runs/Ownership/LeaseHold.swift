import Journal

/// How long leases are, and when a gateway gives up its own.
struct LeaseTerms: Sendable, Equatable {
  /// After which others may have its runs.
  var length: Duration = .seconds(6)
  /// From one renewal to the next, and from one look for free runs to the next.
  var pause: Duration = .seconds(1)
  /// So long before the end the gateway lets go of its agents, whatever the journal's server says afterwards.
  var margin: Duration = .seconds(1)
}

/// What a gateway may believe of its lease, by its own steady clock. The server counts from the moment in which it was asked, or later; the
/// gateway from when it asked.
struct LeaseHold: Sendable, Equatable {
  let terms: LeaseTerms
  private(set) var fence: Fence?
  /// Milliseconds of the steady clock. From then on the runs are not ours any more.
  private(set) var until: Int64 = 0

  init(_ terms: LeaseTerms) {
    self.terms = terms
  }

  /// - Parameter asked: when it was asked for. False: it is over already.
  mutating func take(_ fence: Fence, asked: Int64, now: Int64) -> Bool {
    let end = end(asked: asked)
    guard now < end else { return false }
    (self.fence, until) = (fence, end)
    return true
  }

  /// What is said of a lease that was given up meanwhile changes nothing.
  mutating func renew(_ fence: Fence, asked: Int64) {
    guard fence == self.fence else { return }
    until = max(until, end(asked: asked))
  }

  /// The server says that it is over. False where that is known.
  mutating func lose(_ fence: Fence) -> Bool {
    guard fence == self.fence else { return false }
    self.fence = nil
    return true
  }

  /// Gives up what has not been renewed in time.
  mutating func expire(at now: Int64) -> Fence? {
    guard now >= until else { return nil }
    return fence.take()
  }

  private func end(asked: Int64) -> Int64 { asked + (terms.length - terms.margin).inMilliseconds }
}
