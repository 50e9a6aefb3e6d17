/// All that changes the file, on one thread. Decides about each batch, numbers its records and stores them; the thread's owner commits.
final class JournalWriter {
  let database: Database
  let epoch: String
  /// Of the last record that is stored or about to be.
  var tail: Int64
  private(set) var trimmed: Int64
  private let clock: @Sendable () -> Int64
  private var known = KnownTasks()
  private let findTask: Statement
  private let findByKey: Statement
  private let insertTask: Statement
  private let updateTask: Statement
  private let putSnapshot: Statement
  private let insertRecord: Statement
  private let findKey: Statement
  private let insertKey: Statement
  private let findProducer: Statement
  private let putProducer: Statement
  private let putMemo: Statement
  private let removeMemo: Statement

  init(_ database: Database, state: JournalRow, clock: @escaping @Sendable () -> Int64) throws(JournalError) {
    self.database = database
    self.clock = clock
    epoch = state.epoch
    tail = state.tail
    trimmed = state.trimmed
    findTask = try database.prepare(
      "SELECT number, last_seq, is_final, owner, tenant, agent, title, key, context FROM tasks WHERE id = ?")
    findByKey = try database.prepare("SELECT id FROM tasks WHERE owner = ? AND key = ?")
    insertTask = try database.prepare(
      """
      INSERT INTO tasks (id, owner, tenant, agent, title, key, state, is_final, opened, updated, first_offset, last_offset,
        last_seq, context) VALUES (?, ?, ?, ?, ?, ?, '', 0, ?, ?, ?, ?, 0, ?)
      """)
    updateTask = try database.prepare(
      """
      UPDATE tasks SET last_seq = ?2, last_offset = ?3, updated = max(updated, ?4), state = coalesce(?5, state),
        is_final = max(is_final, ?6), said_title = coalesce(?7, said_title) WHERE number = ?1
      """)
    putSnapshot = try database.prepare("INSERT OR REPLACE INTO snapshots (task, body) VALUES (?, ?)")
    insertRecord = try database.prepare(
      "INSERT INTO records (offset, task, seq, time, kind, origin, payload) VALUES (?, ?, ?, ?, ?, ?, ?)")
    findKey = try database.prepare("SELECT seq FROM keys WHERE task = ? AND key = ?")
    insertKey = try database.prepare("INSERT INTO keys (task, key, seq) VALUES (?, ?, ?)")
    findProducer = try database.prepare("SELECT epoch, through FROM producers WHERE task = ? AND producer = ?")
    putProducer = try database.prepare(
      "INSERT OR REPLACE INTO producers (task, producer, epoch, through) VALUES (?, ?, ?, ?)")
    putMemo = try database.prepare("INSERT OR REPLACE INTO memos (task, name, body) VALUES (?, ?, ?)")
    removeMemo = try database.prepare("DELETE FROM memos WHERE task = ? AND name = ?")
  }

  /// What became of a batch, and what followers are told of it.
  struct Outcome {
    let appended: Appended
    var committed: Committed?
  }

  /// Inside of a transaction.
  func store(_ batch: Batch) throws(JournalError) -> Outcome {
    let time = clock()
    var row = try task(batch.task)
    if let opening = batch.opening {
      if let known = try taskOpened(with: opening) { return Outcome(appended: .duplicate(.opening(task: known))) }
      guard row == nil else { return Outcome(appended: .refused(.taskExists)) }
      // Before anything is written: a refusal must leave no task behind.
      if let seq = batch.stamp?.seq, seq != 1 { return Outcome(appended: .refused(.producerGap(expected: 1))) }
      row = try open(batch.task, opening, at: time)
    }
    guard let row, row.opening == batch.expected ?? row.opening else {
      return Outcome(appended: .refused(.noSuchTask))
    }
    if let answer = try repeated(batch, row) { return Outcome(appended: answer) }
    if row.isFinal, batch.entries.contains(where: { !$0.kind.mayFollowTheEnd }) {
      return Outcome(appended: .refused(.taskEnded))
    }
    let records = try insert(batch, row, at: time)
    known[batch.task] = row.after(batch)
    return Outcome(
      appended: .stored(records),
      committed: Committed(
        task: batch.task, opening: row.opening, isFinal: row.isFinal || batch.change?.isFinal == true, records: records)
    )
  }

  /// What was stored before, or must not be stored: nil for what is new.
  private func repeated(_ batch: Batch, _ row: KnownTask) throws(JournalError) -> Appended? {
    if let key = batch.key {
      try findKey.bind(.integer(row.number), .text(key))
      defer { findKey.reset() }
      if try findKey.step() { return .duplicate(.key(seq: findKey.integer(0))) }
    }
    guard let stamp = batch.stamp else { return nil }
    try findProducer.bind(.integer(row.number), .text(stamp.producer))
    defer { findProducer.reset() }
    let isKnown = try findProducer.step()
    let (epoch, through) = isKnown ? (findProducer.integer(0), findProducer.integer(1)) : (stamp.epoch, 0)
    if stamp.epoch < epoch { return .refused(.producerFenced(epoch: epoch)) }
    let due = stamp.epoch > epoch ? 1 : through + 1
    if stamp.seq > due { return .refused(.producerGap(expected: due)) }
    // A batch that is partly here was cut otherwise the first time; what is missing has to be sent by itself.
    if stamp.seq < due { return .duplicate(.stamp(through: due - 1)) }
    return nil
  }

  private func insert(_ batch: Batch, _ row: KnownTask, at time: Int64) throws(JournalError) -> [Record] {
    var records: [Record] = []
    records.reserveCapacity(batch.entries.count)
    var seq = row.lastSeq
    for entry in batch.entries {
      tail += 1
      seq += 1
      try insertRecord.run(
        .integer(tail), .integer(row.number), .integer(seq), .integer(time), .integer(entry.kind.rawValue),
        .text(entry.origin), .blob(entry.payload))
      records.append(
        Record(
          offset: tail, task: batch.task, seq: seq, time: time, kind: entry.kind, origin: entry.origin,
          payload: entry.payload))
    }
    try updateTask.run(
      .integer(row.number), .integer(seq), .integer(tail), .integer(time), .text(batch.change?.state),
      .integer(batch.change?.isFinal == true ? 1 : 0), .text(batch.change?.title))
    if let snapshot = batch.change?.snapshot { try putSnapshot.run(.integer(row.number), .blob(snapshot)) }
    try remember(batch.memos, row)
    if let key = batch.key { try insertKey.run(.integer(row.number), .text(key), .integer(seq)) }
    if let stamp = batch.stamp {
      try putProducer.run(
        .integer(row.number), .text(stamp.producer), .integer(stamp.epoch),
        .integer(stamp.seq + Int64(batch.entries.count) - 1))
    }
    return records
  }

  /// False when there is no such task. Inside of a transaction.
  func remember(_ memos: [Memo], of task: String) throws(JournalError) -> Bool {
    guard let row = try self.task(task) else { return false }
    try remember(memos, row)
    return true
  }

  private func remember(_ memos: [Memo], _ row: KnownTask) throws(JournalError) {
    for memo in memos {
      if let body = memo.body {
        try putMemo.run(.integer(row.number), .text(memo.name), .blob(body))
      } else {
        try removeMemo.run(.integer(row.number), .text(memo.name))
      }
    }
  }

  /// What was not committed is not known, either.
  func forget() {
    known = KnownTasks()
  }

  private func task(_ id: String) throws(JournalError) -> KnownTask? {
    if let row = known[id] { return row }
    try findTask.bind(.text(id))
    defer { findTask.reset() }
    guard try findTask.step() else { return nil }
    return KnownTask(
      number: findTask.integer(0), lastSeq: findTask.integer(1), isFinal: findTask.integer(2) != 0,
      opening: TaskOpening(
        owner: findTask.text(3), tenant: findTask.optionalText(4), agent: findTask.text(5), title: findTask.text(6),
        key: findTask.optionalText(7), context: findTask.optionalText(8)))
  }

  private func taskOpened(with opening: TaskOpening) throws(JournalError) -> String? {
    guard let key = opening.key else { return nil }
    try findByKey.bind(.text(opening.owner), .text(key))
    defer { findByKey.reset() }
    return try findByKey.step() ? findByKey.text(0) : nil
  }

  private func open(_ id: String, _ opening: TaskOpening, at time: Int64) throws(JournalError) -> KnownTask {
    try insertTask.run(
      .text(id), .text(opening.owner), .text(opening.tenant), .text(opening.agent), .text(opening.title),
      .text(opening.key), .integer(time), .integer(time), .integer(tail + 1), .integer(tail), .text(opening.context))
    return KnownTask(number: database.lastInsertedRow, lastSeq: 0, isFinal: false, opening: opening)
  }

  func setTrimmed(_ offset: Int64) { trimmed = offset }
}

extension RecordKind {
  /// An end is the end of the agent's events and of questions; what people did about it may still be written down.
  var mayFollowTheEnd: Bool {
    switch self {
    case .late, .note, .command, .verdict: true
    case .event, .question, .answer, .gap: false
    }
  }
}
