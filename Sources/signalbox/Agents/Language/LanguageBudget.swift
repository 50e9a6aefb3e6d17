import Synchronization

/// What may be spent on a model, and what was, in millionths of a US dollar.
final class LanguageBudget: Sendable {
  enum Standing: Sendable, Equatable {
    case within
    /// Four fifths are spent; said once.
    case warning
    /// Everything is spent; said each time.
    case exceeded
  }

  private struct State {
    var spent = 0
    var hasWarned = false
  }

  /// So much that nothing overflows, whatever is added.
  private static let most = 1 << 60

  let limit: Int
  private let state = Mutex(State())

  init(limit: Int) { self.limit = limit }

  var spent: Int { state.withLock { $0.spent } }

  /// - Parameter cost: what an answer has cost so far beyond what was told before.
  func spend(_ cost: Int) -> Standing {
    state.withLock { state in
      state.spent = min(state.spent + cost, Self.most)
      if state.spent >= limit { return limit == 0 && state.spent == 0 ? .within : .exceeded }
      guard state.spent >= limit - limit / 5, !state.hasWarned else { return .within }
      state.hasWarned = true
      return .warning
    }
  }
}
