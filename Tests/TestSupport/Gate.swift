import Synchronization

/// Holds work up until a test lets it go.
package final class Gate: Sendable {
  private enum State {
    case closed([CheckedContinuation<Void, Never>])
    case open
  }

  private let state = Mutex(State.closed([]))
  private let arrivals = Mutex(0)

  package init() {}

  /// How many have come to the gate so far.
  package var arrived: Int { arrivals.withLock { $0 } }

  /// Waits, whatever is cancelled meanwhile.
  package func pass() async {
    arrivals.withLock { $0 += 1 }
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        switch state {
        case .open: return true
        case .closed(let waiting):
          state = .closed(waiting + [continuation])
          return false
        }
      }
      if isOpen { continuation.resume() }
    }
  }

  package func open() {
    let waiting = state.withLock { state in
      defer { state = .open }
      if case .closed(let waiting) = state { return waiting }
      return []
    }
    for continuation in waiting { continuation.resume() }
  }
}
