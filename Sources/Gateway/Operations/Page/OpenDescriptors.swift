import Synchronization
import Wire

/// How many files and sockets the process has open. The kernel counts thousands of them for longer than a page should wait, so the number
/// is from when somebody asked before, and is counted anew behind that. Any thread.
final class OpenDescriptors: Sendable {
  private struct State {
    var count: Int?
    /// On the steady clock, in milliseconds.
    var counted: Int64?
    var isCounting = false
  }

  private let state = Mutex(State())

  /// Nil at the first time.
  func count(at steady: Int64) -> Int? {
    let (known, isDue) = state.withLock { state in
      let isOld = state.counted.map { steady - $0 >= OperationsHistory.interval } ?? true
      let isDue = isOld && !state.isCounting
      if isDue { state.isCounting = true }
      return (state.count, isDue)
    }
    if isDue { Task { [self] in await countAgain(at: steady) } }
    return known
  }

  private func countAgain(at steady: Int64) async {
    let count = try? await BlockingPool.shared.run { ProcessFigures.openDescriptors }
    state.withLock { $0 = State(count: count ?? nil, counted: steady, isCounting: false) }
  }
}
