/// The clocks of a run, as a parameter.
struct RunTime: Sendable {
  let now: @Sendable () -> RunMoment
  /// Milliseconds. Throws when the waiting task is cancelled.
  let sleep: @Sendable (Int64) async throws -> Void

  init(now: @escaping @Sendable () -> RunMoment, sleep: @escaping @Sendable (Int64) async throws -> Void) {
    self.now = now
    self.sleep = sleep
  }

  init(_ clock: GatewayClock) {
    self.init(
      now: { RunMoment(wall: clock.milliseconds(), steady: clock.steady()) },
      sleep: { try await Task.sleep(for: .milliseconds($0)) })
  }
}
