import A2A

extension WatchApp {
  mutating func press(_ key: Key, at now: ContinuousClock.Instant) -> [Effect] {
    if key == .interrupt {
      let effects = release()
      return effects + [.quit]
    }
    switch dialog {
    case .help:
      dialog = nil
      return []
    case .confirm(let task):
      dialog = nil
      guard key == .character("y") || key == .character("Y") else {
        notice = "Not cancelled."
        return []
      }
      return command(.cancel(task: task, why: nil), at: now)
    case .filter(let editor): return filter(editor, key)
    case .form(let form): return type(form, key, at: now)
    case nil: return pressOutside(key, at: now)
    }
  }

  private mutating func pressOutside(_ key: Key, at now: ContinuousClock.Instant) -> [Effect] {
    notice = ""
    switch key {
    case .character("q"), .escape:
      guard lines != nil else { return key == .escape ? [] : [.quit] }
      lines = nil
    case .character("?"): dialog = .help
    case .character("/"): if lines == nil { dialog = .filter(LineEditor(text: choice.words)) }
    case .enter: return open()
    case .character("c"): askWhetherToCancel()
    case .character("a"): return answer()
    case .character("p"): return pause(at: now)
    case .character("r"): return resume(at: now)
    default: move(key)
    }
    return []
  }

  // MARK: Moving

  private mutating func move(_ key: Key) {
    let step: Int
    switch key {
    case .up, .character("k"): step = -1
    case .down, .character("j"): step = 1
    case .pageUp: step = -10
    case .pageDown, .character(" "): step = 10
    case .home, .character("g"): step = -1_000_000
    case .end, .character("G"): step = 1_000_000
    default: return
    }
    if let lines {
      linesBelow = max(0, min(linesBelow - step, max(0, lines.lines.count - 1)))
      return
    }
    let rows = rows
    guard !rows.isEmpty else { return }
    selectedIndex = max(0, min(index(in: rows) + step, rows.count - 1))
    selected = rows[selectedIndex].id
  }

  private mutating func open() -> [Effect] {
    guard lines == nil, let current else { return [] }
    select(current)
    lines = TaskLines(task: current.id)
    linesBelow = 0
    return [Self.fetchEvents(current.id)]
  }

  private mutating func select(_ task: WatchedTask) {
    guard lines == nil else { return }
    selectedIndex = index(in: rows)
    selected = task.id
  }

  private mutating func filter(_ editor: LineEditor, _ key: Key) -> [Effect] {
    var editor = editor
    switch key {
    case .enter: dialog = nil
    case .escape:
      dialog = nil
      choice.words = ""
    default:
      _ = editor.press(key)
      choice.words = editor.text
      dialog = .filter(editor)
    }
    return []
  }

  // MARK: Commands

  private mutating func command(_ act: ControlRequest.Act, at now: ContinuousClock.Instant) -> [Effect] {
    let request = ControlRequest(id: makeID(), act: act)
    progress = CommandProgress(request, pressed: now)
    return [.ask(request)]
  }

  /// The task that is meant, when something can still be done with it.
  private mutating func running() -> WatchedTask? {
    guard let current else {
      notice = "There is no task here."
      return nil
    }
    guard current.ended == nil else {
      notice = "\(TerminalText.line(current.id, limit: 60)) is over."
      return nil
    }
    select(current)
    return current
  }

  private mutating func askWhetherToCancel() {
    if let task = running() { dialog = .confirm(task: task.id) }
  }

  private mutating func pause(at now: ContinuousClock.Instant) -> [Effect] {
    guard let task = running() else { return [] }
    return command(.pause(task: task.id, why: nil), at: now)
  }

  private mutating func resume(at now: ContinuousClock.Instant) -> [Effect] {
    guard let task = running() else { return [] }
    return command(.resume(task: task.id), at: now)
  }

  // MARK: Answering

  private mutating func answer() -> [Effect] {
    guard let task = running() else { return [] }
    guard let question = task.question else {
      notice = "\(TerminalText.line(task.id, limit: 60)) has no open question."
      return []
    }
    dialog = .form(WatchForm(question))
    return [.ask(ControlRequest(id: makeID(), act: .claim(task: task.id, question: question.id)))]
  }

  private mutating func type(_ form: WatchForm, _ key: Key, at now: ContinuousClock.Instant) -> [Effect] {
    var form = form
    switch key {
    case .escape:
      notice = "Nothing was answered."
      return release()
    case .enter:
      let typed = form.editor.text
      form.editor = LineEditor()
      switch form.form.enter(typed) {
      case .next: form.remark = nil
      case .again(let reason): form.remark = reason
      case .done(let content):
        dialog = nil
        return command(.answer(task: form.open.task, question: form.open.id, content), at: now)
      }
    default:
      _ = form.editor.press(key)
    }
    dialog = .form(form)
    return []
  }

  /// Who leaves a form says so, and others see that nobody is at it.
  private mutating func release() -> [Effect] {
    guard case .form(let form)? = dialog else { return [] }
    dialog = nil
    return [.ask(ControlRequest(id: makeID(), act: .release(task: form.open.task, question: form.open.id)))]
  }
}
