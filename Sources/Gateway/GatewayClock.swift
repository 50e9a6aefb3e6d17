package import Identity

/// The time of day, as a parameter, so that tests can turn it.
package struct GatewayClock: Sendable {
  package let now: @Sendable () -> UnixTime
  /// Returns when it is that time. Throws when the waiting task is cancelled.
  package let sleepUntil: @Sendable (UnixTime) async throws -> Void

  package init(
    now: @escaping @Sendable () -> UnixTime, sleepUntil: @escaping @Sendable (UnixTime) async throws -> Void
  ) {
    self.now = now
    self.sleepUntil = sleepUntil
  }

  /// The real one. It looks again each half minute, because somebody may set the clock meanwhile.
  package static let system = GatewayClock(
    now: { .now() },
    sleepUntil: { time in
      while true {
        let left = time.seconds - UnixTime.now().seconds
        if left <= 0 { return }
        try await Task.sleep(for: .seconds(min(left, 30)))
      }
    })
}
