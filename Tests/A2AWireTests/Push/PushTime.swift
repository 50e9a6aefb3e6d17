import A2AWire
import Synchronization

/// Time that passes when somebody waits, and at once; chance without any.
final class PushTime: Sendable {
  private struct State {
    var now = ContinuousClock.now
    var delays: [Duration] = []
    var isHeld = false
    var held: [Int: CheckedContinuation<Void, any Error>] = [:]
    var count = 0
  }

  private let state = Mutex(State())
  private let chance: Double

  init(chance: Double = 0.5) {
    self.chance = chance
  }

  var surroundings: PushSurroundings {
    PushSurroundings(
      now: { self.state.withLock { $0.now } }, sleep: { try await self.sleep($0) }, random: { self.chance })
  }

  /// What was waited for, one after the other.
  var delays: [Duration] { state.withLock { $0.delays } }

  /// From now on time does not pass: who waits does so until it is cancelled.
  func hold() { state.withLock { $0.isHeld = true } }

  /// From now on it does again, for whoever comes.
  func flow() { state.withLock { $0.isHeld = false } }

  private func sleep(_ duration: Duration) async throws {
    try Task.checkCancellation()
    let (isHeld, number) = state.withLock { state in
      state.delays.append(duration)
      if !state.isHeld { state.now += duration }
      state.count += 1
      return (state.isHeld, state.count)
    }
    guard isHeld else { return }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        state.withLock { $0.held[number] = continuation }
        if Task.isCancelled { wake(number) }
      }
    } onCancel: {
      wake(number)
    }
  }

  private func wake(_ number: Int) {
    state.withLock { $0.held.removeValue(forKey: number) }?.resume(throwing: CancellationError())
  }
}
