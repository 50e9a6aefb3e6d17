import Synchronization

/// A whole number that goes up and down. Each change is one atomic instruction, on any thread.
package final class Gauge: Sendable {
  private let current = Atomic<Int>(0)

  init() {}

  package func set(_ value: Int) {
    current.store(value, ordering: .relaxed)
  }

  package func add(_ amount: Int = 1) {
    current.wrappingAdd(amount, ordering: .relaxed)
  }

  package func subtract(_ amount: Int = 1) {
    current.wrappingSubtract(amount, ordering: .relaxed)
  }

  package var value: Int { current.load(ordering: .relaxed) }
}
