import Synchronization
import Telemetry
import Wire

/// What Prometheus is told of the process and of the certificates. Names are those that its own client libraries give.
struct OperationMetrics: Sendable {
  let metrics: MetricsRegistry
  let status: GatewayStatus

  func install(certificatesOf listeners: [ListenerName]) {
    metrics.counter(
      "process_cpu_seconds_total", help: "Processor time that the process has used.",
      reading: { ProcessFigures.processorTime })
    metrics.gauge(
      "process_resident_memory_bytes", help: "Memory that the process has in use.",
      reading: { ProcessFigures.residentBytes.map { Double($0) } ?? .nan })
    metrics.gauge(
      "process_open_fds", help: "Files and sockets that the process has open.",
      reading: { ProcessFigures.openDescriptors.map { Double($0) } ?? .nan })
    metrics.gauge(
      "process_max_fds", help: "How many files and sockets it may have open.",
      reading: { Double(ProcessFigures.descriptorLimit) })
    let start = Double(UnixClock.now())
    metrics.gauge(
      "process_start_time_seconds", help: "When the process began, in seconds since 1970.", reading: { start })
    metrics.gauge(
      "signalbox_ready", help: "1 when the gateway wants work, 0 while it starts and from the moment it is to end.",
      reading: { [status] in status.isReady ? 1 : 0 })
    metrics.gauge(
      "signalbox_settings_pending", help: "Settings that have other values by now and wait for a restart.",
      reading: { [status] in Double(status.pending.count) })
    for listener in listeners { install(certificatesOf: listener) }
  }

  /// All uses, whatever the listener has today: a reload may bring what was not there at the start.
  private func install(certificatesOf listener: ListenerName) {
    for use in CertificateEnd.Use.allCases {
      metrics.gauge(
        "signalbox_certificate_days_left",
        help: "Days until what a listener rests on ends, by listener and use; NaN for what it does not have.",
        labels: ["listener": listener.rawValue, "use": use.rawValue],
        reading: { [status] in
          let ends = status.listeners.first { $0.name == listener }?.certificates
          return ends?.first { $0.use == use }?.days(at: UnixClock.now()) ?? .nan
        })
    }
  }
}
