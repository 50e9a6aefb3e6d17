import Glibc
import Synchronization

/// A few threads for calls that block (files, later names), so that no loop and no task of Swift's own pool ever does.
package final class BlockingPool: Sendable {
  package static let shared = BlockingPool(threads: 4)

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let available: Semaphore
  /// How many answers were given. Says to ThreadSanitizer what it does not see for itself, that whoever takes one comes
  /// after whoever gave it: an answer that is there before its task waits is found in a library that is not instrumented.
  private let answers = Atomic<UInt64>(0)

  init(threads: Int) {
    available = Semaphore()
    for _ in 0..<threads { startThread() }
  }

  /// Runs `work` on a thread of the pool.
  package func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    defer { _ = answers.load(ordering: .acquiring) }
    return try await withCheckedThrowingContinuation { continuation in
      let job: @Sendable () -> Void = { [self] in
        let result = Result(catching: work)
        answers.wrappingAdd(1, ordering: .releasing)
        continuation.resume(with: result)
      }
      jobs.withLock { $0.append(job) }
      available.signal()
    }
  }

  fileprivate func serve() {
    while true {
      available.wait()
      let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      job?()
    }
  }

  private func startThread() {
    // Passed retained and never released: a pool lives as long as the process.
    let argument = unsafe Unmanaged.passRetained(self).toOpaque()
    var thread = pthread_t()
    guard unsafe pthread_create(&thread, nil, poolThreadBody, argument) == 0 else {
      fatalError("A thread for blocking calls could not be started.")
    }
    pthread_detach(thread)
  }
}

@c private func poolThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  unsafe Unmanaged<BlockingPool>.fromOpaque(argument).takeUnretainedValue().serve()
  return nil
}
