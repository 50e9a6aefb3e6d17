import Gateway

/// The time of those who wait for their turn; it stands still until a test turns it.
final class TurnedPace: Sendable {
  private let sleepers = Sleepers<Int64>(1_000_000)

  func turn(_ milliseconds: Int64) {
    sleepers.turn { $0 + milliseconds }
  }

  var clock: AdmissionClock {
    AdmissionClock(now: { self.sleepers.now }, sleepUntil: { time in try await self.sleepers.sleep { _ in time } })
  }
}
