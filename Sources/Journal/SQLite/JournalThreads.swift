import Glibc
import Synchronization

/// Work for threads of which each has its own database connection. One of them takes all the work that waits at once, so that what came while
/// it was busy shares its next commit; or several take it piece by piece.
@safe final class JournalThreads<Job: Sendable>: Sendable {
  private struct State {
    var jobs: [Job] = []
    /// Threads that wait for work, and have not been woken for it.
    var sleeping = 0
    var running = 0
    var isEnding = false
    var whenEnded: [CheckedContinuation<Void, Never>] = []
  }

  private enum Found {
    case jobs([Job])
    case nothing
    case end
  }

  private let state = Mutex(State())
  /// How many jobs and answers were handed over. Says to ThreadSanitizer what it does not see for itself, that whoever
  /// takes one comes after whoever gave it: a contended Mutex is taken, and an answer that is there before its task
  /// waits is found, in libraries that are not instrumented.
  private let handovers = Atomic<UInt64>(0)
  // Safety: a semaphore is made for use from several threads; its address does not change.
  private nonisolated(unsafe) let wakeup: UnsafeMutablePointer<sem_t>

  init() {
    unsafe wakeup = .allocate(capacity: 1)
    unsafe wakeup.initialize(to: sem_t())
    unsafe _ = sem_init(wakeup, 0, 0)
  }

  deinit {
    unsafe _ = sem_destroy(wakeup)
    unsafe wakeup.deallocate()
  }

  /// Runs `body` on a new thread; it asks for work with `next`, and says `reportEnd` last of all.
  func start(_ body: @escaping @Sendable () -> Void) throws(JournalError) {
    state.withLock { $0.running += 1 }
    let start = unsafe Unmanaged.passRetained(ThreadStart(body)).toOpaque()
    var thread = pthread_t()
    guard unsafe pthread_create(&thread, nil, journalThreadBody, start) == 0 else {
      unsafe Unmanaged<ThreadStart>.fromOpaque(start).release()
      reportEnd()
      throw JournalError(.failed, "A thread for the journal could not be started: there are too many, or no memory.")
    }
    pthread_detach(thread)
  }

  /// False when the threads are ending: the job is not taken.
  func add(_ job: Job) -> Bool {
    handovers.wrappingAdd(1, ordering: .releasing)
    let (isTaken, wakes) = state.withLock { state in
      if state.isEnding { return (false, false) }
      state.jobs.append(job)
      guard state.sleeping > 0 else { return (true, false) }
      state.sleeping -= 1
      return (true, true)
    }
    if wakes { unsafe _ = sem_post(wakeup) }
    return isTaken
  }

  /// What a thread answers to what `ask` asks; `ask` may answer, too.
  func answer<Value: Sendable>(_ ask: (@escaping @Sendable (Value) -> Void) -> Void) async -> Value {
    let value = await withCheckedContinuation { (done: CheckedContinuation<Value, Never>) in
      ask { [self] value in
        handovers.wrappingAdd(1, ordering: .releasing)
        done.resume(returning: value)
      }
    }
    _ = handovers.load(ordering: .acquiring)
    return value
  }

  /// How much waits.
  var depth: Int { state.withLock { $0.jobs.count } }

  /// On a thread: waits for work and gives all there is, at most `limit` jobs; nil when there will be no more.
  func next(limit: Int) -> [Job]? {
    while true {
      let found = state.withLock { state -> Found in
        if !state.jobs.isEmpty { return .jobs(Self.take(limit, of: &state.jobs)) }
        if state.isEnding { return .end }
        state.sleeping += 1
        return .nothing
      }
      switch found {
      case .jobs(let jobs):
        _ = handovers.load(ordering: .acquiring)
        return jobs
      case .end: return nil
      // A signal may end the wait early.
      case .nothing: while unsafe sem_wait(wakeup) != 0 {}
      }
    }
  }

  private static func take(_ limit: Int, of jobs: inout [Job]) -> [Job] {
    guard jobs.count > limit else {
      defer { jobs = [] }
      return jobs
    }
    let first = Array(jobs.prefix(limit))
    jobs.removeFirst(limit)
    return first
  }

  /// On a thread, last of all.
  func reportEnd() {
    let waiting = state.withLock { state in
      state.running -= 1
      guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.whenEnded = [] }
      return state.whenEnded
    }
    for continuation in waiting { continuation.resume() }
  }

  /// Takes no more, does what waits, and returns when the threads are done.
  func end() async {
    let sleeping = state.withLock { state in
      state.isEnding = true
      defer { state.sleeping = 0 }
      return state.sleeping
    }
    for _ in 0..<sleeping { unsafe _ = sem_post(wakeup) }
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if state.running > 0 { state.whenEnded.append(continuation) }
        return state.running == 0
      }
      if hasEnded { continuation.resume() }
    }
  }
}

private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void

  init(_ body: @escaping @Sendable () -> Void) {
    self.body = body
  }
}

@c private func journalThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
  return nil
}
