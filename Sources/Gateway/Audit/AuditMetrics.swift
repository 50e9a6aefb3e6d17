import Telemetry

/// What is counted of the audit trail.
struct AuditMetrics: Sendable {
  /// Records that neither the file has nor ever will have.
  let lost: Counter
  /// Tries to write to the file that failed. Their records wait for the next one.
  let failures: Counter
  private let records: [Kind: Counter]

  private struct Kind: Hashable {
    let event: AuditRecord.Event
    let result: AuditRecord.Result
  }

  init(_ registry: MetricsRegistry) {
    lost = registry.counter("signalbox_audit_lost_total", help: "Audit records that were lost.")
    failures = registry.counter(
      "signalbox_audit_write_failures_total", help: "Tries to write to the audit file that failed.")
    var records: [Kind: Counter] = [:]
    for event in AuditRecord.Event.allCases {
      for result in AuditRecord.Result.allCases {
        records[Kind(event: event, result: result)] = registry.counter(
          "signalbox_audit_records_total", help: "Audit records, by event and result.",
          labels: ["event": event.rawValue, "result": result.rawValue])
      }
    }
    self.records = records
  }

  func count(_ record: AuditRecord) { records[Kind(event: record.event, result: record.result)]?.add() }
}
