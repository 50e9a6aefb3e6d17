import Synchronization
import Wire

/// Who watches which tasks at this gateway. Any thread: one short lock.
///
/// Nothing of it is journaled, and nothing survives the process: it is true of this moment or of none (docs/decisions/0030).
final class Presence: Sendable {
  /// News that may wait for one who follows. With more, the rest is told as how it stands.
  static let backlog = 64

  private let now: @Sendable () -> Int64
  private let state = Mutex(State())

  fileprivate struct State: Sendable {
    var table = PresenceTable()
    var followers: [String: [Int: AsyncStream<PresenceNews>.Continuation]] = [:]
    var lastFollower = 0

    /// In the order in which it happens, so under the lock.
    mutating func tell(_ news: PresenceNews?, of task: String) {
      guard let news, let followers = followers[task] else { return }
      for follower in followers.values {
        guard case .dropped = follower.yield(news) else { continue }
        // The oldest is gone. Behind it all that is true now, which is not the less true for what comes after it.
        follower.yield(.watchers(table.watchers(of: task)))
      }
    }
  }

  /// - Parameter now: milliseconds since 1970.
  init(now: @escaping @Sendable () -> Int64 = { UnixClock.milliseconds() }) {
    self.now = now
  }

  /// Somebody has opened a stream of these tasks, each named once. It counts until the token is let go of.
  func enter(_ tasks: [String], _ principal: String, _ transport: PresenceTransport) -> PresenceToken {
    let moment = now()
    state.withLock { state in
      for task in tasks { state.tell(state.table.enter(task, principal, transport, now: moment), of: task) }
    }
    return PresenceToken(tasks, principal, transport, in: self)
  }

  func enter(_ task: String, _ principal: String, _ transport: PresenceTransport) -> PresenceToken {
    enter([task], principal, transport)
  }

  fileprivate func leave(_ tasks: [String], _ principal: String, _ transport: PresenceTransport) {
    state.withLock { state in
      for task in tasks { state.tell(state.table.leave(task, principal, transport), of: task) }
    }
  }

  func watchers(of task: String) -> [TaskWatcher] { state.withLock { $0.table.watchers(of: task) } }

  /// Who watches the task, and then each who comes or goes, until the follower is stopped or let go of. For one reader; one who is slow
  /// misses steps, and is told how it stands instead.
  func follow(_ task: String) -> PresenceFollower {
    let (news, continuation) = AsyncStream.makeStream(
      of: PresenceNews.self, bufferingPolicy: .bufferingNewest(Self.backlog))
    let id = state.withLock { state in
      state.lastFollower += 1
      state.followers[task, default: [:]][state.lastFollower] = continuation
      continuation.yield(.watchers(state.table.watchers(of: task)))
      return state.lastFollower
    }
    return PresenceFollower(task, id, news, in: self)
  }

  fileprivate func unfollow(_ task: String, _ id: Int) {
    // Let go of behind the lock: its end is nobody's business here.
    _ = state.withLock { state in
      defer { if state.followers[task]?.isEmpty == true { state.followers[task] = nil } }
      return state.followers[task]?.removeValue(forKey: id)
    }
  }

  /// Tasks of which something is kept.
  var keptTasks: Int { state.withLock { $0.table.taskCount + $0.followers.count } }
}

/// Somebody's presence at some tasks, until it is let go of.
final class PresenceToken: Sendable {
  private let tasks: [String]
  private let principal: String
  private let transport: PresenceTransport
  private let presence: Presence
  private let hasLeft = Atomic<Bool>(false)

  fileprivate init(_ tasks: [String], _ principal: String, _ transport: PresenceTransport, in presence: Presence) {
    (self.tasks, self.principal, self.transport, self.presence) = (tasks, principal, transport, presence)
  }

  /// Once; later calls do nothing.
  func leave() {
    guard !hasLeft.exchange(true, ordering: .relaxed) else { return }
    presence.leave(tasks, principal, transport)
  }

  deinit { leave() }
}

/// Somebody who hears who watches a task, until it is stopped or let go of.
///
/// To be stopped by the reader itself, and not where its stream ends: that may be said inside of the reader's cancellation, which holds
/// what the news to it wait for, while whoever tells news holds the lock here (docs/decisions/0037).
final class PresenceFollower: Sendable {
  let news: AsyncStream<PresenceNews>
  private let task: String
  private let id: Int
  private let presence: Presence

  fileprivate init(_ task: String, _ id: Int, _ news: AsyncStream<PresenceNews>, in presence: Presence) {
    (self.task, self.id, self.news, self.presence) = (task, id, news, presence)
  }

  func stop() { presence.unfollow(task, id) }

  deinit { stop() }
}
