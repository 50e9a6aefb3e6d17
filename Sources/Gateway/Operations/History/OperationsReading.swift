import Telemetry

/// What the metrics say at one moment of what is drawn.
struct OperationsReading: Sendable {
  /// Milliseconds of the clock that nobody sets.
  let steady: Int64
  /// Numbers that go up and down.
  var levels: [OperationsSeries: Double] = [:]
  /// Numbers that only grow; what is drawn is how fast.
  var totals: [OperationsSeries: Double] = [:]
  /// What is drawn is the time below which 95 of 100 lie.
  var times: [OperationsSeries: Distribution] = [:]

  init(steady: Int64) {
    self.steady = steady
  }

  /// - Parameter questions: those that wait for an answer, which the journal knows; nil where it cannot be asked.
  init(_ figures: MetricFigures, steady: Int64, questions: Int?) {
    self.init(steady: steady)
    levels[.connections] = figures.sum("signalbox_connections_open")
    levels[.hubQueue] = figures.sum("signalbox_hub_queue_batches")
    levels[.questionsOpen] = questions.map { Double($0) }
    levels[.tasksRunning] = figures.sum("signalbox_tasks_running")
    levels[.tasksWaiting] = figures.sum("signalbox_tasks_waiting")
    totals[.commandsPerSecond] = figures.sum("signalbox_command_verdicts_total")
    totals[.eventsPerSecond] = figures.sum("signalbox_stream_events_total")
    totals[.recordsPerSecond] = figures.sum("signalbox_journal_records_total")
    totals[.requestsPerSecond] = figures.sum("signalbox_http_requests_total")
    totals[.serverErrorsPerSecond] = figures.sum("signalbox_http_requests_total", where: "status", is: "5xx")
    times[.commitP95] = figures.times(OperationsNames.commit)
    times[.handOverP95] = figures.times(OperationsNames.handOver)
  }

  /// What is drawn of this moment, if the one before was that. Nothing is drawn of what is not known.
  func values(since earlier: OperationsReading?) -> [OperationsSeries: Double] {
    var values = levels
    guard let earlier, steady > earlier.steady else { return values }
    let seconds = Double(steady - earlier.steady) / 1000
    for (series, total) in totals {
      values[series] = earlier.totals[series].map { max(0, total - $0) / seconds }
    }
    for (series, now) in times {
      // An agent's first hand-over is the first that there is a histogram of.
      let counted = earlier.times[series].map { now.since($0) } ?? now
      values[series] = counted.milliseconds(below: 0.95)
    }
    return values
  }
}
