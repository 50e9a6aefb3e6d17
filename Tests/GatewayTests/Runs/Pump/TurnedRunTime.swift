import TestSupport
import Wire

@testable import Gateway

/// The clocks of a run, which stand still until a test turns them.
final class TurnedRunTime: Sendable {
  // Of today, because others have clocks of their own. Both are turned alike.
  private let start = RunMoment(wall: UnixClock.milliseconds(), steady: UnixClock.steadyMilliseconds())
  /// Milliseconds since the start.
  private let sleepers = Sleepers<Int64>(0)

  var time: RunTime {
    RunTime(now: { self.now }, sleep: { milliseconds in try await self.sleepers.sleep { $0 + milliseconds } })
  }

  private var now: RunMoment {
    let passed = sleepers.now
    return RunMoment(wall: start.wall + passed, steady: start.steady + passed)
  }

  /// Waits until something is due within so many milliseconds, and then lets them pass. False when nothing is.
  @discardableResult
  func pass(_ milliseconds: Int64) async -> Bool {
    let isDue = await eventually { self.sleepers.isDue { $0 + milliseconds } }
    turn(milliseconds)
    return isDue
  }

  func turn(_ milliseconds: Int64) {
    sleepers.turn { $0 + milliseconds }
  }
}
