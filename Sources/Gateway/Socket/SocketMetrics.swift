import Telemetry

/// What sockets tell about themselves.
struct SocketMetrics: Sendable {
  let open: Gauge
  let subscriptions: Gauge
  private let metrics: MetricsRegistry

  init(_ metrics: MetricsRegistry) {
    self.metrics = metrics
    open = metrics.gauge("signalbox_sockets_open", help: "WebSockets of clients that are open now.")
    subscriptions = metrics.gauge("signalbox_socket_subscriptions", help: "Subscriptions on WebSockets.")
    // All that it may be, from the beginning.
    for code in [1000, 1001, 1003, 1009, 4001, 4003, 4008, 4009, 4029] { _ = closes("\(code)") }
    _ = answers("ack")
    _ = answers("nack")
  }

  /// One answer to a client's message.
  func countAnswer(isRefusal: Bool) {
    answers(isRefusal ? "nack" : "ack").add()
  }

  /// - Parameter code: nil where the connection broke off.
  func countClose(_ code: UInt16?) {
    closes(code.map { "\($0)" } ?? "none").add()
  }

  private func answers(_ kind: String) -> Counter {
    metrics.counter(
      "signalbox_socket_answers_total", help: "Answers to the messages of clients, by kind.", labels: ["kind": kind])
  }

  private func closes(_ code: String) -> Counter {
    metrics.counter(
      "signalbox_socket_closes_total", help: "WebSockets of clients that have ended, by their close code.",
      labels: ["code": code])
  }
}
