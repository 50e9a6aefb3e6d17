import HTTP
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// What becomes of spans on their way to a collector.
@Suite(.timeLimit(.minutes(2)))
struct SpanExporterTests {
  private static func span(_ name: String) -> TraceSpan {
    var random = SystemRandomNumberGenerator()
    return TraceSpan(name, .internal, .generate(using: &random), parent: nil, start: 1, end: 2)
  }

  /// Runs an exporter; it has stopped behind `body`, and what it had is sent or dropped.
  private static func exporting(
    to work: WorkConfiguration, _ body: (SpanExporter) async throws -> Void
  ) async throws -> (exported: UInt64, dropped: UInt64, warnings: Int) {
    let lines = KeptLines()
    let metrics = SpanMetrics(MetricsRegistry())
    let exporter = try #require(
      try await SpanExporter.start(
        work, version: "1", metrics: metrics, log: Log(sink: lines, minimumLevel: .debug, clock: { 0 })))
    do {
      try await body(exporter)
    } catch {
      await exporter.stop()
      throw error
    }
    await exporter.stop()
    return (
      metrics.exported.total, metrics.dropped.total, lines.all.count { $0.contains("spans cannot be sent") }
    )
  }

  @Test func `without a collector there is no exporter`() async throws {
    let exporter = try await SpanExporter.start(
      WorkConfiguration(), version: "1", metrics: SpanMetrics(MetricsRegistry()),
      log: Log(sink: DiscardSink(), clock: { 0 }))
    #expect(exporter == nil)
  }

  @Test func `spans are gathered, and those that are left at the end are sent`() async throws {
    try await SpanCollector.run { collector, work in
      let counts = try await Self.exporting(to: work) { exporter in
        for number in 1...3 { exporter.take(Self.span("early \(number)")) }
        #expect(await eventually { collector.spans.count == 3 })
        exporter.take(Self.span("late"))
      }
      #expect(collector.spans.map(\.name) == ["early 1", "early 2", "early 3", "late"])
      #expect(collector.requests.count == 2)
      #expect(counts == (4, 0, 0))
    }
  }

  @Test func `what the collector cannot take now is sent again, as it was`() async throws {
    try await SpanCollector.run([.serviceUnavailable, .tooManyRequests]) { collector, work in
      let counts = try await Self.exporting(to: work) { exporter in
        exporter.take(Self.span("one"))
        #expect(await eventually { collector.requests.count == 3 })
      }
      #expect(collector.spans.map(\.name) == ["one", "one", "one"])
      #expect(counts == (1, 0, 0))
    }
  }

  @Test func `what the collector will never take is dropped and told of, and the next goes on`() async throws {
    try await SpanCollector.run([.badRequest]) { collector, work in
      let counts = try await Self.exporting(to: work) { exporter in
        exporter.take(Self.span("bad"))
        #expect(await eventually { collector.requests.count == 1 })
        exporter.take(Self.span("good"))
        #expect(await eventually { collector.requests.count == 2 })
      }
      #expect(counts == (1, 1, 1))
    }
  }

  @Test func `a collector that is not there costs its spans, and no end`() async throws {
    var work = WorkConfiguration()
    // Nobody listens on port 1, and the kernel says so at once.
    work.spansURL = "http://127.0.0.1:1/v1/traces"
    let counts = try await Self.exporting(to: work) { exporter in
      for _ in 0..<(SpanQueue.limit + 100) { exporter.take(Self.span("lost")) }
    }
    #expect(counts.exported == 0)
    #expect(counts.dropped == UInt64(SpanQueue.limit + 100))
    #expect(counts.warnings == 1)
  }

  @Test func `a queue has room for so many, and gives the oldest first`() {
    var queue = SpanQueue()
    let taken = (0...SpanQueue.limit).count { queue.add(Self.span("\($0)")) }
    #expect(taken == SpanQueue.limit)
    #expect(queue.isFull)
    let first = queue.take()
    #expect(first.count == SpanQueue.batch)
    #expect(first.first?.name == "0" && first.last?.name == "\(SpanQueue.batch - 1)")
    let hasRoomAgain = queue.add(Self.span("room again"))
    #expect(hasRoomAgain)
    var last: [TraceSpan] = []
    while !queue.isEmpty { last = queue.take() }
    #expect(last.last?.name == "room again")
    let rest = queue.take()
    #expect(rest.isEmpty)
  }

  @Test(arguments: [
    (200, nil, SpanVerdict.taken), (202, nil, .taken), (429, "7", .later(after: .seconds(7))),
    (503, "9999", .later(after: .seconds(60))), (502, "soon", .later(after: nil)), (504, nil, .later(after: nil)),
    (301, nil, .never("The collector answered 301.")), (400, "7", .never("The collector answered 400.")),
    (500, nil, .never("The collector answered 500.")),
  ])
  func `OTLP says which answers are worth another try`(status: Int, retryAfter: String?, verdict: SpanVerdict) throws {
    #expect(SpanVerdict(status: HTTPStatus(code: status), retryAfter: retryAfter) == verdict)
  }
}
