import Telemetry
import Testing

struct DistributionTests {
  private let registry = MetricsRegistry()

  private func histogram(_ agent: String = "a") -> Histogram {
    registry.histogram(
      "times", help: "Times.", buckets: .durations([.milliseconds(10), .milliseconds(20), .milliseconds(40)]),
      labels: ["agent": agent])
  }

  private func distribution() throws -> Distribution { try #require(registry.distributions("times").first).value }

  @Test func `shares are estimated as if values were evenly spread in their bucket`() throws {
    for _ in 1...50 { histogram().observe(.milliseconds(5)) }
    for _ in 1...50 { histogram().observe(.milliseconds(15)) }
    let times = try distribution()
    #expect(times.total == 100)
    #expect(times.milliseconds(below: 0.25) == 5)
    #expect(times.milliseconds(below: 0.5) == 10)
    #expect(times.milliseconds(below: 0.75) == 15)
    #expect(times.milliseconds(below: 1) == 20)
  }

  @Test func `nothing is estimated above the last bound, nor of nothing`() throws {
    _ = histogram()
    #expect(try distribution().milliseconds(below: 0.5) == nil)
    histogram().observe(.seconds(7))
    #expect(try distribution().milliseconds(below: 0.5) == 40)
  }

  @Test func `between two moments only what came between counts`() throws {
    for _ in 1...9 { histogram().observe(.milliseconds(35)) }
    let before = try distribution()
    #expect(try distribution().since(before).total == 0)
    histogram().observe(.milliseconds(2))
    let between = try distribution().since(before)
    #expect(between.total == 1)
    #expect(between.milliseconds(below: 1) == 10)
    // The other way round nothing was counted.
    #expect(before.since(try distribution()).total == 0)
  }

  @Test func `series are told by their labels, and can be added up`() throws {
    histogram("a").observe(.milliseconds(5))
    histogram("b").observe(.milliseconds(5))
    histogram("b").observe(.milliseconds(35))
    let series = registry.distributions("times")
    #expect(series.map(\.labels) == [["agent": "a"], ["agent": "b"]])
    #expect(series.map(\.value.total) == [1, 2])
    #expect(series[0].value.adding(series[1].value).total == 3)
  }

  @Test func `counters, gauges and readings give their numbers, and nothing else does`() {
    registry.counter("c_total", help: "C.", labels: ["k": "x"]).add(3)
    registry.counter("c_total", help: "C.", labels: ["k": "y"]).add(4)
    registry.gauge("g", help: "G.").set(-2)
    registry.gauge("r", help: "R.") { 1.5 }
    registry.gauge("r", help: "R.") { 2 }
    _ = histogram()
    let counted = registry.samples("c_total")
    #expect(counted.map(\.labels) == [["k": "x"], ["k": "y"]])
    #expect(counted.map(\.value) == [3, 4])
    #expect(registry.samples("g").map(\.value) == [-2])
    #expect(registry.samples("r").map(\.value) == [3.5])
    #expect(registry.samples("times").isEmpty && registry.samples("absent").isEmpty)
    #expect(registry.distributions("g").isEmpty && registry.distributions("absent").isEmpty)
  }
}
