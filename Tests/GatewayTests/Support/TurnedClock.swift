import Gateway
import Identity

/// A clock that stands still until a test turns it.
final class TurnedClock: Sendable {
  private let sleepers: Sleepers<UnixTime>

  init(_ now: UnixTime = .now()) {
    sleepers = Sleepers(now)
  }

  var now: UnixTime { sleepers.now }
  /// How many wait for it.
  var sleeperCount: Int { sleepers.count }

  func turn(seconds: Int64) {
    sleepers.turn { $0.adding(seconds: seconds) }
  }

  var clock: GatewayClock {
    GatewayClock(
      now: { self.now }, sleepUntil: { time in try await self.sleepers.sleep { _ in time } })
  }
}
