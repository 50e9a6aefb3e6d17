import Glibc

/// POSIX's counting semaphore: Swift's `Mutex` has no way to wait.
@safe final class Semaphore: Sendable {
  // Safety: sem_t is made for use from several threads; its address does not change.
  private nonisolated(unsafe) let pointer: UnsafeMutablePointer<sem_t>

  init() {
    unsafe pointer = .allocate(capacity: 1)
    unsafe pointer.initialize(to: sem_t())
    unsafe _ = sem_init(pointer, 0, 0)
  }

  func signal() {
    unsafe _ = sem_post(pointer)
  }

  func wait() {
    while unsafe sem_wait(pointer) != 0 {}
  }

  deinit {
    unsafe _ = sem_destroy(pointer)
    unsafe pointer.deallocate()
  }
}
