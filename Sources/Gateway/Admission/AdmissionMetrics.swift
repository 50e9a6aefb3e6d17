import Telemetry

/// What becomes of those who want to open a stream.
struct AdmissionMetrics: Sendable {
  enum Outcome: String, CaseIterable {
    case admitted
    /// To come again later.
    case deferred
    case refused
    /// Its client had gone.
    case left
  }

  private let waiting: [AdmissionTicket.Kind: Gauge]
  private let outcomes: [AdmissionTicket.Kind: [Outcome: Counter]]

  init(_ metrics: MetricsRegistry) {
    var waiting: [AdmissionTicket.Kind: Gauge] = [:]
    var outcomes: [AdmissionTicket.Kind: [Outcome: Counter]] = [:]
    for kind in AdmissionTicket.Kind.allCases {
      waiting[kind] = metrics.gauge(
        "signalbox_stream_openings_waiting", help: "Streams that wait for their turn to be opened.",
        labels: ["kind": kind.rawValue])
      for outcome in Outcome.allCases {
        outcomes[kind, default: [:]][outcome] = metrics.counter(
          "signalbox_stream_openings_total", help: "Streams that were to be opened, by what came of it.",
          labels: ["kind": kind.rawValue, "outcome": outcome.rawValue])
      }
    }
    (self.waiting, self.outcomes) = (waiting, outcomes)
  }

  func count(_ kind: AdmissionTicket.Kind, _ outcome: Outcome) { outcomes[kind]?[outcome]?.add() }

  func wait(_ kind: AdmissionTicket.Kind) { waiting[kind]?.add() }

  func stopWaiting(_ kind: AdmissionTicket.Kind) { waiting[kind]?.subtract() }
}
