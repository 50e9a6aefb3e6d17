import Gateway
import Identity
import Synchronization

/// A clock that stands still until a test turns it.
final class TurnedClock: Sendable {
  private struct State {
    var now: UnixTime
    var sleepers: [Int: (until: UnixTime, continuation: CheckedContinuation<Void, any Error>)] = [:]
    var cancelled: Set<Int> = []
    var next = 0
  }

  private let state: Mutex<State>

  init(_ now: UnixTime = .now()) {
    state = Mutex(State(now: now))
  }

  var now: UnixTime { state.withLock { $0.now } }
  /// How many wait for it.
  var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  func turn(seconds: Int64) {
    let woken = state.withLock { state in
      state.now = state.now.adding(seconds: seconds)
      let due = state.sleepers.filter { $0.value.until <= state.now }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.until < $1.until }.map(\.continuation)
    }
    for sleeper in woken { sleeper.resume() }
  }

  var clock: GatewayClock {
    GatewayClock(now: { self.now }, sleepUntil: { try await self.sleep(until: $0) })
  }

  private func sleep(until time: UnixTime) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
          if time <= state.now { return .success(()) }
          state.sleepers[id] = (time, continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        guard let sleeper = state.sleepers.removeValue(forKey: id) else {
          state.cancelled.insert(id)
          return nil as CheckedContinuation<Void, any Error>?
        }
        return sleeper.continuation
      }
      continuation?.resume(throwing: CancellationError())
    }
  }
}
