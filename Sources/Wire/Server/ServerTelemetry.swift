import HTTP
package import Telemetry

/// What a server tells about itself: its log and its counters. One for all listeners and loops; cheap enough to stay on.
package struct ServerTelemetry: Sendable {
  package let log: Log
  let connectionsOpen: Gauge
  let connectionsAccepted: Counter
  let connectionsRefused: Counter
  let handshakesFailed: Counter
  let evictions: Counter
  let bytesIn: Counter
  let bytesOut: Counter
  private let answers: [Counter]

  package init(log: Log, metrics: MetricsRegistry) {
    self.log = log
    connectionsOpen = metrics.gauge("signalbox_connections_open", help: "Connections that are open now.")
    connectionsAccepted = metrics.counter("signalbox_connections_total", help: "Connections accepted.")
    connectionsRefused = metrics.counter(
      "signalbox_connections_refused_total", help: "Connections reset at once because a limit was reached.")
    handshakesFailed = metrics.counter(
      "signalbox_handshakes_failed_total", help: "Connections that ended before a TLS handshake was done.")
    evictions = metrics.counter(
      "signalbox_evictions_total", help: "Connections cut because they were too slow or took too long.")
    bytesIn = metrics.counter("signalbox_http_body_bytes_received_total", help: "Bytes of request bodies.")
    bytesOut = metrics.counter("signalbox_http_bytes_sent_total", help: "Bytes of answers, heads included.")
    answers = (1...5).map { hundred in
      metrics.counter(
        "signalbox_http_requests_total", help: "Requests answered, by class of status.",
        labels: ["status": "\(hundred)xx"])
    }
  }

  func record(_ request: RequestRecord) {
    if (100...599).contains(request.status) { answers[request.status / 100 - 1].add() }
    bytesIn.add(UInt64(request.bytesIn))
    bytesOut.add(UInt64(request.bytesOut))
    request.write(to: log)
  }
}
