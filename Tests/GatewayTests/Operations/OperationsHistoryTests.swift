import JSON
import Telemetry
import Testing

@testable import Gateway

/// The short history of the page of operations, without a gateway: readings come in, with the time at which they were made.
@Suite struct OperationsHistoryTests {
  private func shown(_ history: OperationsHistory, time: Int64 = 0, steady: Int64) throws -> JSONValue {
    var writer = JSONWriter()
    writer.object { history.write(now: (time: time, steady: steady), to: &$0) }
    return try JSONValue(parsing: writer.bytes)
  }

  private func numbers(_ shown: JSONValue, _ series: OperationsSeries) -> [Double?]? {
    shown["series"]?[series.rawValue]?.elements.map { $0.isNull ? nil : $0.double }
  }

  private func reading(
    at steady: Int64, running: Double = 0, requests: Double = 0, commits: Distribution? = nil
  ) -> OperationsReading {
    var reading = OperationsReading(steady: steady)
    reading.levels[.tasksRunning] = running
    reading.totals[.requestsPerSecond] = requests
    reading.times[.commitP95] = commits
    return reading
  }

  @Test func `levels are shown as they are, and totals as how fast they grow`() throws {
    var history = OperationsHistory()
    history.add(reading(at: 100_000, running: 2, requests: 10))
    history.add(reading(at: 105_000, running: 3, requests: 20))
    // Late, so it is a longer time in which they came.
    history.add(reading(at: 111_000, running: 3, requests: 50))
    // The gateway's counters never shrink; what would is shown as nothing.
    history.add(reading(at: 115_000, running: 1, requests: 0))
    let shown = try shown(history, time: 1_000_000_016_000, steady: 116_000)
    #expect(numbers(shown, .tasksRunning) == [2, 3, 3, 1])
    #expect(numbers(shown, .requestsPerSecond) == [nil, 2, 5, 0])
    // Nobody has told of these.
    #expect(numbers(shown, .connections) == [nil, nil, nil, nil])
    #expect(shown["every"]?.int == 5)
    #expect(shown["from"]?.string == RFC3339.text(secondsSince1970: 1_000_000_000))
    for series in OperationsSeries.allCases { #expect(numbers(shown, series)?.count == 4, "\(series)") }
  }

  @Test func `what was missed is not known, and a second one of the same moment is passed over`() throws {
    var history = OperationsHistory()
    history.add(reading(at: 0, running: 1))
    history.add(reading(at: 4_999, running: 9))
    history.add(reading(at: 20_000, running: 2, requests: 40))
    let shown = try shown(history, steady: 20_000)
    #expect(numbers(shown, .tasksRunning) == [1, nil, nil, nil, 2])
    #expect(numbers(shown, .requestsPerSecond) == [nil, nil, nil, nil, 2])
  }

  @Test func `ten minutes are kept, and no more after the longest sleep`() throws {
    var history = OperationsHistory()
    for number in 0..<500 { history.add(reading(at: Int64(number) * 5_000, running: Double(number))) }
    #expect(history.count == 120)
    let before = try shown(history, time: 10_000_000, steady: 499 * 5_000)
    #expect(numbers(before, .tasksRunning)?.first == 380)
    #expect(numbers(before, .tasksRunning)?.last == 499)
    #expect(before["from"]?.string == RFC3339.text(millisecondsSince1970: 10_000_000 - 119 * 5_000))
    history.add(reading(at: 900_000_000, running: 7))
    #expect(history.count == 120)
    #expect(numbers(try shown(history, steady: 900_000_000), .tasksRunning) == Array(repeating: nil, count: 119) + [7])
  }

  @Test func `times are those since the reading before, and none where there was nothing`() throws {
    let registry = MetricsRegistry()
    let commits = registry.histogram("c", help: "C.", buckets: .durations([.milliseconds(10), .milliseconds(100)]))
    func now() -> Distribution? { registry.distributions("c").first?.value }
    for _ in 1...100 { commits.observe(.milliseconds(90)) }
    var history = OperationsHistory()
    history.add(reading(at: 0, commits: now()))
    commits.observe(.milliseconds(3))
    history.add(reading(at: 5_000, commits: now()))
    history.add(reading(at: 10_000, commits: now()))
    #expect(numbers(try shown(history, steady: 10_000), .commitP95) == [nil, 9.5, nil])
  }

  @Test func `numbers have two places behind the point, and all of it stays small`() throws {
    var history = OperationsHistory()
    for number in 0..<120 {
      var reading = OperationsReading(steady: Int64(number) * 5_000)
      for series in OperationsSeries.allCases { reading.levels[series] = 99_999.987654321 - Double(number) / 7 }
      history.add(reading)
    }
    var writer = JSONWriter()
    writer.object { history.write(now: (0, 600_000), to: &$0) }
    #expect(writer.bytes.count < 16_384, "\(writer.bytes.count)")
    let shown = try JSONValue(parsing: writer.bytes)
    #expect(numbers(shown, .connections)?.first == 99_999.99)
  }

  @Test func `the next one is due when the next five seconds begin`() {
    #expect(OperationsHistory.pause(at: 0) == 5_000)
    #expect(OperationsHistory.pause(at: 4_999) == 1)
    #expect(OperationsHistory.pause(at: 5_001) == 4_999)
  }

  @Test func `a window tells of the last while, and of all where nothing happened in it`() throws {
    let registry = MetricsRegistry()
    let histogram = registry.histogram("c", help: "C.", buckets: .durations([.milliseconds(10), .milliseconds(100)]))
    func now() throws -> Distribution { try #require(registry.distributions("c").first).value }
    var window = TimesWindow(length: 3)
    histogram.observe(.milliseconds(90))
    #expect(window.times(until: try now()).isRecent == false)
    window.add(try now())
    histogram.observe(.milliseconds(5))
    let recent = window.times(until: try now())
    #expect(recent.isRecent && recent.times.total == 1)
    for _ in 1...3 { window.add(try now()) }
    let all = window.times(until: try now())
    #expect(!all.isRecent && all.times.total == 2)
  }
}
