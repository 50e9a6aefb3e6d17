import FoundationEssentials
import Journal
import Telemetry
import TestSupport
import Testing

/// Files that are not as they should be: each has its own sentence, and nothing is lost by it.
@Suite struct OpeningTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var path: String { folder.path("journal.db") }

  private func open(_ name: String = "journal.db") async throws(JournalError) -> SQLiteJournal {
    try await SQLiteJournal.open(.test(folder.path(name)), log: KeptLog().log, metrics: MetricsRegistry())
  }

  private func refusal(_ name: String = "journal.db") async -> JournalError? {
    do throws(JournalError) {
      await (try open(name)).close()
      return nil
    } catch {
      return error
    }
  }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: folder.path(name))))
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: URL(filePath: folder.path(name)))
  }

  @Test func `two gateways do not share a file`() async throws {
    let first = try await open()
    #expect(await refusal()?.code == .locked)
    #expect(await refusal()?.description.contains("journal.db is in use by another gateway") == true)
    try await first.store(.opening("a"))
    await first.close()
    let second = try await open()
    #expect(try await second.all(of: "a").count == 1)
    await second.close()
  }

  @Test func `a copy has another epoch and the same records, a renamed file has the same`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    let records = try await journal.all(of: "a")
    await journal.close()
    for name in ["", ".lock"] {
      try FileManager.default.moveItem(atPath: path + name, toPath: folder.path("renamed.db" + name))
    }
    let renamed = try await open("renamed.db")
    #expect(renamed.epoch == journal.epoch)
    await renamed.close()
    try FileManager.default.copyItem(atPath: folder.path("renamed.db"), toPath: folder.path("copy.db"))
    let copy = try await open("copy.db")
    #expect(copy.epoch != journal.epoch)
    #expect(try await copy.all(of: "a") == records)
    await copy.close()
    let again = try await open("copy.db")
    #expect(again.epoch == copy.epoch)
    await again.close()
  }

  @Test func `what is no journal is refused and left alone`() async throws {
    let text = Array("This is a letter to my aunt, and it is long enough to have a header's length.".utf8)
    try write(text + [UInt8](repeating: 32, count: 1000), "journal.db")
    #expect(await refusal()?.code == .corrupt)
    #expect(try bytes("journal.db").starts(with: text))
  }

  @Test func `a database of another program is refused and left alone`() async throws {
    try SQL.run("CREATE TABLE recipes (name TEXT)", on: path)
    let before = try bytes("journal.db")
    let error = await refusal()
    #expect(error?.code == .corrupt)
    #expect(error?.description.contains("another program") == true)
    #expect(try SQL.run("SELECT count(*) FROM recipes", on: path) == "0")
    #expect(before.count == (try bytes("journal.db").count))
  }

  @Test func `a file of a later version is refused`() async throws {
    await (try open()).close()
    try SQL.run("PRAGMA user_version = 99", on: path)
    #expect(await refusal()?.code == .tooNew)
  }

  @Test func `a folder that does not exist is named`() async throws {
    let error = await refusal("nowhere/journal.db")
    #expect(error?.code == .unreadable)
    #expect(error?.description.contains("nowhere/journal.db") == true)
  }

  @Test func `damage is found before anything is written`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    for number in 0..<200 { try await journal.store(.events("a", [String(repeating: "\(number) ", count: 200)])) }
    await journal.close()
    let whole = try bytes("journal.db")
    var found = 0
    for page in stride(from: 4096, to: whole.count, by: 4096 * 3) {
      var damaged = whole
      for index in page..<page + 16 { damaged[index] ^= 0x5A }
      try write(damaged, "journal.db")
      try? FileManager.default.removeItem(atPath: path + "-wal")
      if let error = await refusal() {
        #expect(error.code == .corrupt, "\(error)")
        found += 1
      }
    }
    // Heads of pages say what is in them; where one is wrecked, SQLite notices.
    #expect(found > 5)
    try write(whole, "journal.db")
    #expect(await refusal() == nil)
  }

  /// A crash leaves the log of writes at any length: what was committed before that is there, what was not is not, and what was begun is
  /// named.
  @Test func `a torn last write is found and named, and nothing acknowledged before it is missing`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    var ends: [(bytes: Int, tail: Int64)] = []
    for number in 0..<12 {
      try await journal.store(.events("a", [String(repeating: "\(number) ", count: 3000)]))
      ends.append((try bytes("journal.db-wal").count, try await journal.bounds().tail))
    }
    let (file, log) = (try bytes("journal.db"), try bytes("journal.db-wal"))
    await journal.close()
    var random = SeededRandom(seed: 3)
    for round in 0..<40 {
      let cut = Int.random(in: ends[0].bytes...log.count, using: &random)
      try write(file, "torn\(round).db")
      try write(Array(log.prefix(cut)), "torn\(round).db-wal")
      let kept = KeptLog()
      let torn = try await SQLiteJournal.open(
        .test(folder.path("torn\(round).db")), log: kept.log, metrics: MetricsRegistry())
      let expected = ends.last { $0.bytes <= cut }
      #expect(try await torn.bounds().tail == expected?.tail, "cut at \(cut)")
      #expect(try await torn.all(of: "a").map(\.seq) == (1...(expected?.tail ?? 0)).map { $0 })
      let isNamed = kept.lines.contains { $0.contains("the last write had not been finished") }
      #expect(isNamed == (cut != expected?.bytes), "cut at \(cut)")
      await torn.close()
    }
  }

  @Test func `a full disk refuses, and what was stored before and comes after room is made is there`() async throws {
    var options = SQLiteJournalOptions.test(path)
    options.sizeLimit = 400_000
    var journal = try await SQLiteJournal.open(options, log: KeptLog().log, metrics: MetricsRegistry())
    try await journal.store(.opening("a"))
    var stored: Int64 = 1
    var refusal: JournalError?
    while refusal == nil {
      do throws(JournalError) {
        let outcome = try await journal.append(.events("a", [String(repeating: "x", count: 5000)]))
        stored += Int64(outcome.records.count)
        guard stored < 1000 else { break }
      } catch {
        refusal = error
      }
    }
    #expect(refusal?.code == .full)
    #expect(try await journal.all(of: "a").map(\.seq) == (1...stored).map { $0 })
    await journal.close()
    journal = try await open()
    #expect(try await journal.store(.events("a", ["there is room again"])).map(\.seq) == [stored + 1])
    #expect(try await journal.bounds().tail == stored + 1)
    await journal.close()
  }
}
