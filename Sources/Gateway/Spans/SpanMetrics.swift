import Telemetry

/// What is counted of spans. There with and without a collector.
struct SpanMetrics: Sendable {
  let exported: Counter
  let dropped: Counter

  init(_ metrics: MetricsRegistry) {
    exported = metrics.counter("signalbox_spans_exported_total", help: "Spans that the collector has taken.")
    dropped = metrics.counter(
      "signalbox_spans_dropped_total",
      help: "Spans that no collector has got: there was no room for them, or it did not take them.")
  }
}
