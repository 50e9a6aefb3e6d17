import Telemetry
import Testing

/// Mistakes in the program, each of which stops it.
struct MetricMistakesTests {
  @Test(arguments: ["", "1a", "a-b", "a b", "é", "a\n", "a{"])
  func `a metric needs a name that Prometheus accepts`(name: String) async {
    await #expect(processExitsWith: .failure) { [name] in _ = MetricsRegistry().counter(name, help: "") }
  }

  @Test(arguments: ["", "1a", "a-b", "a:b", "__a", "é"])
  func `a label needs a name that Prometheus accepts`(name: String) async {
    await #expect(processExitsWith: .failure) { [name] in
      _ = MetricsRegistry().counter("a", help: "", labels: [name: ""])
    }
  }

  @Test func `good names are accepted`() {
    let registry = MetricsRegistry()
    for name in ["a", "_", ":", "A:b_9", "z0"] { registry.counter(name, help: "", labels: ["_a9": ""]).add() }
    #expect(String(decoding: registry.render(), as: UTF8.self).contains("\nA:b_9{_a9=\"\"} 1\n"))
  }

  @Test func `a name has one kind`() async {
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.counter("a", help: "")
      _ = registry.gauge("a", help: "")
    }
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.gauge("a", help: "")
      registry.gauge("a", help: "") { 1 }
    }
  }

  @Test func `a name has one set of labels`() async {
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.counter("a", help: "", labels: ["x": ""])
      _ = registry.counter("a", help: "", labels: ["y": ""])
    }
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.counter("a", help: "", labels: ["x": ""])
      _ = registry.counter("a", help: "", labels: ["x": "", "y": ""])
    }
  }

  @Test func `a histogram has one set of buckets, that increase, and le and its suffixes to itself`() async {
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.histogram("a", help: "", buckets: .amounts([1]))
      _ = registry.histogram("a", help: "", buckets: .amounts([2]))
    }
    await #expect(processExitsWith: .failure) { _ = Buckets.amounts([]) }
    await #expect(processExitsWith: .failure) { _ = Buckets.amounts([1, 1]) }
    await #expect(processExitsWith: .failure) { _ = Buckets.durations([.seconds(2), .seconds(1)]) }
    await #expect(processExitsWith: .failure) {
      _ = MetricsRegistry().histogram("a", help: "", buckets: .amounts([1]), labels: ["le": ""])
    }
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.histogram("a", help: "", buckets: .amounts([1]))
      _ = registry.counter("a_count", help: "")
    }
    await #expect(processExitsWith: .failure) {
      let registry = MetricsRegistry()
      _ = registry.counter("a_sum", help: "")
      _ = registry.histogram("a", help: "", buckets: .amounts([1]))
    }
  }

  @Test func `a histogram observes what it was made for`() async {
    await #expect(processExitsWith: .failure) {
      MetricsRegistry().histogram("a", help: "", buckets: .amounts([1])).observe(.seconds(1))
    }
    await #expect(processExitsWith: .failure) {
      MetricsRegistry().histogram("a", help: "", buckets: .answerTimes).observe(UInt64(1))
    }
  }

  @Test func `the registry's own metric cannot be taken`() async {
    await #expect(processExitsWith: .failure) {
      _ = MetricsRegistry().counter("signalbox_metrics_overflow_total", help: "")
    }
  }
}
