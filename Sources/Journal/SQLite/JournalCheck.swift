/// Looks through a file before it is used.
enum JournalCheck {
  static func run(_ database: Database, _ origin: JournalRow.Origin) throws(JournalError) {
    switch origin {
    case .new: break
    case .same: try ask("PRAGMA quick_check(1)", database, isGood: { $0 == "ok" })
    // A copy of a file that was being written may be made of pages that never were together. Each of them alone is good.
    case .copy, .older:
      try ask("PRAGMA integrity_check(1)", database, isGood: { $0 == "ok" })
      try ask(Self.holes, database, isGood: { $0 == nil })
      try ask(Self.strays, database, isGood: { $0 == nil })
    }
  }

  /// A task that has not the records that it counts.
  private static let holes = """
    SELECT 'task ' || id || ' is not whole' FROM tasks t
      WHERE last_seq != (SELECT count(*) FROM records WHERE task = t.number)
        OR last_offset != (SELECT max(offset) FROM records WHERE task = t.number) LIMIT 1
    """

  private static let strays = """
    SELECT 'record ' || offset || ' is of no task' FROM records r
      WHERE NOT EXISTS (SELECT 1 FROM tasks WHERE number = r.task)
        AND NOT EXISTS (SELECT 1 FROM removed WHERE task = r.task) LIMIT 1
    """

  private static func ask(
    _ sql: String, _ database: Database, isGood: (String?) -> Bool
  ) throws(JournalError) {
    let check = try database.prepare(sql)
    try check.bind()
    let answer = try check.step() ? check.text(0) : nil
    guard isGood(answer) else {
      throw JournalError(
        .corrupt,
        "\(database.path) is damaged (\(answer ?? "no answer")). Move it away and put a copy in its place, or start anew."
      )
    }
  }
}
