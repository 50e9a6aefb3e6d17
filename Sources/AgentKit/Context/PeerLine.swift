import A2A
import Synchronization

/// What another agent tells, on its way from the task that reads it to the one that asked: one event at a time, so that an agent that
/// tells more than is taken is made to wait.
///
/// Once nobody asks any more, what comes is still followed, to know whether the other agent is at work.
final class PeerLine: Sendable {
  private enum End {
    case ended
    case failed(any Error)
  }

  private struct State {
    var followed = FollowedTask()
    var event: TaskEvent?
    var end: End?
    var isAbandoned = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// What came of it so far.
  var result: SendResult? { state.withLock { $0.followed.result } }
  /// The other agent's task, unless it has ended.
  var runningID: String? { state.withLock { $0.followed.runningID } }

  var isOver: Bool { state.withLock { $0.followed.isOver } }

  // MARK: Who reads

  func put(_ event: TaskEvent) async {
    change { state in
      state.followed.take(event)
      if !state.isAbandoned { state.event = event }
    }
    await wait { $0.event == nil || $0.isAbandoned }
  }

  /// Heard in another way than by the line.
  func took(_ event: TaskEvent) { change { $0.followed.take(event) } }

  func end(_ error: (any Error)? = nil) {
    change { $0.end = error.map { .failed($0) } ?? .ended }
  }

  // MARK: Who asked

  /// The next event, or nil behind the last. Throws when the one who asks is cancelled, and what reading has thrown.
  func next() async throws -> TaskEvent? {
    await withTaskCancellationHandler {
      await wait { $0.event != nil || $0.end != nil || Task.isCancelled }
    } onCancel: {
      wake()
    }
    try Task.checkCancellation()
    var event: TaskEvent?
    var end: End?
    change { state in
      event = state.event.take()
      end = state.end
    }
    if let event { return event }
    if case .failed(let error)? = end { throw error }
    return nil
  }

  /// Nobody asks any more.
  func abandon() {
    change { state in
      state.isAbandoned = true
      state.event = nil
    }
  }

  /// Waits until the other agent has said which task it is, or that there is none.
  func untilKnown() async { await wait { $0.followed.result != nil || $0.end != nil } }

  func untilOver() async { await wait { $0.followed.isOver || $0.end != nil } }

  // MARK: Waiting

  private func change(_ body: (inout State) -> Void) {
    let waiters = state.withLock { state in
      body(&state)
      return Self.takeWaiters(&state)
    }
    for waiter in waiters { waiter.resume() }
  }

  private func wake() { change { _ in } }

  private static func takeWaiters(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
    defer { state.waiters = [] }
    return state.waiters
  }

  /// Whoever waits looks again at each change.
  private func wait(until holds: (borrowing State) -> Bool) async {
    while true {
      var isOver = false
      await withCheckedContinuation { continuation in
        isOver = state.withLock { state in
          guard !holds(state) else { return true }
          state.waiters.append(continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
      if isOver { return }
    }
  }
}
