import Synchronization

/// A value that a script or a handler leaves for its test.
final class Kept<Value: Sendable>: Sendable {
  private let kept: Mutex<Value>

  init(_ value: Value) {
    kept = Mutex(value)
  }

  var value: Value { kept.withLock { $0 } }

  func set(_ value: Value) {
    kept.withLock { $0 = value }
  }
}
