import A2A
import AgentKit
import Synchronization

/// A clock that goes when it is told to, and names that are counted.
final class ManualTime: Sendable {
  /// 2026-03-01T09:30:00Z
  static let start: Int64 = 1_772_357_400_000

  private struct Sleeper {
    let id: Int
    let due: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now: Duration = .zero
    var sleepers: [Sleeper] = []
    var count = 0
    var names = 0
  }

  private let state = Mutex(State())

  var world: AgentWorld {
    AgentWorld(
      now: { Timestamp(millisecondsSince1970: Self.start + self.milliseconds) }, uptime: { self.now },
      sleep: { try await self.sleep($0) }, newID: { self.newID() })
  }

  var now: Duration { state.withLock { $0.now } }
  var milliseconds: Int64 {
    let parts = now.components
    return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
  }
  /// Who waits for what: the times at which they are due, in their order.
  var due: [Duration] { state.withLock { $0.sleepers.map(\.due).sorted() } }

  func advance(by duration: Duration) {
    let ready = state.withLock { state in
      state.now += duration
      let ready = state.sleepers.filter { $0.due <= state.now }.sorted { $0.due < $1.due }
      state.sleepers.removeAll { $0.due <= state.now }
      return ready
    }
    for sleeper in ready { sleeper.continuation.resume() }
  }

  private func newID() -> String {
    state.withLock { state in
      state.names += 1
      return "id-\(state.names)"
    }
  }

  private func sleep(_ duration: Duration) async throws {
    let id = state.withLock { state in
      state.count += 1
      return state.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let isOver = state.withLock { state in
          if Task.isCancelled { return true }
          state.sleepers.append(Sleeper(id: id, due: state.now + duration, continuation: continuation))
          return false
        }
        if isOver { continuation.resume(throwing: CancellationError()) }
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0) }
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }
}
