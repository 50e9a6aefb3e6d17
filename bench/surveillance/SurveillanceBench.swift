import Glibc
import Surveillance

/// Reference data from its files, and alerts on it.
struct SurveillanceBench {
  private static let alertsOfEachKind = 300
  private static let chunk = 1 << 20

  let trades: Int

  func run() async throws {
    let before = Self.residentBytes
    let (reference, loading) = try load()
    let held = Self.residentBytes - before
    print("trades loaded            \(reference.rowCount(of: .trades))")
    print(
      "loading                  \(Self.text(loading.seconds)) s, \(loading.bytes / loading.milliseconds / 1_000) MB/s")
    print(
      "memory held              \(held / 1_000_000) MB, \(held / max(1, reference.rowCount(of: .trades))) bytes a trade"
    )
    for kind in AlertKind.allCases { try await analyse(kind, reference) }
  }

  private struct Loading {
    let seconds: Double
    let bytes: Int
    var milliseconds: Int { max(1, Int(seconds * 1_000)) }
  }

  /// The files are made while they are read, so that they take no memory; only reading is timed.
  private func load() throws -> (ReferenceData, Loading) {
    let world = World(trades: trades)
    var loader = ReferenceLoader()
    var time = Duration.zero
    var bytes = 0
    func feed(_ chunk: [UInt8]) throws {
      bytes += chunk.count
      let start = ContinuousClock.now
      try loader.take(chunk)
      time += ContinuousClock.now - start
    }
    for file in ReferenceFile.allCases {
      try loader.begin(file)
      if file == .trades {
        var writer = ReferenceWriter(.trades)
        try world.trades { trade in
          writer.write(trade)
          if writer.count >= Self.chunk { try feed(writer.drain()) }
        }
        try feed(writer.drain())
      } else {
        try feed(world.tables.bytes(of: file))
      }
      try loader.end()
    }
    let start = ContinuousClock.now
    let reference = try loader.finish()
    time += ContinuousClock.now - start
    return (reference, Loading(seconds: time / .seconds(1), bytes: bytes))
  }

  private func analyse(_ kind: AlertKind, _ reference: ReferenceData) async throws {
    let scenarios = Scenario.all.filter { $0.kind == kind }
    var bytes = 0
    var slowest = Duration.zero
    let start = ContinuousClock.now
    for number in 0..<Self.alertsOfEachKind {
      let begin = ContinuousClock.now
      bytes += try await decide(scenarios[number % scenarios.count], reference)
      slowest = max(slowest, ContinuousClock.now - begin)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let name = kind.rawValue + String(repeating: " ", count: max(0, 16 - kind.rawValue.count))
    print(
      "\(name)         \(Int(Double(Self.alertsOfEachKind) / seconds)) alerts/s, slowest \(Self.text(slowest / .milliseconds(1))) ms, "
        + "\(bytes / Self.alertsOfEachKind / 1_000) kB a decision")
  }

  private func decide(_ scenario: Scenario, _ reference: ReferenceData) async throws -> Int {
    let alert = try AlertParser.parse(Array(scenario.alert.utf8))[0]
    let gathered = try await Investigation(alert, reference, .standard).gather(scenario.kind, with: Unwatched())
    let judgement = Judgement.make(gathered.assess([:]), policy: .standard)
    let decision = Decision(
      alert, judgement, precedents: .standard, .init(id: "bench", at: Instant(milliseconds: 0)))
    return decision.json.count + decision.page.utf8.count
  }

  private static func text(_ number: Double) -> String { Decimals.text(number, digits: 2) }

  /// The memory that this process has in use.
  private static var residentBytes: Int {
    guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard unsafe fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
      separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * Int(getpagesize()) : 0
  }
}

/// Tools that nobody watches.
private struct Unwatched: ToolRunning {
  func run<Work: Tool>(_ tool: Work, about inputs: [Evidence.Input]) async throws -> Work.Facts {
    try await tool.run(ToolReporter(total: Work.steps) { _ in })
  }
}
