extension JournalReader {
  func memos(of task: String, under prefix: String) throws(JournalError) -> [Memo] {
    let rows = try database.prepare(
      """
      SELECT name, body FROM memos WHERE task = (SELECT number FROM tasks WHERE id = ?) AND substr(name, 1, length(?)) = ?
        ORDER BY name
      """)
    try rows.bind(.text(task), .text(prefix), .text(prefix))
    defer { rows.reset() }
    var memos: [Memo] = []
    while try rows.step() { memos.append(Memo(rows.text(0), rows.bytes(1))) }
    return memos
  }

  func memos(under prefix: String, ofRunning: Bool) throws(JournalError) -> [TaskMemo] {
    // From the tasks that run: there are few of them, however many memos there are.
    let tasks =
      ofRunning ? "tasks t CROSS JOIN memos m ON m.task = t.number" : "memos m JOIN tasks t ON t.number = m.task"
    let rows = try database.prepare(
      """
      SELECT t.id, m.name, m.body FROM \(tasks) WHERE substr(m.name, 1, length(?)) = ?
        \(ofRunning ? "AND t.is_final = 0" : "") ORDER BY t.first_offset, m.name
      """)
    try rows.bind(.text(prefix), .text(prefix))
    defer { rows.reset() }
    var memos: [TaskMemo] = []
    while try rows.step() {
      memos.append(TaskMemo(task: rows.text(0), memo: Memo(rows.text(1), rows.bytes(2))))
    }
    return memos
  }

  func count(_ query: TaskQuery) throws(JournalError) -> Int {
    var query = query
    query.before = nil
    let (condition, values) = query.condition
    let rows = try database.prepare("SELECT count(*) FROM tasks WHERE \(condition)")
    try rows.bind(values)
    defer { rows.reset() }
    return try rows.step() ? Int(rows.integer(0)) : 0
  }
}
