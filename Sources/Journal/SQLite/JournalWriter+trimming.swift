extension JournalWriter {
  /// No more than this in one transaction, so that no append waits long for it.
  static let tasksAtOnce: Int64 = 64
  static let recordsAtOnce: Int64 = 5000

  /// Removes some of what may go; `isComplete` when there is no more. Each call is one transaction. A task goes at once, its records after
  /// it: without their task nobody sees them.
  func trim(_ retention: Retention, now: Int64) throws(JournalError) -> (trimmed: Trimmed, isComplete: Bool) {
    var trimmed = Trimmed()
    var through = self.trimmed
    let isComplete = try database.transaction { () throws(JournalError) in
      // What a call before this has begun.
      if try removeRecords() { return false }
      let candidates = try expired(retention, now: now)
      for task in candidates {
        through = max(through, task.lastOffset)
        trimmed.tasks += 1
        trimmed.records += Int(task.records)
        try remove(task.number)
      }
      guard !candidates.isEmpty else { return true }
      // The tail is kept, too: the newest records may be among those that go, and no offset is given twice.
      try database.prepare("UPDATE journal SET trimmed = ?, tail = ?").run(.integer(through), .integer(tail))
      _ = try removeRecords()
      return false
    }
    setTrimmed(through)
    forget()
    return (trimmed, isComplete)
  }

  private func remove(_ task: Int64) throws(JournalError) {
    for table in ["keys", "producers", "snapshots", "memos"] {
      try database.prepare("DELETE FROM \(table) WHERE task = ?").run(.integer(task))
    }
    try database.prepare("DELETE FROM tasks WHERE number = ?").run(.integer(task))
    try database.prepare("INSERT INTO removed VALUES (?)").run(.integer(task))
  }

  /// Some of the records whose tasks have gone. False when there were none.
  private func removeRecords() throws(JournalError) -> Bool {
    let next = try database.prepare("SELECT task FROM removed LIMIT 1")
    let some = try database.prepare(
      "DELETE FROM records WHERE offset IN (SELECT offset FROM records WHERE task = ? LIMIT ?)")
    let done = try database.prepare("DELETE FROM removed WHERE task = ?")
    var left = Self.recordsAtOnce
    while left > 0 {
      try next.bind()
      guard try next.step() else { break }
      let task = next.integer(0)
      next.reset()
      try some.run(.integer(task), .integer(left))
      let count = Int64(database.changedRows)
      if count < left { try done.run(.integer(task)) }
      left -= count
    }
    next.reset()
    return left < Self.recordsAtOnce
  }

  private struct Candidate {
    let number: Int64
    let lastOffset: Int64
    let records: Int64
  }

  /// Some ended tasks that are beyond what is kept, the oldest first.
  private func expired(_ retention: Retention, now: Int64) throws(JournalError) -> [Candidate] {
    var found: [Candidate] = []
    if let kept = retention.tasks {
      let surplus = try database.value("SELECT count(*) FROM tasks WHERE is_final = 1") - Int64(kept)
      if surplus > 0 {
        found = try candidates("ORDER BY last_offset LIMIT ?", .integer(min(surplus, Self.tasksAtOnce)))
      }
    }
    if found.isEmpty, let age = retention.age {
      found = try candidates(
        "AND updated <= ? ORDER BY updated LIMIT ?", .integer(now - age), .integer(Self.tasksAtOnce))
    }
    return found
  }

  private func candidates(_ rest: String, _ values: Statement.Value...) throws(JournalError) -> [Candidate] {
    let tasks = try database.prepare("SELECT number, last_offset, last_seq FROM tasks WHERE is_final = 1 \(rest)")
    try tasks.bind(values)
    var found: [Candidate] = []
    while try tasks.step() {
      found.append(Candidate(number: tasks.integer(0), lastOffset: tasks.integer(1), records: tasks.integer(2)))
    }
    return found
  }
}
