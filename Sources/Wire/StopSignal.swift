import Glibc
import Synchronization

/// The wish of whoever started this process that it end: SIGINT or SIGTERM. For programs that have nothing else to do
/// with signals.
package enum StopSignal {
  /// Returns when one of them comes, or has come since the first call of this.
  package static func wait() async {
    _ = installed
    // What was printed so far would otherwise stay in its buffer for as long as this waits, when standard output is a
    // pipe.
    _ = fflush(nil)
    await withCheckedContinuation { continuation in
      let hasCome = waiting.withLock { waiting in
        if waiting.hasCome { return true }
        waiting.continuations.append(continuation)
        return false
      }
      if hasCome { continuation.resume() }
    }
  }

  private static let installed: Void = {
    var thread = pthread_t()
    guard unsafe pthread_create(&thread, nil, stopThreadBody, nil) == 0 else {
      fatalError("The thread that waits for signals could not be started.")
    }
    pthread_detach(thread)
    for number in [SIGINT, SIGTERM] { _ = signal(number, stopHandler) }
  }()

  // sem_post is one of the few functions that a signal handler may call (signal-safety(7)).
  fileprivate static let arrivals = Semaphore()

  private struct Waiting {
    var hasCome = false
    var continuations: [CheckedContinuation<Void, Never>] = []
  }

  private static let waiting = Mutex(Waiting())

  fileprivate static func report() {
    arrivals.wait()
    let continuations = waiting.withLock { waiting in
      waiting.hasCome = true
      defer { waiting.continuations = [] }
      return waiting.continuations
    }
    for continuation in continuations { continuation.resume() }
    // The next one is for whoever has had enough of waiting.
    for number in [SIGINT, SIGTERM] { _ = signal(number, SIG_DFL) }
  }
}

@c private func stopThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  StopSignal.report()
  return nil
}

@c private func stopHandler(_ number: Int32) {
  StopSignal.arrivals.signal()
}
