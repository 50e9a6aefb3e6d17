import Synchronization
import Telemetry

/// What the writing thread knows and others ask without waiting for it.
final class JournalFacts: Sendable {
  let metrics: JournalMetrics
  private let current = Mutex(Bounds(tail: 0, trimmed: 0))

  init(_ metrics: JournalMetrics) {
    self.metrics = metrics
  }

  var bounds: Bounds {
    get { current.withLock { $0 } }
    set {
      current.withLock { $0 = newValue }
      metrics.tail.set(Int(newValue.tail))
    }
  }
}
