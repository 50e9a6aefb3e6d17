import Synchronization

/// A number that only grows. Adding is one atomic instruction, on any thread.
package final class Counter: Sendable {
  private let value = Atomic<UInt64>(0)

  init() {}

  package func add(_ amount: UInt64 = 1) {
    value.wrappingAdd(amount, ordering: .relaxed)
  }

  package var total: UInt64 { value.load(ordering: .relaxed) }
}
