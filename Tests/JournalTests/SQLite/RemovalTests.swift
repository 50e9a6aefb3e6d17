import FoundationEssentials
import Journal
import Telemetry
import TestSupport
import Testing

/// Records that outlive their task for a moment.
@Suite struct RemovalTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private var path: String { folder.path("journal.db") }

  private func open(_ name: String = "journal.db") async throws -> SQLiteJournal {
    try await SQLiteJournal.open(.test(folder.path(name)), log: KeptLog().log, metrics: MetricsRegistry())
  }

  private func count(_ table: String) throws -> String? {
    try SQL.run("SELECT count(*) FROM \(table)", on: path)
  }

  @Test func `of what was removed nothing is left in the file`() async throws {
    let journal = try await open()
    for task in 0..<100 {
      try await journal.store(.opening("\(task)", key: "k\(task)").remembering(Memo("run", text: "x")))
      try await journal.store(.events("\(task)", Array(repeating: "x", count: task == 50 ? 11_000 : 100)))
      if task != 99 { try await journal.store(.end("\(task)")) }
    }
    #expect(try await journal.trim(Retention(tasks: 1), now: 0) == Trimmed(tasks: 98, records: 98 * 102 + 10_900))
    await journal.close()
    #expect(try count("records") == "203")
    #expect(try count("removed") == "0")
    #expect(try count("tasks") == "2")
    #expect(try count("memos") == "2")
  }

  /// The gateway ended after a task had gone and before its records had.
  @Test func `what a removal has left is seen by nobody, and goes with the next one`() async throws {
    var journal = try await open()
    try await journal.store(.opening("kept"))
    try await journal.store(.opening("gone"))
    try await journal.store(.events("gone", Array(repeating: "x", count: 100)))
    await journal.close()
    try SQL.run("INSERT INTO removed SELECT number FROM tasks WHERE id = 'gone'", on: path)
    try SQL.run("DELETE FROM tasks WHERE id = 'gone'", on: path)
    journal = try await open()
    #expect(try await journal.all(of: "gone") == [])
    #expect(try await journal.seq(of: "gone", at: 50) == 0)
    let page = try await journal.records(.visible([.init()]), after: 0, limit: ReadLimit(records: 10))
    #expect(page.records.map(\.task) == ["kept"])
    #expect(page.isComplete && page.through == 102)
    let next = try await journal.store(.opening("gone"))
    #expect(next.map(\.seq) == [1])
    #expect(try await journal.all(of: "gone") == next)
    await journal.close()
    try FileManager.default.copyItem(atPath: path, toPath: folder.path("copy.db"))
    let copy = try await open("copy.db")
    #expect(try await copy.all(of: "gone") == next)
    await copy.close()
    journal = try await open()
    #expect(try await journal.trim(Retention(), now: 0) == Trimmed())
    #expect(try await journal.all(of: "gone") == next)
    await journal.close()
    #expect(try count("records") == "2")
  }
}
