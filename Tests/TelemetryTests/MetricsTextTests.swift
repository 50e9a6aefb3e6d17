import Telemetry
import TestSupport
import Testing

struct MetricsTextTests {
  @Test func `metrics are rendered in order, whatever the order of registration`() {
    let expected = """
      # HELP answer_seconds Time to answer.
      # TYPE answer_seconds histogram
      answer_seconds_bucket{route="/",le="0.0005"} 0
      answer_seconds_bucket{route="/",le="0.25"} 2
      answer_seconds_bucket{route="/",le="1"} 2
      answer_seconds_bucket{route="/",le="2.5"} 2
      answer_seconds_bucket{route="/",le="+Inf"} 3
      answer_seconds_sum{route="/"} 5.250001
      answer_seconds_count{route="/"} 3
      # HELP connections Open connections.
      # TYPE connections gauge
      connections -2
      # HELP requests_total Requests.
      # TYPE requests_total counter
      requests_total{route="/",status="200"} 3
      requests_total{route="/",status="404"} 0
      requests_total{route="/a",status="200"} 18446744073709551615
      # HELP uptime_seconds Uptime.
      # TYPE uptime_seconds gauge
      uptime_seconds 12.5

      """
    let steps: [(MetricsRegistry) -> Void] = [
      { $0.counter("requests_total", help: "Requests.", labels: ["route": "/a", "status": "200"]).add(.max) },
      { $0.counter("requests_total", help: "Requests.", labels: ["status": "200", "route": "/"]).add(3) },
      { _ = $0.counter("requests_total", help: "Requests.", labels: ["route": "/", "status": "404"]) },
      { $0.gauge("uptime_seconds", help: "Uptime.") { 12.5 } },
      { $0.gauge("connections", help: "Open connections.").set(-2) },
      { registry in
        let histogram = registry.histogram(
          "answer_seconds", help: "Time to answer.",
          buckets: .durations([.microseconds(500), .milliseconds(250), .seconds(1), .milliseconds(2500)]),
          labels: ["route": "/"])
        for duration in [Duration.milliseconds(250), .microseconds(501), .milliseconds(4999) + .microseconds(500)] {
          histogram.observe(duration)
        }
      },
    ]
    var generator = SeededRandom(seed: 3)
    for _ in 0..<20 {
      let registry = MetricsRegistry()
      for step in steps.shuffled(using: &generator) { step(registry) }
      #expect(String(decoding: registry.render(), as: UTF8.self) == expected)
    }
  }

  @Test func `many families and series are rendered in the order of their names`() {
    var generator = SeededRandom(seed: 5)
    let registry = MetricsRegistry()
    let names = (10..<60).map { "metric_\($0)" }
    for name in names.shuffled(using: &generator) {
      for label in ["b", "c", "a"] { registry.gauge(name, help: "", labels: ["l": label]).set(1) }
    }
    let samples = String(decoding: registry.render(), as: UTF8.self).split(separator: "\n").filter {
      !$0.hasPrefix("#")
    }
    #expect(samples.map(String.init) == names.flatMap { name in ["a", "b", "c"].map { "\(name){l=\"\($0)\"} 1" } })
  }

  @Test func `an empty registry renders nothing`() {
    #expect(MetricsRegistry().render().isEmpty)
  }

  @Test(arguments: hostileTexts)
  func `any label value and help text stays on its line and in its quotes`(text: String) throws {
    let registry = MetricsRegistry()
    registry.counter("a_total", help: text, labels: ["label": text]).add()
    let lines = registry.render().split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 3)
    let sample = String(decoding: try #require(lines.last), as: UTF8.self)
    let value = try #require(unescaped(sample))
    #expect(value.unicodeScalars.elementsEqual(text.unicodeScalars))
  }

  @Test(arguments: [
    (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (0, "0.0"), (1e-7, "1e-07"), (1e21, "1e+21"),
  ])
  func `a reading is written as Prometheus reads it`(value: Double, text: String) {
    let registry = MetricsRegistry()
    registry.gauge("a", help: "A.") { value }
    #expect(String(decoding: registry.render(), as: UTF8.self).hasSuffix("\na \(text)\n"))
  }

  @Test func `a value on a bound belongs to its bucket, and what is negative to the first`() {
    let registry = MetricsRegistry()
    let times = registry.histogram("t", help: "T.", buckets: .durations([.seconds(1), .seconds(2)]))
    for duration in [
      Duration.seconds(-5), .seconds(1), .seconds(1) + .microseconds(1), .seconds(2), .seconds(Int64.max),
    ] {
      times.observe(duration)
    }
    let text = String(decoding: registry.render(), as: UTF8.self)
    #expect(text.contains("t_bucket{le=\"1\"} 2\nt_bucket{le=\"2\"} 4\nt_bucket{le=\"+Inf\"} 5\n"))
  }

  /// Reads `a_total{label="…"} 1` as Prometheus does.
  private func unescaped(_ sample: String) -> String? {
    let (head, tail) = (Array("a_total{label=\"".utf8), Array("\"} 1".utf8))
    let bytes = Array(sample.utf8)
    guard bytes.count >= head.count + tail.count, bytes.starts(with: head), bytes.suffix(tail.count) == tail[...]
    else { return nil }
    var (value, isEscape): ([UInt8], Bool) = ([], false)
    for byte in bytes.dropFirst(head.count).dropLast(tail.count) {
      switch (isEscape, byte) {
      case (true, UInt8(ascii: "n")): value.append(UInt8(ascii: "\n"))
      case (true, UInt8(ascii: "\\")), (true, UInt8(ascii: "\"")): value.append(byte)
      case (true, _), (false, UInt8(ascii: "\"")): return nil
      case (false, UInt8(ascii: "\\")):
        isEscape = true
        continue
      case (false, _): value.append(byte)
      }
      isEscape = false
    }
    return isEscape ? nil : String(decoding: value, as: UTF8.self)
  }
}
