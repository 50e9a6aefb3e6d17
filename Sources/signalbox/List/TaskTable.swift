/// Tasks for people: one a line, in columns.
enum TaskTable {
  private static let longest = 40
  private static let titleLimit = 60

  static func text(_ tasks: [TaskSummary]) -> String {
    let head = ["ID", "STATE", "AGENT", "OWNER", "UPDATED", "TITLE"]
    let rows = [head] + tasks.map(cells)
    let widths = head.indices.map { column in rows.map(\.[column].count).max() ?? 0 }
    return rows.map { row in
      var line = ""
      for (cell, width) in zip(row.dropLast(), widths) {
        line += cell + String(repeating: " ", count: width - cell.count + 2)
      }
      line += row[row.count - 1]
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }

  private static func cells(_ task: TaskSummary) -> [String] {
    // The id is never cut: it is what somebody types next.
    [TerminalText.escaped(task.id)]
      + [task.standing, task.agent, task.owner, minute(task.updated)].map { TerminalText.line($0, limit: longest) }
      + [TerminalText.line(task.title, limit: titleLimit)]
  }

  /// `2026-11-21 07:49` of `2026-11-21T07:49:27.000Z`; anything else as it is.
  private static func minute(_ time: String) -> String {
    guard time.hasSuffix("Z"), time.utf8.count >= 20, time.dropFirst(10).first == "T" else { return time }
    return "\(time.prefix(10)) \(time.dropFirst(11).prefix(5))"
  }
}
