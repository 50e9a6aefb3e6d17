import Journal
import TestSupport

/// A journal that remembers nothing before a test lets it, or stores nothing.
struct HeldJournal: Journal {
  let base: any Journal
  var gate: Gate?
  /// What comes before a batch is stored.
  var beforeAppend: @Sendable (Batch) async throws(JournalError) -> Void = { _ in }

  var epoch: String { base.epoch }
  var durability: Durability { base.durability }

  func remember(_ memos: [Memo], of task: String) async throws(JournalError) -> Bool {
    await gate?.pass()
    return try await base.remember(memos, of: task)
  }

  func append(_ batch: Batch) async throws(JournalError) -> Appended {
    try await beforeAppend(batch)
    return try await base.append(batch)
  }
  func records(_ selection: Selection, after offset: Int64, limit: ReadLimit) async throws(JournalError) -> Page {
    try await base.records(selection, after: offset, limit: limit)
  }
  func seq(of task: String, at offset: Int64) async throws(JournalError) -> Int64 {
    try await base.seq(of: task, at: offset)
  }
  func record(_ seq: Int64, of task: String) async throws(JournalError) -> Record? {
    try await base.record(seq, of: task)
  }
  func task(_ id: String) async throws(JournalError) -> StoredTask? { try await base.task(id) }
  func tasks(_ query: TaskQuery) async throws(JournalError) -> [StoredTask] { try await base.tasks(query) }
  func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing {
    try await base.standing(selection, limit: limit)
  }
  func count(_ query: TaskQuery) async throws(JournalError) -> Int { try await base.count(query) }
  func memos(of task: String, under prefix: String) async throws(JournalError) -> [Memo] {
    try await base.memos(of: task, under: prefix)
  }
  func memos(under prefix: String, ofRunning: Bool) async throws(JournalError) -> [TaskMemo] {
    try await base.memos(under: prefix, ofRunning: ofRunning)
  }
  func bounds() async throws(JournalError) -> Bounds { try await base.bounds() }
  func trim(_ retention: Retention, now: Int64) async throws(JournalError) -> Trimmed {
    try await base.trim(retention, now: now)
  }
  func follow(_ sink: @escaping @Sendable ([Committed]) -> Void) async throws(JournalError) -> Following {
    try await base.follow(sink)
  }
  func close() async { await base.close() }
}
