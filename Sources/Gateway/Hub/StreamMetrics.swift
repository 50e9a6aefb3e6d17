import Telemetry
import Wire

/// What streams of records tell about themselves.
struct StreamMetrics: Sendable {
  let open: Gauge
  let overflows: Counter
  private let events: Counter
  private let bytes: Counter
  private let slow: Counter
  private let starts: [String: Counter]

  init(_ metrics: MetricsRegistry) {
    open = metrics.gauge("signalbox_streams_open", help: "Streams of records that are open now.")
    overflows = metrics.counter(
      "signalbox_hub_overflows_total",
      help: "Times that more was stored than a loop could pass on, so that its streams went back to the journal.")
    events = metrics.counter(
      "signalbox_stream_events_total", help: "Records put on their way to clients, one for each client.")
    bytes = metrics.counter("signalbox_stream_bytes_total", help: "Bytes of records put on their way to clients.")
    slow = metrics.counter(
      "signalbox_stream_slow_closes_total", help: "Streams that were ended because their reader was too slow.")
    starts = Dictionary(
      uniqueKeysWithValues: StreamOpening.words.map { word in
        let counter = metrics.counter(
          "signalbox_stream_resumes_total", help: "Streams asked for, by how they could go on.",
          labels: ["status": word])
        return (word, counter)
      })
  }

  func count(_ opening: StreamOpening) {
    starts[opening.word]?.add()
  }

  func count(_ end: EventStreamEnd) {
    if end == .slow { slow.add() }
  }

  func add(_ sent: Sent) {
    guard sent.events > 0 else { return }
    events.add(UInt64(sent.events))
    bytes.add(UInt64(sent.bytes))
  }
}
