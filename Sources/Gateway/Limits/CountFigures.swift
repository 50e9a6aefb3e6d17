import Synchronization
import Telemetry

/// What operators see of how gateways count together. Any thread.
final class CountFigures: Sendable {
  private let clock: GatewayClock
  /// When it last went well, or began. Nil: this gateway has the journal alone.
  private let last = Mutex<Int64?>(nil)

  /// What can be measured does not come and go with a setting.
  init(_ metrics: MetricsRegistry, clock: GatewayClock) {
    self.clock = clock
    metrics.gauge(
      "signalbox_counts_age_seconds",
      help: "Seconds since gateways last told each other what they count; NaN where one has the journal alone."
    ) { [weak self] in self?.age ?? .nan }
  }

  func wentWell() {
    let now = clock.steady()
    last.withLock { $0 = now }
  }

  private var age: Double {
    guard let last = last.withLock({ $0 }) else { return .nan }
    return Double(max(0, clock.steady() - last)) / 1000
  }
}
