import Journal
import Synchronization
import Telemetry
import TestSupport

/// The engines that keep a journal. Each passes the same suite.
enum Engine: CaseIterable, Sendable {
  case sqlite
  case redis

  /// A new journal in a place of its own, with a clock that stands still until it is turned.
  func make() async throws -> TestJournal {
    try await TestJournal(self)
  }
}

/// A journal that can be closed and opened again, as a restart does.
final class TestJournal: Sendable {
  let clock = TurnedClock()
  let folder: TemporaryFolder
  let log = KeptLog()
  private let engine: Engine
  private let current: Mutex<any Journal>

  init(_ engine: Engine) async throws {
    let folder = try TemporaryFolder()
    self.folder = folder
    self.engine = engine
    current = Mutex(try await Self.open(engine, folder, clock, log))
  }

  var journal: any Journal { current.withLock { $0 } }
  var path: String { folder.path("journal.db") }

  func reopen(_ engine: Engine? = nil) async throws {
    await journal.close()
    let next = try await Self.open(engine ?? self.engine, folder, clock, log)
    current.withLock { $0 = next }
  }

  private static func open(
    _ engine: Engine, _ folder: TemporaryFolder, _ clock: TurnedClock, _ log: KeptLog
  ) async throws -> any Journal {
    switch engine {
    case .sqlite:
      try await SQLiteJournal.open(
        .test(folder.path("journal.db"), clock: clock), log: log.log, metrics: MetricsRegistry())
    case .redis:
      // The name of the folder is nobody else's, and so is the prefix.
      try await RedisJournal.open(
        .test(RedisProcess.shared(), prefix: folder.path, clock: clock), log: log.log, metrics: MetricsRegistry())
    }
  }
}

extension RedisJournalOptions {
  static func test(
    _ server: RedisProcess, prefix: String = "test", clock: TurnedClock = TurnedClock()
  ) -> RedisJournalOptions {
    var options = RedisJournalOptions(
      server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false), clock: { clock.now },
      newEpoch: Epochs.next)
    options.prefix = prefix
    return options
  }
}

extension SQLiteJournalOptions {
  /// Without waiting for the disk, because most tests are not about power failures.
  static func test(_ path: String, clock: TurnedClock = TurnedClock()) -> SQLiteJournalOptions {
    var options = SQLiteJournalOptions(path: path, clock: { clock.now }, newEpoch: Epochs.next)
    options.durability = .normal
    return options
  }
}

enum Epochs {
  private static let count = Atomic<Int>(0)

  @Sendable static func next() -> String {
    "epoch\(count.add(1, ordering: .relaxed).newValue)"
  }
}

/// Milliseconds since 1970, as the test says.
final class TurnedClock: Sendable {
  private let time = Atomic<Int64>(1_000_000)

  var now: Int64 {
    get { time.load(ordering: .relaxed) }
    set { time.store(newValue, ordering: .relaxed) }
  }
}

/// A log, kept.
final class KeptLog: LogSink {
  private let kept = Mutex<[String]>([])

  func write(_ line: [UInt8]) {
    kept.withLock { $0.append(String(decoding: line, as: UTF8.self)) }
  }

  var lines: [String] { kept.withLock { $0 } }
  var log: Log { Log(sink: self, clock: { 0 }) }
}
