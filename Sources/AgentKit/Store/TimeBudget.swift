/// How much longer a task may work. The clock stands still while somebody is asked, and while the task
/// is paused.
struct TimeBudget {
  private enum State {
    case running(until: Duration)
    case stopped(left: Duration)
  }

  private var state: State

  init(_ limit: Duration) {
    state = .stopped(left: limit)
  }

  /// Gives how long it is until the time is over.
  mutating func run(at now: Duration) -> Duration {
    switch state {
    case .running(let end): return end - now
    case .stopped(let left):
      state = .running(until: now + left)
      return left
    }
  }

  mutating func stop(at now: Duration) {
    if case .running(let end) = state { state = .stopped(left: end - now) }
  }
}
