import A2A

/// What `watch` shows, as rows of text: as many as the terminal has lines, none wider than it.
struct WatchScreen {
  let columns: Int
  let lines: Int

  func rows(_ app: WatchApp, now: Timestamp) -> [ScreenRow] {
    // What is left when a window is too small: the table's beginning.
    var rows = [head(app)]
    let foot = foot(app)
    let room = max(0, lines - 1 - foot.count)
    rows += fitted(body(app, room: room, now: now), to: room)
    rows += foot
    return rows.prefix(lines).map { row in
      ScreenRow(text: row.style == .selected ? fill(row.text) : TextWidth.cut(row.text, to: columns), style: row.style)
    }
  }

  private func fill(_ text: String) -> String { TextWidth.fitted(text, to: columns) }

  private func fitted(_ rows: [ScreenRow], to count: Int) -> [ScreenRow] {
    Array(rows.prefix(max(0, count))) + Array(repeating: .empty, count: max(0, count - rows.count))
  }

  // MARK: Head and foot

  private func head(_ app: WatchApp) -> ScreenRow {
    let running = "\(app.board.count) running"
    let questions = app.board.questionCount
    let asked = questions == 0 ? "" : questions == 1 ? ", 1 question" : ", \(questions) questions"
    let who = app.principal.isEmpty ? "" : " as \(TerminalText.line(app.principal, limit: 40))"
    var text = "signalbox  \(app.gateway)\(who)  \(running)\(asked)"
    if let agent = app.choice.agent { text += "  agent \(TerminalText.line(agent, limit: 30))" }
    if app.choice.owner != nil { text += "  mine" }
    if !app.choice.words.isEmpty { text += "  /\(TerminalText.line(app.choice.words, limit: 30))" }
    return ScreenRow(text: text, style: .heading)
  }

  /// What was said last, and which keys there are.
  private func foot(_ app: WatchApp) -> [ScreenRow] {
    let said = app.notice.isEmpty ? app.progress?.text ?? "" : app.notice
    guard lines >= 4 else { return said.isEmpty ? [] : [ScreenRow(text: said)] }
    return [ScreenRow(text: said), ScreenRow(text: keys(app), style: .faint)]
  }

  private func keys(_ app: WatchApp) -> String {
    switch app.dialog {
    case .confirm: "y cancel  any other key: leave it"
    case .filter: "Enter keep  Esc show all"
    case .form: "Enter next  Esc leave it  Ctrl-U erase"
    case .help: "any key: back"
    case nil where app.lines != nil: "q back  arrows scroll  c cancel  a answer  p pause  r resume  ? help"
    case nil: "Enter open  c cancel  a answer  p pause  r resume  / filter  ? help  q quit"
    }
  }

  // MARK: Body

  private func body(_ app: WatchApp, room: Int, now: Timestamp) -> [ScreenRow] {
    switch app.dialog {
    case .help: return Self.help.map { ScreenRow(text: $0) }
    case .form(let form): return self.form(form, room: room, now: now)
    case .confirm(let task):
      let question = ScreenRow(text: "Cancel \(TerminalText.line(task, limit: 200))? y/n", style: .asking)
      return fitted(under(app, room: room - 1, now: now), to: room - 1) + [question]
    case .filter(let editor):
      let line = ScreenRow(text: editor.shown(behind: "/", width: columns), style: .asking)
      return fitted(under(app, room: room - 1, now: now), to: room - 1) + [line]
    case nil: return under(app, room: room, now: now)
    }
  }

  private func under(_ app: WatchApp, room: Int, now: Timestamp) -> [ScreenRow] {
    guard room > 0 else { return [] }
    if let lines = app.lines { return records(lines, below: app.linesBelow, room: room, app, now: now) }
    return WatchTable(columns: columns).rows(app, room: room, now: now)
  }

  private func records(
    _ lines: TaskLines, below: Int, room: Int, _ app: WatchApp, now: Timestamp
  ) -> [ScreenRow] {
    let task = app.board.tasks[lines.task]
    let state = task.map { "  \(TerminalText.line($0.state, limit: 40))" } ?? ""
    let loading = lines.isLoading ? "  (loading)" : below > 0 ? "  (\(below) below)" : ""
    var rows = [ScreenRow(text: "\(TerminalText.line(lines.task, limit: 200))\(state)\(loading)", style: .heading)]
    if let question = task?.question {
      rows.append(ScreenRow(text: WatchTable.text(of: question, now: now), style: .asking))
    }
    let end = max(0, lines.lines.count - below)
    let shown = lines.lines[max(0, end - max(0, room - rows.count))..<end]
    return rows + shown.map { ScreenRow(text: $0) }
  }

  private func form(_ form: WatchForm, room: Int, now: Timestamp) -> [ScreenRow] {
    let left = QuestionTable.left(form.open.deadline, now: now)
    let title = "\(TerminalText.line(form.open.task, limit: 60))  \(TerminalText.line(form.open.id, limit: 20))"
    var rows = [ScreenRow(text: left.isEmpty ? title : "\(title)  \(left) left", style: .heading)]
    for line in form.form.introduction { rows += wrapped(line).map { ScreenRow(text: $0) } }
    rows.append(.empty)
    var asked: [ScreenRow] = []
    for line in form.form.asked { asked += wrapped(line).map { ScreenRow(text: $0) } }
    if let remark = form.remark { asked += wrapped(remark).map { ScreenRow(text: $0, style: .asking) } }
    asked.append(ScreenRow(text: form.editor.shown(behind: form.form.prompt, width: columns)))
    // Where one types is always in sight.
    return Array(rows.prefix(max(0, room - asked.count))) + asked.suffix(max(1, room))
  }

  private func wrapped(_ text: String) -> [String] {
    var rows: [String] = []
    var row = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !row.isEmpty, TextWidth.of(row) + 1 + TextWidth.of(String(word)) > columns {
        rows.append(row)
        row = String(word)
      } else {
        row += rows.isEmpty && row.isEmpty ? word : " " + word
      }
    }
    return rows + [row]
  }

  static let help = [
    "", "  up, down, k, j   another task, or other lines      Enter   its lines, live",
    "  c   cancel: asks, then says what comes of it       a   answer its question",
    "  p   pause                                          r   resume",
    "  /   show only what has these words                 Esc, q   back; q quits", "",
    "  Questions come first, those with the nearest deadline at the top. The line",
    "  above the keys tells how far the last command is, in seconds since the key:",
    "  requested: the gateway has it; delivered: it has left for the agent; and then",
    "  what the agent made of it.",
  ]
}
