package import Telemetry

/// What deliveries tell about themselves. One for all senders of a process. No URL's query and no credential is in it.
package struct PushTelemetry: Sendable {
  let log: Log
  let delivered: Counter
  let repeated: Counter
  let givenUp: Counter
  let dropped: Counter

  package init(log: Log, metrics: MetricsRegistry) {
    self.log = log
    func counter(_ outcome: String) -> Counter {
      metrics.counter(
        "signalbox_push_notifications_total", help: "Push notifications, by what became of them.",
        labels: ["outcome": outcome])
    }
    delivered = counter("delivered")
    repeated = counter("repeated")
    givenUp = counter("given-up")
    dropped = counter("dropped")
  }
}
