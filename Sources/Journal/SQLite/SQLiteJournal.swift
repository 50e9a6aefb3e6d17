package import Telemetry

/// The journal in one SQLite file: a thread that writes and commits in groups, and threads that read.
package final class SQLiteJournal: Journal {
  package let epoch: String
  package let durability: Durability
  private let writer: JournalThreads<WriterJob>
  private let readers: JournalThreads<ReaderJob>
  private let facts: JournalFacts
  private let turn = Turn()

  /// Opens the file, or makes it. Throws with a sentence when it is damaged, in use, not ours, or cannot be written.
  package static func open(
    _ options: SQLiteJournalOptions, log: Log, metrics: MetricsRegistry
  ) async throws(JournalError) -> SQLiteJournal {
    var options = options
    options.path = JournalFile.resolved(options.path)
    let (writer, readers) = (JournalThreads<WriterJob>(), JournalThreads<ReaderJob>())
    let facts = JournalFacts(JournalMetrics(metrics, waiting: { [weak writer] in Double(writer?.depth ?? 0) }))
    let epoch = try await start(writer, options, log, facts)
    do throws(JournalError) {
      for _ in 0..<options.readers {
        try readers.start { [path = options.path] in ReaderLoop.run(path, threads: readers) }
      }
    } catch {
      await readers.end()
      await writer.end()
      throw error
    }
    return SQLiteJournal(epoch: epoch, durability: options.durability, writer: writer, readers: readers, facts: facts)
  }

  /// Returns the journal's epoch, when it is ready.
  private static func start(
    _ writer: JournalThreads<WriterJob>, _ options: SQLiteJournalOptions, _ log: Log, _ facts: JournalFacts
  ) async throws(JournalError) -> String {
    let result = await writer.answer { (opened: @escaping WriterJob.Reply<String>) in
      do throws(JournalError) {
        try writer.start { WriterLoop.run(options, log: log, facts: facts, threads: writer, opened: opened) }
      } catch {
        opened(.failure(error))
      }
    }
    return try result.get()
  }

  private init(
    epoch: String, durability: Durability, writer: JournalThreads<WriterJob>, readers: JournalThreads<ReaderJob>,
    facts: JournalFacts
  ) {
    self.epoch = epoch
    self.durability = durability
    self.writer = writer
    self.readers = readers
    self.facts = facts
  }

  package func append(_ batch: Batch) async throws(JournalError) -> Appended {
    precondition(!batch.entries.isEmpty, "A batch without entries says nothing.")
    return try await write { .append(batch, $0) }
  }

  package func trim(_ retention: Retention, now: Int64) async throws(JournalError) -> Trimmed {
    var total = Trimmed()
    while true {
      let (trimmed, isComplete) = try await write { .trim(retention, now: now, $0) }
      total.tasks += trimmed.tasks
      total.records += trimmed.records
      if isComplete { return total }
    }
  }

  package func bounds() async throws(JournalError) -> Bounds {
    facts.bounds
  }

  package func follow(_ sink: @escaping @Sendable ([Committed]) -> Void) async throws(JournalError) -> Following {
    let id = turn.next()
    try await write { .follow(id, sink, $0) }
    let writer = writer
    return Following { _ = writer.add(.unfollow(id)) }
  }

  package func records(
    _ selection: Selection, after offset: Int64, limit: ReadLimit
  ) async throws(JournalError) -> Page {
    try await read { reader throws(JournalError) in try reader.page(selection, after: offset, limit: limit) }
  }

  package func seq(of task: String, at offset: Int64) async throws(JournalError) -> Int64 {
    try await read { reader throws(JournalError) in try reader.seq(of: task, at: offset) }
  }

  package func record(_ seq: Int64, of task: String) async throws(JournalError) -> Record? {
    try await read { reader throws(JournalError) in try reader.record(seq, of: task) }
  }

  package func task(_ id: String) async throws(JournalError) -> StoredTask? {
    try await read { reader throws(JournalError) in try reader.task(id) }
  }

  package func tasks(_ query: TaskQuery) async throws(JournalError) -> [StoredTask] {
    try await read { reader throws(JournalError) in try reader.tasks(query) }
  }

  package func count(_ query: TaskQuery) async throws(JournalError) -> Int {
    try await read { reader throws(JournalError) in try reader.count(query) }
  }

  package func remember(_ memos: [Memo], of task: String) async throws(JournalError) -> Bool {
    try await write { .remember(memos, task: task, $0) }
  }

  package func memos(of task: String, under prefix: String) async throws(JournalError) -> [Memo] {
    try await read { reader throws(JournalError) in try reader.memos(of: task, under: prefix) }
  }

  package func memos(under prefix: String, ofRunning: Bool) async throws(JournalError) -> [TaskMemo] {
    try await read { reader throws(JournalError) in try reader.memos(under: prefix, ofRunning: ofRunning) }
  }

  package func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing {
    try await read { reader throws(JournalError) in try reader.standing(selection, limit: limit) }
  }

  package func close() async {
    await readers.end()
    await writer.end()
  }

  private func write<Value: Sendable>(
    _ job: @Sendable (@escaping WriterJob.Reply<Value>) -> WriterJob
  ) async throws(JournalError) -> Value {
    let result = await writer.answer { (reply: @escaping WriterJob.Reply<Value>) in
      if !writer.add(job(reply)) { reply(.failure(.isClosed)) }
    }
    return try result.get()
  }

  private func read<Value: Sendable>(
    _ body: @escaping @Sendable (JournalReader) throws(JournalError) -> Value
  ) async throws(JournalError) -> Value {
    let result = await readers.answer { (reply: @escaping @Sendable (Result<Value, JournalError>) -> Void) in
      let job = ReaderJob { reader in reply(Result { () throws(JournalError) in try body(try reader.get()) }) }
      if !readers.add(job) { reply(.failure(.isClosed)) }
    }
    return try result.get()
  }
}

package struct SQLiteJournalOptions: Sendable {
  package var path: String
  package var durability = Durability.full
  /// Threads that read. Default 2.
  package var readers = 2
  /// Looks through the whole file before it is used. Default true.
  package var checksIntegrity = true
  /// How large the file may grow; then it refuses, as it does when the disk is full. Nil: as large as the disk lets it.
  package var sizeLimit: Int?
  /// Milliseconds since 1970.
  package var clock: @Sendable () -> Int64
  package var newEpoch: @Sendable () -> String

  package init(path: String, clock: @escaping @Sendable () -> Int64, newEpoch: @escaping @Sendable () -> String) {
    self.path = path
    self.clock = clock
    self.newEpoch = newEpoch
  }
}

extension JournalError {
  static let isClosed = JournalError(.closed, "The journal has been closed.")
}
