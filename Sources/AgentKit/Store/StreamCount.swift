import Synchronization

/// How many streams are open. They close on their readers' threads.
final class StreamCount: Sendable {
  private let state = Mutex((open: 0, waiters: [CheckedContinuation<Void, Never>]()))

  /// False when there are as many as there may be.
  func open(limit: Int) -> Bool {
    state.withLock { state in
      guard state.open < limit else { return false }
      state.open += 1
      return true
    }
  }

  func close() {
    let isLast = state.withLock { state in
      state.open -= 1
      return state.open == 0
    }
    if isLast { release() }
  }

  /// Waits until none is open, or somebody says that it has been long enough.
  func untilNone() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.open > 0 { state.waiters.append(continuation) }
        return state.open == 0
      }
      if isOver { continuation.resume() }
    }
  }

  func release() {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }
}
