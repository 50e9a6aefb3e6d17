import Journal
import Telemetry
import TestSupport
import Testing

@Suite struct MetricsTests {
  private let folder: TemporaryFolder
  private let metrics = MetricsRegistry()

  init() throws {
    folder = try TemporaryFolder()
  }

  private var lines: [Substring] { String(decoding: metrics.render(), as: UTF8.self).split(separator: "\n") }

  private func value(_ name: String) -> Double? {
    lines.first { $0.hasPrefix(name + " ") }.flatMap { Double($0.dropFirst(name.count + 1)) }
  }

  @Test func `what is stored, refused and removed is counted`() async throws {
    #expect(FaultyDisk.isInstalled)
    let journal = try await SQLiteJournal.open(
      .test(folder.path("journal.db")), log: KeptLog().log, metrics: metrics)
    try await journal.store(.opening("a"))
    try await journal.store(.events("a", ["four", "five5"]))
    _ = try await journal.append(.events("nobody's", ["not stored"]))
    try await journal.store(.end("a"))
    // A commit is counted when everybody has been told of it; the next answer comes after that.
    _ = try await journal.trim(Retention(tasks: 0), now: 0)
    #expect(value("signalbox_journal_records_total") == 4)
    #expect(value("signalbox_journal_payload_bytes_total") == Double("openedfourfive5end".utf8.count))
    #expect(value("signalbox_journal_commit_seconds_count") == 4)
    #expect(value("signalbox_journal_commit_batches_sum") == 4)
    #expect(value("signalbox_journal_trimmed_tasks_total") == 1)
    #expect(value("signalbox_journal_tail") == 4)
    #expect(value("signalbox_journal_waiting_jobs") == 0)
    #expect(try #require(value("signalbox_journal_file_bytes")) > 10_000)
    FaultyDisk.set(.noRoom, below: folder.path)
    await #expect(throws: JournalError.self) { try await journal.append(.opening("b")) }
    FaultyDisk.set(nil, below: folder.path)
    #expect(value("signalbox_journal_failed_commits_total") == 1)
    #expect(value("signalbox_journal_records_total") == 4)
    await journal.close()
  }
}
