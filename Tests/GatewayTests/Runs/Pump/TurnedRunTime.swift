import Synchronization
import TestSupport
import Wire

@testable import Gateway

/// The clocks of a run, which stand still until a test turns them.
final class TurnedRunTime: Sendable {
  private struct State {
    // Of today, because others have clocks of their own.
    var now = RunMoment(wall: UnixClock.milliseconds(), steady: UnixClock.steadyMilliseconds())
    var sleepers: [Int: (until: Int64, continuation: CheckedContinuation<Void, any Error>)] = [:]
    var cancelled: Set<Int> = []
    var next = 0
  }

  private let state = Mutex(State())

  var time: RunTime { RunTime(now: { self.state.withLock { $0.now } }, sleep: { try await self.sleep($0) }) }

  /// Waits until something is due within so many milliseconds, and then lets them pass. False when nothing is.
  @discardableResult
  func pass(_ milliseconds: Int64) async -> Bool {
    let isDue = await eventually {
      self.state.withLock { state in state.sleepers.values.contains { $0.until <= state.now.steady + milliseconds } }
    }
    turn(milliseconds)
    return isDue
  }

  func turn(_ milliseconds: Int64) {
    let woken = state.withLock { state in
      state.now.wall += milliseconds
      state.now.steady += milliseconds
      let due = state.sleepers.filter { $0.value.until <= state.now.steady }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.map(\.continuation)
    }
    for sleeper in woken { sleeper.resume() }
  }

  private func sleep(_ milliseconds: Int64) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
          if milliseconds <= 0 { return .success(()) }
          state.sleepers[id] = (state.now.steady + milliseconds, continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}
