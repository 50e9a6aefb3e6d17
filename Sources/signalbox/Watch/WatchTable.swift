import A2A

/// The table of running tasks, for a terminal that is so wide.
struct WatchTable {
  let columns: Int

  /// How wide each column is; nil: there is no room for it.
  private struct Widths {
    let task: Int
    let agent: Int?
    let owner: Int?
    let state = 14
    let age = 8
  }

  private var widths: Widths {
    Widths(
      task: max(8, columns / 5), agent: columns >= 48 ? columns / 8 : nil, owner: columns >= 64 ? columns / 10 : nil)
  }

  func rows(_ app: WatchApp, room: Int, now: Timestamp) -> [ScreenRow] {
    let tasks = app.rows
    let widths = widths
    let head = line(
      mark: " ", ["TASK", "AGENT", "OWNER", "STATE", "AGE", "LAST"], widths)
    guard !tasks.isEmpty else {
      let why = app.board.tasks.isEmpty ? "Nothing is running." : "Nothing that is running fits."
      return [ScreenRow(text: head, style: .heading), ScreenRow(text: "  " + why)]
    }
    let selected = app.index(in: tasks)
    let space = max(0, room - 1)
    let top = max(0, min(selected - space / 2, tasks.count - space))
    let shown = tasks.indices.dropFirst(top).prefix(space).map { index in
      row(tasks[index], isSelected: index == selected, widths, now: now)
    }
    return [ScreenRow(text: head, style: .heading)] + shown
  }

  private func row(_ task: WatchedTask, isSelected: Bool, _ widths: Widths, now: Timestamp) -> ScreenRow {
    let age = task.opened.map {
      Clock.text(seconds: (now.millisecondsSince1970 - $0.millisecondsSince1970) / 1000)
    }
    let last = task.question.map { Self.text(of: $0, now: now) } ?? TerminalText.line(task.last, limit: 400)
    let cells = [
      TerminalText.line(task.id, limit: 200), TerminalText.line(task.agent, limit: 80),
      TerminalText.line(task.owner, limit: 80), TerminalText.line(task.state, limit: 40), age ?? "", last,
    ]
    let style: ScreenRow.Style =
      isSelected ? .selected : task.ended != nil ? .faint : task.question != nil ? .asking : .plain
    return ScreenRow(text: line(mark: task.question == nil ? " " : "?", cells, widths), style: style)
  }

  private func line(mark: String, _ cells: [String], _ widths: Widths) -> String {
    let each: [Int?] = [widths.task, widths.agent, widths.owner, widths.state, widths.age]
    var line = mark + " "
    for (cell, width) in zip(cells, each) {
      if let width { line += TextWidth.fitted(cell, to: width) + " " }
    }
    line += cells[cells.count - 1]
    return TextWidth.cut(line, to: columns)
  }

  /// "4:07 left, kim is answering: Was the trade cleared beforehand?"
  static func text(of question: OpenQuestion, now: Timestamp) -> String {
    let left = QuestionTable.left(question.deadline, now: now)
    var facts: [String] = left.isEmpty ? [] : [left == "over" ? "time is over" : "\(left) left"]
    if let by = question.claimedBy { facts.append("\(TerminalText.line(by, limit: 30)) is answering") }
    let text = TerminalText.line(question.text, limit: 400)
    return facts.isEmpty ? text : "\(facts.joined(separator: ", ")): \(text)"
  }
}
