import FoundationEssentials
import Journal
import Telemetry
import TestSupport
import Testing

/// A file that was put in place of the one that clients have seen must not be taken for it.
@Suite struct RestoringTests {
  private let folder: TemporaryFolder
  private let log = KeptLog()

  init() throws {
    folder = try TemporaryFolder()
  }

  private func open(_ name: String = "journal.db") async throws(JournalError) -> SQLiteJournal {
    try await SQLiteJournal.open(.test(folder.path(name)), log: log.log, metrics: MetricsRegistry())
  }

  private func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: folder.path(name)))
  }

  /// Into the file that is there, as `cp` does: it stays the same file.
  private func pour(_ bytes: Data, into name: String) throws {
    let handle = try FileDescriptor.truncating(folder.path(name))
    try handle.write(Array(bytes))
  }

  private func isNamed(_ text: String) -> Bool { log.lines.contains { $0.contains(text) } }

  @Test func `an older copy in the same place has a new epoch, and says how much is missing`() async throws {
    var journal = try await open()
    let epoch = journal.epoch
    try await journal.store(.opening("a"))
    await journal.close()
    let copy = try bytes("journal.db")
    journal = try await open()
    #expect(journal.epoch == epoch)
    try await journal.store(.events("a", ["clients have seen this", "and this"]))
    await journal.close()
    try pour(copy, into: "journal.db")
    journal = try await open()
    #expect(journal.epoch != epoch)
    #expect(isNamed("\"missing\":2"))
    #expect(try await journal.store(.events("a", ["another"])).map(\.offset) == [2])
    let second = journal.epoch
    await journal.close()
    journal = try await open()
    #expect(journal.epoch == second)
    await journal.close()
  }

  @Test func `a copy from before a restoring has a new epoch, however long it is`() async throws {
    var journal = try await open()
    try await journal.store(.opening("a"))
    await journal.close()
    let short = try bytes("journal.db")
    journal = try await open()
    let epoch = journal.epoch
    try await journal.store(.events("a", (0..<50).map { "\($0)" }))
    await journal.close()
    let long = try bytes("journal.db")
    try pour(short, into: "journal.db")
    journal = try await open()
    try await journal.store(.events("a", ["another"]))
    await journal.close()
    try pour(long, into: "journal.db")
    journal = try await open()
    #expect(journal.epoch != epoch)
    await journal.close()
  }

  @Test func `what was written before a crash but lies in no file any more is missed`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    let before = (try bytes("journal.db"), try bytes("journal.db-wal"))
    try await journal.store(.events("a", ["acknowledged"]))
    let epoch = journal.epoch
    let witness = try bytes("journal.db.lock")
    await journal.close()
    // As a disk leaves it that had not kept what it had promised: the end of the log is gone.
    try pour(before.0, into: "journal.db")
    try before.1.write(to: URL(filePath: folder.path("journal.db-wal")))
    try pour(witness, into: "journal.db.lock")
    let torn = try await open()
    #expect(torn.epoch != epoch)
    #expect(isNamed("the disk lost its end"))
    await torn.close()
  }

  @Test func `without its neighbour a journal is not known again`() async throws {
    let journal = try await open()
    await journal.close()
    for lost in [Data(), Data("scribble".utf8), Data(repeating: 32, count: 53)] {
      try pour(lost, into: "journal.db.lock")
      let again = try await open()
      #expect(again.epoch != journal.epoch)
      await again.close()
    }
  }

  @Test func `after the newest were removed it is still the same journal`() async throws {
    var journal = try await open()
    try await journal.store(.opening("a"))
    try await journal.store(.end("a"))
    _ = try await journal.trim(Retention(tasks: 0), now: 0)
    let epoch = journal.epoch
    await journal.close()
    journal = try await open()
    #expect(journal.epoch == epoch)
    #expect(try await journal.bounds() == Bounds(tail: 2, trimmed: 2))
    await journal.close()
  }

  @Test func `a link leads to the same lock and the same log of writes`() async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    let elsewhere = folder.path("elsewhere")
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: elsewhere + "/link.db", withDestinationPath: folder.path("journal.db"))
    let error = await #expect(throws: JournalError.self) { try await open("elsewhere/link.db") }
    #expect(error?.code == .locked)
    await journal.close()
    let linked = try await open("elsewhere/link.db")
    #expect(linked.epoch == journal.epoch)
    #expect(try await linked.all(of: "a").count == 1)
    await linked.close()
  }

  @Test(arguments: ["DELETE FROM records WHERE offset = 2", "DELETE FROM tasks WHERE id = 'a'"])
  func `a copy whose pages are good and whose tasks are not whole is refused`(_ loss: String) async throws {
    let journal = try await open()
    try await journal.store(.opening("a"))
    try await journal.store(.events("a", ["x", "y"]))
    await journal.close()
    try FileManager.default.copyItem(atPath: folder.path("journal.db"), toPath: folder.path("copy.db"))
    try SQL.run(loss, on: folder.path("copy.db"))
    let error = await #expect(throws: JournalError.self) { try await open("copy.db") }
    #expect(error?.code == .corrupt)
  }

  /// What `cp` gives of a journal that is being written. It may be good for nothing, and then says so; never is something missing silently.
  @Test func `a file that was copied in the middle of writing is whole or refused`() async throws {
    let journal = try await open()
    let tasks = ["a", "b", "c"]
    for task in tasks { try await journal.store(.opening(task)) }
    let writing = Task {
      var number = 2
      while !Task.isCancelled {
        for task in tasks {
          try await journal.store(.events(task, ["\(number) " + String(repeating: "x", count: 3000)]))
        }
        number += 1
      }
    }
    var (whole, refused) = (0, 0)
    for round in 0..<16 {
      let tail = try await journal.bounds().tail
      #expect(try await eventually { try await journal.bounds().tail > tail + 60 })
      let name = "copy\(round).db"
      for suffix in round.isMultiple(of: 2) ? ["", "-wal"] : ["-wal", ""] {
        try await onThread { [folder] in
          try FileManager.default.copyItem(
            atPath: folder.path("journal.db" + suffix), toPath: folder.path(name + suffix))
        }
      }
      let copy: SQLiteJournal
      do throws(JournalError) {
        copy = try await open(name)
      } catch {
        #expect(error.code == .corrupt, "\(error)")
        refused += 1
        continue
      }
      whole += 1
      #expect(copy.epoch != journal.epoch)
      try await check(copy, tasks)
      await copy.close()
    }
    writing.cancel()
    _ = await writing.result
    await journal.close()
    #expect(whole + refused == 16)
    #expect(whole > 0)
  }

  private func check(_ copy: SQLiteJournal, _ tasks: [String]) async throws {
    for task in tasks {
      let records = try await copy.all(of: task)
      let isWhole = records.map(\.seq) == (1...Int64(max(1, records.count))).map { $0 }
      #expect(isWhole)
      let isRight = records.dropFirst().allSatisfy { $0.text.hasPrefix("\($0.seq) ") }
      #expect(isRight)
      #expect(try await copy.task(task)?.lastSeq == Int64(records.count))
    }
  }
}
