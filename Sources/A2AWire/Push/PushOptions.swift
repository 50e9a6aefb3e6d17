/// How push notifications are delivered.
package struct PushOptions: Sendable {
  /// Also to addresses of private networks and of this machine. Otherwise whoever may register a notification could have this
  /// process call services that only it can reach.
  package var allowsPrivateAddresses = false
  /// Attempts for one event, the first one included. Nil: as many as it takes. Default 8.
  package var attempts: Int? = 8
  /// No attempt begins later than this after its event, except the first. Nil: however late it is. Default 10 min.
  package var giveUpAfter: Duration? = .seconds(600)
  /// For one attempt, from the name's resolution to the answer. Default 20 s.
  package var attemptWithin: Duration = .seconds(20)
  package var backoff = PushBackoff()
  /// Events that wait for one receiver, and their bytes. The oldest go when more come. Default 256, and 8 MiB.
  package var waitingEvents = 256
  package var waitingBytes = 8 << 20
  /// Attempts at the same time, of all receivers. Default 32.
  package var attemptsAtOnce = 32

  package init() {}
}

/// Where time and chance come from.
package struct PushSurroundings: Sendable {
  package var now: @Sendable () -> ContinuousClock.Instant
  /// Throws when it is cancelled.
  package var sleep: @Sendable (Duration) async throws -> Void
  /// From 0 up to 1.
  package var random: @Sendable () -> Double

  package init(
    now: @escaping @Sendable () -> ContinuousClock.Instant, sleep: @escaping @Sendable (Duration) async throws -> Void,
    random: @escaping @Sendable () -> Double
  ) {
    self.now = now
    self.sleep = sleep
    self.random = random
  }

  package static let real = PushSurroundings(
    now: { .now }, sleep: { try await Task.sleep(for: $0) }, random: { .random(in: 0..<1) })
}
