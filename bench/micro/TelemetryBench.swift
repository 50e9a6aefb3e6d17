import Telemetry

/// What it costs to keep telemetry on: one of each thing.
enum TelemetryBench {
  static let group = BenchmarkGroup(name: "telemetry") {
    [
      try row("counter: one add", iterations: 1_000_000, counterAdd()),
      try row("histogram: one observation", iterations: 1_000_000, histogramObservation()),
      try row("log: line below the level, 3 fields", iterations: 1_000_000, suppressedLine()),
      try row("log: line of 6 fields, discarded", iterations: 20_000, writtenLine()),
      try row("log: access line with a query, discarded", iterations: 10_000, accessLine()),
      try row("metrics: rendering 200 series", iterations: 200, renderedRegistry()),
    ]
  }

  private static func row(_ name: String, iterations: Int, _ operation: @escaping () -> Void) throws -> Row {
    let cost = try Measurement.nanoseconds(passes: 9, iterations: iterations, of: [operation])
    return Row(name: name, unit: "ns/op", value: cost[0])
  }

  private static func counterAdd() -> () -> Void {
    let counter = MetricsRegistry().counter("bench_total", help: "Adds.")
    return { counter.add() }
  }

  private static func histogramObservation() -> () -> Void {
    let histogram = MetricsRegistry().histogram("bench_seconds", help: "Observations.", buckets: .answerTimes)
    let duration = Duration.milliseconds(42)
    return { histogram.observe(duration) }
  }

  private static func suppressedLine() -> () -> Void {
    let log = discardingLog()
    let route = "/api/tasks/{task}"
    return { log.debug("request", ["route": .string(route), "status": 200, "bytesOut": 5120]) }
  }

  private static func writtenLine() -> () -> Void {
    let log = discardingLog().with("request", "00f067aa0ba902b7")
    let (peer, route) = ("192.0.2.17:51234", "/api/tasks/{task}")
    return {
      log.info(
        "request",
        [
          "peer": .string(peer), "route": .string(route), "status": 200, "bytesOut": 5120, "reused": true,
          "duration": .duration(.microseconds(1234)),
        ])
    }
  }

  private static func accessLine() -> () -> Void {
    let log = discardingLog()
    var generator = SystemRandomNumberGenerator()
    let id = RequestID.generate(using: &generator)
    return {
      RequestRecord(
        requestID: id, peer: "192.0.2.17:51234", principal: "analyst-7", method: "GET", route: "/api/tasks/{task}",
        target: "/api/tasks/42?after=7.1200&token=abcdef", status: 200, bytesIn: 420, bytesOut: 5120,
        duration: .microseconds(1234)
      ).write(to: log)
    }
  }

  private static func renderedRegistry() -> () -> Void {
    let registry = MetricsRegistry()
    for route in 0..<20 {
      for status in 0..<10 {
        let labels = ["route": "/api/route\(route)", "status": "\(200 + status)"]
        registry.counter("bench_requests_total", help: "Requests.", labels: labels).add(UInt64(route * 1000 + status))
      }
    }
    return { keep(registry.render()) }
  }

  private static func discardingLog() -> Log {
    Log(sink: DiscardSink(), minimumLevel: .info, clock: { 1_795_246_800_123_456 })
  }
}
