import Glibc

/// Says once that something has happened, to threads and tasks alike. Whoever waits does so for a bounded time, and each waiter is
/// told, also one that comes late.
@safe package final class Signal: Sendable {
  // Safety: sem_t is made for use from several threads; its address does not change.
  private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

  package init() {
    unsafe semaphore = .allocate(capacity: 1)
    unsafe semaphore.initialize(to: sem_t())
    unsafe _ = sem_init(semaphore, 0, 0)
  }

  package func send() {
    unsafe _ = sem_post(semaphore)
  }

  /// Blocks the thread. False when nothing was sent in that time.
  package func block(seconds: Int = 60, milliseconds: Int = 0) -> Bool {
    var end = timespec()
    unsafe _ = clock_gettime(CLOCK_REALTIME, &end)
    let nanoseconds = end.tv_nsec + milliseconds * 1_000_000
    end.tv_sec += seconds + nanoseconds / 1_000_000_000
    end.tv_nsec = nanoseconds % 1_000_000_000
    while unsafe sem_timedwait(semaphore, &end) != 0 {
      if errno != EINTR { return false }
    }
    // For the next one who waits.
    send()
    return true
  }

  /// The same for tasks: blocks none of Swift's threads and no loop.
  package func wait(seconds: Int = 60) async -> Bool {
    await onThread { [self] in block(seconds: seconds) }
  }

  deinit {
    unsafe _ = sem_destroy(semaphore)
    unsafe semaphore.deallocate()
  }
}
