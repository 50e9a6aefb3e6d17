import Journal
import Synchronization

/// A journal that does not tell at first which runs there are.
final class FailingJournal: Journal {
  private let journal: any Journal
  private let failures: Mutex<Int>

  init(_ journal: any Journal, failures: Int) {
    self.journal = journal
    self.failures = Mutex(failures)
  }

  func memos(under prefix: String, ofRunning: Bool) async throws(JournalError) -> [TaskMemo] {
    let fails = failures.withLock { left in
      left -= 1
      return left >= 0
    }
    if fails { throw JournalError(.failed, "It is torn.") }
    return try await journal.memos(under: prefix, ofRunning: ofRunning)
  }

  // MARK: As ever

  var epoch: String { journal.epoch }
  var durability: Durability { journal.durability }

  func append(_ batch: Batch) async throws(JournalError) -> Appended { try await journal.append(batch) }
  func records(_ selection: Selection, after offset: Int64, limit: ReadLimit) async throws(JournalError) -> Page {
    try await journal.records(selection, after: offset, limit: limit)
  }
  func seq(of task: String, at offset: Int64) async throws(JournalError) -> Int64 {
    try await journal.seq(of: task, at: offset)
  }
  func record(_ seq: Int64, of task: String) async throws(JournalError) -> Record? {
    try await journal.record(seq, of: task)
  }
  func task(_ id: String) async throws(JournalError) -> StoredTask? { try await journal.task(id) }
  func tasks(_ query: TaskQuery) async throws(JournalError) -> [StoredTask] { try await journal.tasks(query) }
  func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing {
    try await journal.standing(selection, limit: limit)
  }
  func count(_ query: TaskQuery) async throws(JournalError) -> Int { try await journal.count(query) }
  func remember(_ memos: [Memo], of task: String) async throws(JournalError) -> Bool {
    try await journal.remember(memos, of: task)
  }
  func memos(of task: String, under prefix: String) async throws(JournalError) -> [Memo] {
    try await journal.memos(of: task, under: prefix)
  }
  func bounds() async throws(JournalError) -> Bounds { try await journal.bounds() }
  func trim(_ retention: Retention, now: Int64) async throws(JournalError) -> Trimmed {
    try await journal.trim(retention, now: now)
  }
  func follow(_ sink: @escaping @Sendable ([Committed]) -> Void) async throws(JournalError) -> Following {
    try await journal.follow(sink)
  }
  func close() async { await journal.close() }
}
