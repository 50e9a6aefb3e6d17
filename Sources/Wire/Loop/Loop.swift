import CLibev
import Glibc
import Synchronization

/// A thread with its own libev loop and libwebsockets context, and a Swift executor for both.
///
/// Actors that return a loop from `unownedExecutor` live on its thread and nowhere else, as do tasks started with
/// `Task(executorPreference: loop.tasks)`. So a connection needs no lock: C calls back on the thread its actor runs on, and
/// enters it by `assumeIsolated`.
///
/// Threads: `enqueue`, `stop` and the isolation checks may be called from anywhere; everything else says otherwise.
package final class Loop: SerialExecutor {
  package let name: String
  private let inbox = Mutex(Inbox())
  private let owner = Atomic<UInt>(0)
  private let state = Mutex(RunState.starting([]))
  // Safety: set and read on the loop's thread alone (`core` asserts it), or before that thread exists.
  private nonisolated(unsafe) var confined: LoopCore?

  private enum RunState {
    case starting([CheckedContinuation<Void, any Error>])
    case running
    case failed(WireError)
    case stopped
  }

  /// How a job has to be run depends on whom it was enqueued for.
  enum Job {
    case ofActor(UnownedJob)
    case ofNobody(UnownedJob)
  }

  /// Work waiting for the thread. `wakeupSent` keeps a batch of jobs at one wake-up.
  private struct Inbox {
    var jobs: [Job] = []
    var wakeupSent = false
    var isClosed = false
    var wakeup: LoopWakeup?
    var stopWaiters: [CheckedContinuation<Void, Never>] = []
    var mustStop = false
  }

  private init(name: String) {
    self.name = name
    tasks.belong(to: self)
  }

  /// Starts a thread and returns when its loop is turning. Throws when the thread or the libwebsockets context cannot be made.
  package static func start(name: String) async throws -> Loop {
    let loop = Loop(name: name)
    try LoopThread.spawn(running: loop)
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      loop.state.withLock { state in
        switch state {
        case .starting(let waiting): state = .starting(waiting + [continuation])
        case .running, .stopped: continuation.resume()
        case .failed(let error): continuation.resume(throwing: error)
        }
      }
    }
    return loop
  }

  /// Ends the thread: whatever is still open on it is closed first. Returns when the thread is past its last callback.
  package func stop() async {
    await withCheckedContinuation { continuation in
      let isOver = inbox.withLock { inbox in
        if inbox.isClosed { return true }
        inbox.stopWaiters.append(continuation)
        inbox.mustStop = true
        inbox.wakeup?.send()
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  /// For tasks that belong to this loop: `Task(executorPreference: loop.tasks)`. Whatever of such a task is no actor's runs here too.
  /// Without the preference Swift resumes every wait on its own pool of threads first, and comes back from there.
  package let tasks = LoopTasks()

  // MARK: On the loop's thread

  /// What only the loop's own thread may touch.
  var core: LoopCore {
    preconditionOnLoop()
    guard let confined = unsafe confined else { preconditionFailure("Loop \(name) has no core: it was stopped.") }
    return confined
  }

  /// The core, or nil once the loop has stopped.
  var liveCore: LoopCore? {
    preconditionOnLoop()
    return unsafe confined
  }

  package var isCurrent: Bool { owner.load(ordering: .relaxed) == currentThreadID() }

  func preconditionOnLoop() {
    precondition(isCurrent, "This must run on the thread of loop \(name).")
  }

  /// The body of the thread.
  func run() {
    owner.store(currentThreadID(), ordering: .relaxed)
    do {
      let core = try LoopCore(loop: self)
      unsafe confined = core
      inbox.withLock { $0.wakeup = core.wakeup }
      finishStarting(.success(()))
      core.run()
      core.tearDown()
    } catch {
      finishStarting(.failure(error))
    }
    close()
  }

  private func finishStarting(_ outcome: Result<Void, WireError>) {
    state.withLock { state in
      guard case .starting(let waiting) = state else { return }
      switch outcome {
      case .success:
        state = .running
        for continuation in waiting { continuation.resume() }
      case .failure(let error):
        state = .failed(error)
        for continuation in waiting { continuation.resume(throwing: error) }
      }
    }
  }

  /// Runs what was enqueued last and hands the executor over to whoever enqueues from now on (see `enqueue`).
  private func close() {
    state.withLock { if case .running = $0 { $0 = .stopped } }
    while drainOnce() {}
    unsafe confined = nil
    let waiters = inbox.withLock { inbox in
      inbox.isClosed = true
      inbox.wakeup = nil
      defer { inbox.stopWaiters = [] }
      return inbox.stopWaiters
    }
    owner.store(0, ordering: .relaxed)
    drainAfterClose()
    for waiter in waiters { waiter.resume() }
  }

  /// Runs the jobs that are waiting. False when there were none.
  func drainOnce() -> Bool {
    let jobs = inbox.withLock { inbox in
      inbox.wakeupSent = false
      var taken: [Job] = []
      swap(&taken, &inbox.jobs)
      return taken
    }
    for job in jobs {
      switch job {
      case .ofActor(let job):
        // With the task executor said too, so that a task that prefers this loop goes from actor to actor without a stop. For one
        // that does not, each step is a job of its own.
        unsafe job.runSynchronously(
          isolatedTo: asUnownedSerialExecutor(), taskExecutor: tasks.asUnownedTaskExecutor())
      case .ofNobody(let job):
        unsafe job.runSynchronously(on: tasks.asUnownedTaskExecutor())
      }
    }
    return !jobs.isEmpty
  }

  var mustStop: Bool { inbox.withLock { $0.mustStop } }

  // MARK: Executor

  package func enqueue(_ job: consuming ExecutorJob) {
    enqueue(.ofActor(UnownedJob(job)))
  }

  func enqueue(_ job: Job) {
    // Swift's runtime holds no reference to an executor: the job may let go of the last one while it runs, here after the
    // loop's end, or at the same time on another thread.
    let own = unsafe Unmanaged.passRetained(self)
    defer { unsafe own.release() }
    let isOnLoop = isCurrent
    let isClosed = inbox.withLock { inbox in
      inbox.jobs.append(job)
      // On the loop's own thread no wake-up is due: the queue is drained before the loop sleeps.
      if !inbox.isClosed, !isOnLoop, !inbox.wakeupSent {
        inbox.wakeupSent = true
        inbox.wakeup?.send()
      }
      return inbox.isClosed
    }
    if isClosed { drainAfterClose() }
  }

  /// A stopped loop still has to finish the tasks that were on it (they see their connection closed and return). With the
  /// thread gone, whoever enqueues runs them, one thread at a time.
  private func drainAfterClose() {
    let me = currentThreadID()
    while inbox.withLock({ !$0.jobs.isEmpty }) {
      guard owner.compareExchange(expected: 0, desired: me, ordering: .acquiringAndReleasing).exchanged else { return }
      while drainOnce() {}
      owner.store(0, ordering: .releasing)
    }
  }

  package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    unsafe UnownedSerialExecutor(ordinary: self)
  }

  package func checkIsolated() {
    preconditionOnLoop()
  }

  package func isIsolatingCurrentContext() -> Bool? {
    isCurrent
  }
}

private func currentThreadID() -> UInt {
  UInt(pthread_self())
}
