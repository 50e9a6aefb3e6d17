import Wire

/// The time that those who wait for a turn wait in, as a parameter, so that tests can turn it.
package struct AdmissionClock: Sendable {
  /// Milliseconds of a clock that nobody sets.
  package let now: @Sendable () -> Int64
  /// Returns when it is that time. Throws when the waiting task is cancelled.
  package let sleepUntil: @Sendable (Int64) async throws -> Void

  package init(
    now: @escaping @Sendable () -> Int64, sleepUntil: @escaping @Sendable (Int64) async throws -> Void
  ) {
    self.now = now
    self.sleepUntil = sleepUntil
  }

  package static let system = AdmissionClock(
    now: { UnixClock.steadyMilliseconds() },
    sleepUntil: { time in try await Task.sleep(for: .milliseconds(max(0, time - UnixClock.steadyMilliseconds()))) })
}
