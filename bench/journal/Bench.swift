import Glibc
import Journal
import Telemetry

/// Journals to measure, and figures as text.
enum Bench {
  /// A journal in a file of its own. Whoever asks for it removes the file.
  static func journal(_ path: String, _ durability: Durability, isNew: Bool = true) async throws -> SQLiteJournal {
    if isNew { remove(path) }
    var options = SQLiteJournalOptions(path: path, clock: milliseconds, newEpoch: { "bench" })
    options.durability = durability
    return try await SQLiteJournal.open(options, log: log, metrics: MetricsRegistry())
  }

  static var log: Log { Log(sink: StandardError(), clock: { 0 }) }

  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", ".lock"] { unsafe unlink(path + suffix) }
  }

  @Sendable static func milliseconds() -> Int64 {
    var time = timespec()
    unsafe _ = clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// User and system time of this process, in microseconds.
  static func processorTime() -> Double {
    var time = timespec()
    unsafe _ = clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }

  static func opening(_ task: String) -> Batch {
    Batch(
      task: task, entries: [Entry(.event, origin: "bench", payload: payload)],
      opening: TaskOpening(owner: "alex", tenant: nil, agent: "bench"), change: TaskChange(state: "submitted"))
  }

  static func event(_ task: String) -> Batch {
    Batch(task: task, entries: [Entry(.event, origin: "bench", payload: payload)])
  }

  /// An event of the usual size.
  private static let payload: [UInt8] = Array("{\"text\":\"\(String(repeating: "x", count: 289))\"}".utf8)

  /// Texts as columns: the first to the left, the others to the right.
  static func line(_ first: String, _ others: [String]) -> String {
    pad(first, 34) + others.map { String(repeating: " ", count: max(1, 12 - $0.count)) + $0 }.joined()
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  static func percentile(_ sorted: [Duration], _ share: Double) -> String {
    text(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))])
  }

  /// In milliseconds, with three digits.
  static func text(_ duration: Duration) -> String {
    let microseconds = Int(duration / .microseconds(1))
    let rest = String(microseconds % 1000)
    return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

private struct StandardError: LogSink {
  func write(_ line: [UInt8]) {
    unsafe _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
