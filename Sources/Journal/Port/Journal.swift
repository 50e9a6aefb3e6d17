/// The append-only log of all that happens to tasks, and the port to whatever keeps it. Any thread.
///
/// What `append` has returned as stored is there after a crash; what followers are told of is stored. One conformance suite holds for all
/// engines.
package protocol Journal: Sendable {
  /// Names this journal. A restored or a new one has another, so that cursors of the old one are not misread. It may change while the
  /// journal is open, where a server keeps it that has lost something.
  var epoch: String { get }
  /// What a commit outlives.
  var durability: Durability { get }

  /// Stores the batch, and returns when it is stored.
  func append(_ batch: Batch) async throws(JournalError) -> Appended

  /// What comes behind an offset, in order. One seek for each task that was asked for, however long the history is. A page may be
  /// empty and not complete: then much was passed over.
  func records(_ selection: Selection, after offset: Int64, limit: ReadLimit) async throws(JournalError) -> Page
  /// The number of a task's last record at or before an offset: how much of it somebody has who holds that cursor. One seek.
  func seq(of task: String, at offset: Int64) async throws(JournalError) -> Int64
  /// One record by its number; nil when there is none. In time with that number: for single records, not for histories.
  func record(_ seq: Int64, of task: String) async throws(JournalError) -> Record?

  func task(_ id: String) async throws(JournalError) -> StoredTask?
  func tasks(_ query: TaskQuery) async throws(JournalError) -> [StoredTask]
  /// How tasks stand, all at one moment: those that were named and are there, in that order; or, of all that may be seen, those that run
  /// (the newest 1000 of them), and the newest that have ended as long as there are no more than `limit` in all, newest first.
  func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing

  /// How many tasks a query finds, were its limit and its place in the list none.
  func count(_ query: TaskQuery) async throws(JournalError) -> Int

  /// Remembers, or forgets, without a record. False when there is no such task.
  func remember(_ memos: [Memo], of task: String) async throws(JournalError) -> Bool
  /// The same for a run, as long as it belongs to that lease.
  func remember(_ memos: [Memo], of task: String, under fence: Fence?) async throws(JournalError) -> Remembered
  /// What is remembered of a task under names that begin so, by name.
  func memos(of task: String, under prefix: String) async throws(JournalError) -> [Memo]
  /// The same for all tasks, or for those that run, oldest first.
  func memos(under prefix: String, ofRunning: Bool) async throws(JournalError) -> [TaskMemo]

  func bounds() async throws(JournalError) -> Bounds

  /// Removes ended tasks, whole, by age and number. Never one that runs.
  func trim(_ retention: Retention, now: Int64) async throws(JournalError) -> Trimmed

  /// `sink` is told of every batch that is stored from now on, in the order of offsets, once, until the returned value is let
  /// go of. It is called on the journal's own thread and must not wait.
  func follow(_ sink: @escaping @Sendable ([Committed]) -> Void) async throws(JournalError) -> Following

  /// Nil where one gateway has the journal, and all runs with it.
  var leases: (any RunLeases)? { get }

  /// `body` is told when the epoch has changed, with the offset of the last record that is left: between what followers are told of the
  /// one journal and of the other, on the journal's own thread. It must not wait.
  func whenRenewed(_ body: @escaping @Sendable (_ tail: Int64) -> Void)

  /// Stores what is under way, and takes no more.
  func close() async
}

extension Journal {
  /// A journal that nobody else has does not change while it is open.
  package func whenRenewed(_ body: @escaping @Sendable (_ tail: Int64) -> Void) {}

  /// And its runs are nobody else's.
  package var leases: (any RunLeases)? { nil }

  package func remember(
    _ memos: [Memo], of task: String, under fence: Fence?
  ) async throws(JournalError) -> Remembered {
    try await remember(memos, of: task) ? .kept : .noSuchTask
  }
}

package struct Bounds: Sendable, Equatable {
  /// The offset of the last record that was stored; 0 when there was none.
  package let tail: Int64
  /// Records up to this offset may be gone. A cursor before it has missed something; one at it has not.
  package let trimmed: Int64

  package init(tail: Int64, trimmed: Int64) {
    self.tail = tail
    self.trimmed = trimmed
  }
}

/// At least one record is given, whatever the limit.
package struct ReadLimit: Sendable, Equatable {
  package var records: Int
  /// Of payloads.
  package var bytes: Int

  package init(records: Int, bytes: Int = .max) {
    self.records = records
    self.bytes = bytes
  }
}

package enum Durability: String, Sendable, CaseIterable {
  /// A commit returns when the disk has it: it outlives a power failure.
  case full
  /// It outlives the end of the process; after a power failure the last moments may be missing.
  case normal
  /// A server has it in its memory, and perhaps in a snapshot of that: when the server ends, the last minutes or all of it may be gone.
  case volatile
  /// A server has it, and does not say how it keeps it.
  case unknown
}

/// How long what has ended is kept. Running tasks count for neither.
package struct Retention: Sendable, Equatable {
  /// Milliseconds since the last record.
  package var age: Int64?
  package var tasks: Int?

  package init(age: Int64? = nil, tasks: Int? = nil) {
    self.age = age
    self.tasks = tasks
  }
}

package struct Trimmed: Sendable, Equatable {
  package var tasks = 0
  package var records = 0

  package init(tasks: Int = 0, records: Int = 0) {
    self.tasks = tasks
    self.records = records
  }
}

/// Someone who follows a journal; letting go of it ends that.
package final class Following: Sendable {
  private let end: @Sendable () -> Void

  package init(end: @escaping @Sendable () -> Void) {
    self.end = end
  }

  deinit { end() }
}
