import Telemetry
import Testing

struct MetricsRegistryTests {
  @Test func `the same name and labels give the same object`() {
    let registry = MetricsRegistry()
    let first = registry.counter("a_total", help: "A.", labels: ["route": "/", "status": "200"])
    #expect(registry.counter("a_total", help: "A.", labels: ["status": "200", "route": "/"]) === first)
    #expect(registry.counter("a_total", help: "A.", labels: ["route": "/x", "status": "200"]) !== first)
    #expect(registry.gauge("b", help: "B.") === registry.gauge("b", help: "B."))
    let histogram = registry.histogram("c", help: "C.", buckets: .answerTimes)
    #expect(registry.histogram("c", help: "C.", buckets: .answerTimes) === histogram)
  }

  // The numbers are so large that the threads overlap even where other tests leave them little time.

  @Test func `a counter loses no concurrent addition`() {
    let counter = MetricsRegistry().counter("adds_total", help: "Adds.")
    inParallel { _ in for _ in 0..<500_000 { counter.add() } }
    #expect(counter.total == 10_000_000)
  }

  @Test func `a gauge loses no concurrent change`() {
    let gauge = MetricsRegistry().gauge("open", help: "Open.")
    inParallel { thread in
      for _ in 0..<500_000 { if thread % 2 == 0 { gauge.add(3) } else { gauge.subtract(2) } }
    }
    #expect(gauge.value == 5_000_000)
  }

  @Test func `a histogram loses no concurrent observation`() {
    let registry = MetricsRegistry()
    let histogram = registry.histogram("sizes", help: "Sizes.", buckets: .amounts([1, 2]))
    inParallel { _ in for index in 0..<80_000 { histogram.observe(UInt64(index % 4)) } }
    let text = String(decoding: registry.render(), as: UTF8.self)
    #expect(text.contains("{le=\"1\"} 800000\nsizes_bucket{le=\"2\"} 1200000\nsizes_bucket{le=\"+Inf\"} 1600000\n"))
    #expect(text.contains("sizes_sum 2400000\nsizes_count 1600000\n"))
  }

  @Test func `concurrent registration and rendering lose nothing`() {
    let registry = MetricsRegistry()
    inParallel { task in
      for index in 0..<500 {
        registry.counter("adds_total", help: "Adds.", labels: ["n": "\(index % 50)"]).add()
        if index % 100 == task { _ = registry.render() }
      }
    }
    for label in 0..<50 {
      #expect(registry.counter("adds_total", help: "Adds.", labels: ["n": "\(label)"]).total == 200)
    }
  }

  @Test func `beyond the limit series are counted together, and that is counted`() {
    let registry = MetricsRegistry(seriesLimit: 3)
    for index in 0..<10 {
      registry.counter("hits_total", help: "Hits.", labels: ["path": "/\(index)", "kind": "k"]).add()
    }
    registry.counter("hits_total", help: "Hits.", labels: ["path": "/1", "kind": "k"]).add(5)
    #expect(
      String(decoding: registry.render(), as: UTF8.self) == """
        # HELP hits_total Hits.
        # TYPE hits_total counter
        hits_total{kind="k",path="/0"} 1
        hits_total{kind="k",path="/1"} 6
        hits_total{kind="k",path="/2"} 1
        hits_total{kind="other",path="other"} 7
        # HELP signalbox_metrics_overflow_total Requests for a series beyond the limit of a metric, by metric.
        # TYPE signalbox_metrics_overflow_total counter
        signalbox_metrics_overflow_total{metric="hits_total"} 7

        """)
  }

  @Test func `each family has a limit of its own, and every kind keeps to it`() {
    let registry = MetricsRegistry(seriesLimit: 1)
    for label in ["a", "b", "c"] {
      registry.gauge("g", help: "G.", labels: ["l": label]).add()
      registry.gauge("r", help: "R.", labels: ["l": label]) { 1 }
      registry.histogram("h", help: "H.", buckets: .amounts([1]), labels: ["l": label]).observe(UInt64(1))
    }
    let text = String(decoding: registry.render(), as: UTF8.self)
    for line in ["g{l=\"a\"} 1", "g{l=\"other\"} 2", "r{l=\"a\"} 1.0", "r{l=\"other\"} 2.0", "h_count{l=\"other\"} 2"] {
      #expect(text.contains(line + "\n"))
    }
    for metric in ["g", "r", "h"] {
      #expect(text.contains("signalbox_metrics_overflow_total{metric=\"\(metric)\"} 2\n"))
    }
  }

  @Test func `a gauge is read when the metrics are rendered, outside of the lock`() {
    let registry = MetricsRegistry()
    let queue = registry.gauge("queue", help: "Queue.")
    registry.gauge("double_queue", help: "Twice the queue.") { Double(registry.gauge("queue", help: "").value) * 2 }
    registry.gauge("double_queue", help: "Twice the queue.") { 0.5 }
    queue.set(4)
    #expect(String(decoding: registry.render(), as: UTF8.self).contains("double_queue 8.5\n"))
    queue.set(-1)
    #expect(String(decoding: registry.render(), as: UTF8.self).contains("double_queue -1.5\n"))
  }
}
