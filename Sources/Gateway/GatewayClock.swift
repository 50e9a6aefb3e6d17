package import Identity
import Wire

/// The time of day, as a parameter, so that tests can turn it.
package struct GatewayClock: Sendable {
  package let now: @Sendable () -> UnixTime
  /// The same to the millisecond, since 1970.
  package let milliseconds: @Sendable () -> Int64
  /// Milliseconds of a clock that nobody sets, from some moment on.
  package let steady: @Sendable () -> Int64
  /// Returns when it is that time. Throws when the waiting task is cancelled.
  package let sleepUntil: @Sendable (UnixTime) async throws -> Void

  package init(
    now: @escaping @Sendable () -> UnixTime, milliseconds: (@Sendable () -> Int64)? = nil,
    steady: (@Sendable () -> Int64)? = nil, sleepUntil: @escaping @Sendable (UnixTime) async throws -> Void
  ) {
    self.now = now
    let coarse: @Sendable () -> Int64 = { now().seconds * 1000 }
    self.milliseconds = milliseconds ?? coarse
    self.steady = steady ?? coarse
    self.sleepUntil = sleepUntil
  }

  /// The real one. It looks again each half minute, because somebody may set the clock meanwhile.
  package static let system = GatewayClock(
    now: { .now() },
    milliseconds: { UnixClock.milliseconds() },
    steady: { UnixClock.steadyMilliseconds() },
    sleepUntil: { time in
      while true {
        let left = time.seconds - UnixTime.now().seconds
        if left <= 0 { return }
        try await Task.sleep(for: .seconds(min(left, 30)))
      }
    })
}
