/// The time that a task may take at its agent. It stands still while somebody is asked.
struct RunBudget: Sendable, Equatable {
  /// Milliseconds.
  private var left: Int64
  /// On the steady clock; nil while it stands still.
  private var since: Int64?

  /// - Parameter now: nil when it stands still from the beginning.
  init(left: Int64, runningFrom now: Int64?) {
    self.left = left
    since = now
  }

  /// When it is used up, on the steady clock.
  var end: Int64? { since.map { $0 + left } }

  mutating func pause(at now: Int64) {
    guard let since else { return }
    left -= now - since
    self.since = nil
  }

  mutating func goOn(at now: Int64) {
    if since == nil { since = now }
  }
}
