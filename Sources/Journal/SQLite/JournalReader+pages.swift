extension JournalReader {
  /// Offsets that one page goes through, so that whoever may see little does not keep the thread for long.
  private static let window: Int64 = 20_000

  func page(_ selection: Selection, after offset: Int64, limit: ReadLimit) throws(JournalError) -> Page {
    // All statements of a page see the same moment.
    try database.transaction(.reading) { () throws(JournalError) in
      let last = max(offset, try lastOffset())
      return switch selection {
      case .tasks(let ids): try page(of: ids, after: offset, last: last, limit: limit)
      case .visible(let alternatives): try page(visible: alternatives, after: offset, last: last, limit: limit)
      }
    }
  }

  /// Goes along all of the tasks at once, so that it reads no more of them than it gives.
  private func page(
    of tasks: [String], after offset: Int64, last: Int64, limit: ReadLimit
  ) throws(JournalError) -> Page {
    var lanes: [Lane] = []
    defer { for lane in lanes { lane.end() } }
    for task in Set(tasks) {
      if let lane = try Lane(of: task, after: offset, lane(lanes.count), numberByID) { lanes.append(lane) }
    }
    var filling = PageFilling(limit)
    while let next = lanes.indices.min(by: { lanes[$0].offset < lanes[$1].offset }) {
      guard filling.add(try record(lanes[next].rows, of: lanes[next].task)) else {
        return filling.page(last: last)
      }
      if try !lanes[next].advance() { lanes.remove(at: next) }
    }
    return Page(records: filling.records, through: last, isComplete: true)
  }

  private func page(
    visible: [TaskQuery.Visibility], after offset: Int64, last: Int64, limit: ReadLimit
  ) throws(JournalError) -> Page {
    // Where much was trimmed, the window begins behind it.
    let first = try database.value("SELECT coalesce(min(offset), 0) FROM records WHERE offset > \(offset)")
    guard first > 0 else { return Page(records: [], through: last, isComplete: true) }
    let through = min(first + Self.window - 1, last)
    let (condition, values) = TaskQuery(visible: visible).condition
    // CROSS JOIN: in the order of records, whatever SQLite makes of the condition.
    let rows = try database.prepare(
      """
      SELECT \(Self.recordColumns), t.id FROM records r CROSS JOIN tasks t ON t.number = r.task
        WHERE r.offset > ? AND r.offset <= ? AND \(condition) ORDER BY r.offset
      """)
    try rows.bind([.integer(offset), .integer(through)] + values)
    defer { rows.reset() }
    var filling = PageFilling(limit)
    while try rows.step() {
      if !filling.add(try record(rows, of: rows.text(6))) { return filling.page(last: last) }
    }
    return Page(records: filling.records, through: through, isComplete: through == last)
  }
}

/// One task's records, from one place on, row by row.
private struct Lane {
  let task: String
  let rows: Statement
  private(set) var offset: Int64

  /// Nil when there are none.
  init?(of task: String, after offset: Int64, _ rows: Statement, _ numberByID: Statement) throws(JournalError) {
    try numberByID.bind(.text(task))
    defer { numberByID.reset() }
    guard try numberByID.step() else { return nil }
    try rows.bind(.integer(numberByID.integer(0)), .integer(offset))
    self.task = task
    self.rows = rows
    self.offset = offset
    if try !advance() { return nil }
  }

  mutating func advance() throws(JournalError) -> Bool {
    guard try rows.step() else {
      rows.reset()
      return false
    }
    offset = rows.integer(0)
    return true
  }

  func end() {
    rows.reset()
  }
}

/// A page that takes records until it is full.
private struct PageFilling {
  private(set) var records: [Record] = []
  private var bytes = 0
  private let limit: ReadLimit

  init(_ limit: ReadLimit) {
    self.limit = limit
  }

  /// False when it is full, and the record is not in it. One record is always taken.
  mutating func add(_ record: Record) -> Bool {
    bytes += record.payload.count
    if !records.isEmpty, records.count >= limit.records || bytes > limit.bytes { return false }
    records.append(record)
    return true
  }

  /// The page before the record that found no room.
  func page(last: Int64) -> Page {
    Page(records: records, through: records.last?.offset ?? last, isComplete: false)
  }
}
