import Synchronization

/// A value that a script or a handler leaves for its test.
package final class Kept<Value: Sendable>: Sendable {
  private let kept: Mutex<Value>

  package init(_ value: Value) {
    kept = Mutex(value)
  }

  package var value: Value { kept.withLock { $0 } }

  package func set(_ value: Value) {
    kept.withLock { $0 = value }
  }

  /// Leaves another value and takes the one that was there.
  package func exchange(_ value: Value) -> Value {
    kept.withLock { kept in
      defer { kept = value }
      return kept
    }
  }

  package func change(_ body: (inout Value) -> Void) {
    kept.withLock { body(&$0) }
  }
}
