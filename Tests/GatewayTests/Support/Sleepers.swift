import Synchronization

/// A time that stands still until a test turns it, and all who sleep until it has come. What else a clock tells is the business of its owner.
final class Sleepers<Time: Comparable & Sendable>: Sendable {
  typealias Continuation = CheckedContinuation<Void, any Error>

  private struct State {
    var now: Time
    var asleep: [Int: (until: Time, continuation: Continuation)] = [:]
    /// Those who were not wanted any more before they had lain down.
    var cancelled: Set<Int> = []
    var next = 0
  }

  private let state: Mutex<State>

  init(_ now: Time) {
    state = Mutex(State(now: now))
  }

  var now: Time { state.withLock { $0.now } }
  var count: Int { state.withLock { $0.asleep.count } }

  /// Whether somebody sleeps until then, or not as long.
  func isDue(by time: (Time) -> Time) -> Bool {
    state.withLock { state in
      let end = time(state.now)
      return state.asleep.values.contains { $0.until <= end }
    }
  }

  /// Turns the time, and wakes whose time has come: who was to wake first is first.
  func turn(_ change: (Time) -> Time) {
    let woken = state.withLock { state in
      state.now = change(state.now)
      let due = state.asleep.filter { $0.value.until <= state.now }
      for id in due.keys { state.asleep[id] = nil }
      return due.values.sorted { $0.until < $1.until }.map(\.continuation)
    }
    for sleeper in woken { sleeper.resume() }
  }

  /// - Parameter time: when to wake, seen from now.
  func sleep(until time: @Sendable (Time) -> Time) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        if let outcome = lieDown(id, time, continuation) { continuation.resume(with: outcome) }
      }
    } onCancel: {
      getUp(id)?.resume(throwing: CancellationError())
    }
  }

  /// Nil: asleep.
  private func lieDown(
    _ id: Int, _ time: (Time) -> Time, _ continuation: Continuation
  ) -> Result<Void, any Error>? {
    state.withLock { state in
      if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
      let until = time(state.now)
      guard until > state.now else { return .success(()) }
      state.asleep[id] = (until, continuation)
      return nil
    }
  }

  private func getUp(_ id: Int) -> Continuation? {
    state.withLock { state in
      let sleeper = state.asleep.removeValue(forKey: id)
      if sleeper == nil { state.cancelled.insert(id) }
      return sleeper?.continuation
    }
  }
}
