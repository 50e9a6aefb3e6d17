/// All that is read from the file, on a thread of its own: it sees what is committed, and holds up no writer.
final class JournalReader {
  let database: Database
  let numberByID: Statement
  private let seqAt: Statement
  private let last: Statement
  private let one: Statement
  private let taskByID: Statement
  /// For as many tasks as somebody has read at once.
  private var lanes: [Statement] = []

  init(_ path: String) throws(JournalError) {
    database = try Database(path, readsOnly: true)
    numberByID = try database.prepare("SELECT number FROM tasks WHERE id = ?")
    seqAt = try database.prepare(
      """
      SELECT seq FROM records WHERE task = (SELECT number FROM tasks WHERE id = ?) AND offset <= ?
        ORDER BY offset DESC LIMIT 1
      """)
    last = try database.prepare("SELECT coalesce(max(offset), 0) FROM records")
    one = try database.prepare(
      """
      SELECT \(Self.recordColumns) FROM records r WHERE r.task = (SELECT number FROM tasks WHERE id = ?)
        ORDER BY r.offset LIMIT 1 OFFSET ?
      """)
    taskByID = try database.prepare("SELECT \(Self.taskColumns()) FROM tasks WHERE id = ?")
  }

  func seq(of task: String, at offset: Int64) throws(JournalError) -> Int64 {
    try seqAt.bind(.text(task), .integer(offset))
    defer { seqAt.reset() }
    return try seqAt.step() ? seqAt.integer(0) : 0
  }

  /// A statement that gives the records of a task behind an offset, for the so-manyth task of a page.
  func lane(_ index: Int) throws(JournalError) -> Statement {
    while lanes.count <= index {
      lanes.append(
        try database.prepare(
          "SELECT \(Self.recordColumns) FROM records r WHERE r.task = ? AND r.offset > ? ORDER BY r.offset"))
    }
    return lanes[index]
  }

  /// The offset of the newest record that is kept.
  func lastOffset() throws(JournalError) -> Int64 {
    try last.bind()
    defer { last.reset() }
    return try last.step() ? last.integer(0) : 0
  }

  func record(_ seq: Int64, of task: String) throws(JournalError) -> Record? {
    guard seq > 0 else { return nil }
    try one.bind(.text(task), .integer(seq - 1))
    defer { one.reset() }
    return try one.step() ? try record(one, of: task) : nil
  }

  func task(_ id: String) throws(JournalError) -> StoredTask? {
    try taskByID.bind(.text(id))
    defer { taskByID.reset() }
    return try taskByID.step() ? Self.task(taskByID) : nil
  }

  func tasks(_ query: TaskQuery) throws(JournalError) -> [StoredTask] {
    try database.transaction(.reading) { () throws(JournalError) in try list(query) }
  }

  /// Within a transaction, so that all its statements see the same moment.
  func list(_ query: TaskQuery) throws(JournalError) -> [StoredTask] {
    // Each alternative has an index in the order of the list. Asked for together, SQLite would read all that they let through, and sort it.
    let alternatives = query.visible.contains(.init()) ? [.init()] : query.visible
    guard alternatives.count > 1 else { return try newest(query) }
    var found: [Int64: StoredTask] = [:]
    for alternative in alternatives {
      var single = query
      single.visible = [alternative]
      for task in try newest(single) { found[task.firstOffset] = task }
    }
    return Array(found.values.sorted { query.order.place(of: $0) > query.order.place(of: $1) }.prefix(query.limit))
  }

  private func newest(_ query: TaskQuery) throws(JournalError) -> [StoredTask] {
    let (condition, values) = query.condition
    let statement = try database.prepare(
      """
      SELECT \(Self.taskColumns(withSnapshots: query.withSnapshots)) FROM tasks WHERE \(condition)
      ORDER BY \(query.order.column) DESC LIMIT ?
      """)
    try statement.bind(values + [.integer(Int64(query.limit))])
    defer { statement.reset() }
    var tasks: [StoredTask] = []
    while try statement.step() { tasks.append(Self.task(statement)) }
    return tasks
  }

  /// The row at which a statement with `recordColumns` stands.
  func record(_ row: Statement, of task: String) throws(JournalError) -> Record {
    guard let kind = RecordKind(rawValue: row.integer(3)) else {
      throw JournalError(.corrupt, "\(database.path) holds a record of an unknown kind at \(row.integer(0)).")
    }
    return Record(
      offset: row.integer(0), task: task, seq: row.integer(1), time: row.integer(2), kind: kind, origin: row.text(4),
      payload: row.bytes(5))
  }

  static let recordColumns = "r.offset, r.seq, r.time, r.kind, r.origin, r.payload"

  private static func taskColumns(withSnapshots: Bool = true) -> String {
    """
    id, owner, tenant, agent, title, key, state, is_final, opened, updated, first_offset, last_offset, last_seq,
    \(withSnapshots ? "(SELECT body FROM snapshots WHERE task = number)" : "NULL"), context, said_title,
    (SELECT body FROM memos WHERE task = number AND name = '\(Memo.outline)')
    """
  }

  private static func task(_ row: Statement) -> StoredTask {
    StoredTask(
      id: row.text(0),
      opening: TaskOpening(
        owner: row.text(1), tenant: row.optionalText(2), agent: row.text(3), title: row.text(4),
        key: row.optionalText(5), context: row.optionalText(14)),
      state: row.text(6), isFinal: row.integer(7) != 0, opened: row.integer(8), updated: row.integer(9),
      firstOffset: row.integer(10), lastOffset: row.integer(11), lastSeq: row.integer(12),
      snapshot: row.optionalBytes(13), title: row.optionalText(15), outline: row.optionalBytes(16))
  }
}
