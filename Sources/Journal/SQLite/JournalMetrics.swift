import Telemetry

/// What Prometheus is told of a journal.
struct JournalMetrics: Sendable {
  let commitTime: Histogram
  let commitBatches: Histogram
  let failures: Counter
  let records: Counter
  let bytes: Counter
  let trimmedTasks: Counter
  let tail: Gauge
  let fileBytes: Gauge

  /// - Parameter waiting: how much work waits for the writing thread.
  init(_ registry: MetricsRegistry, waiting: @escaping MetricsRegistry.Reading) {
    commitTime = registry.histogram(
      "signalbox_journal_commit_seconds", help: "Time of one commit to the journal, with the disk's part of it.",
      buckets: .durations([
        .microseconds(100), .microseconds(250), .microseconds(500), .milliseconds(1), .microseconds(2500),
        .milliseconds(5), .milliseconds(10), .milliseconds(25), .milliseconds(50), .milliseconds(100),
        .milliseconds(250), .seconds(1), .seconds(5),
      ]))
    commitBatches = registry.histogram(
      "signalbox_journal_commit_batches", help: "Batches that shared one commit to the journal.",
      buckets: .amounts([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]))
    failures = registry.counter(
      "signalbox_journal_failed_commits_total", help: "Commits that the journal's file has refused.")
    records = registry.counter("signalbox_journal_records_total", help: "Records that were stored.")
    bytes = registry.counter("signalbox_journal_payload_bytes_total", help: "Bytes of the records that were stored.")
    trimmedTasks = registry.counter(
      "signalbox_journal_trimmed_tasks_total", help: "Ended tasks that were removed by age or number.")
    tail = registry.gauge("signalbox_journal_tail", help: "The offset of the last record.")
    fileBytes = registry.gauge(
      "signalbox_journal_file_bytes", help: "Size of the journal's file and its log of writes.")
    registry.gauge(
      "signalbox_journal_waiting_jobs", help: "Batches and other work that wait for the journal's writer.",
      reading: waiting)
  }
}
