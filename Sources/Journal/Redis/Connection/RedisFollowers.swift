import Synchronization

/// Who is told of what is stored. Any thread; told on the loop's.
final class RedisFollowers: Sendable {
  typealias Sink = @Sendable ([Committed]) -> Void

  private struct Follower {
    let sink: Sink
    /// Told of what comes behind it. Nil: where that is is being asked; what comes meanwhile is kept.
    var after: Int64?
    var kept: [Committed] = []
  }

  private struct State {
    var followers: [UInt64: Follower] = [:]
    var renewals: [@Sendable (Int64) -> Void] = []
  }

  private let state = Mutex(State())
  private let turn = Turn()

  func add(_ sink: @escaping Sink) -> UInt64 {
    let id = turn.next()
    state.withLock { $0.followers[id] = Follower(sink: sink) }
    return id
  }

  /// On the loop's thread.
  func begin(_ id: UInt64, after offset: Int64) {
    let (sink, kept) = state.withLock { state -> (Sink?, [Committed]) in
      let kept = state.followers[id]?.kept ?? []
      state.followers[id]?.after = offset
      state.followers[id]?.kept = []
      return (state.followers[id]?.sink, kept)
    }
    let due = Self.behind(offset, kept)
    if !due.isEmpty { sink?(due) }
  }

  func remove(_ id: UInt64) {
    // Let go of behind the lock.
    _ = state.withLock { $0.followers.removeValue(forKey: id) }
  }

  func tell(_ committed: [Committed]) {
    let due = state.withLock { state in
      var due: [(Sink, Int64)] = []
      for id in Array(state.followers.keys) {
        guard let follower = state.followers[id] else { continue }
        if let after = follower.after {
          due.append((follower.sink, after))
        } else {
          state.followers[id]?.kept += committed
        }
      }
      return due
    }
    for (sink, after) in due {
      let some = Self.behind(after, committed)
      if !some.isEmpty { sink(some) }
    }
  }

  func whenRenewed(_ body: @escaping @Sendable (Int64) -> Void) {
    state.withLock { $0.renewals.append(body) }
  }

  /// From here on offsets mean something else.
  func renew(_ tail: Int64) {
    let bodies = state.withLock { state in
      for id in Array(state.followers.keys) {
        state.followers[id]?.kept = []
        if state.followers[id]?.after != nil { state.followers[id]?.after = tail }
      }
      return state.renewals
    }
    for body in bodies { body(tail) }
  }

  private static func behind(_ offset: Int64, _ committed: [Committed]) -> [Committed] {
    guard let first = committed.first?.records.first, first.offset <= offset else { return committed }
    return committed.filter { ($0.records.last?.offset ?? 0) > offset }
  }
}
