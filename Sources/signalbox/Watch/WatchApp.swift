import JSON

/// `signalbox watch` as a value: keys and news in, requests and a screen out. Terminal, connection and clock are outside.
struct WatchApp: Sendable {
  enum Effect: Sendable, Equatable {
    case ask(ControlRequest)
    case fetch(DeskInput.Fetched, String)
    case quit
  }

  /// As the head of the screen calls it.
  let gateway: String
  private let onlyMine: Bool
  let makeID: @Sendable () -> String

  var board = WatchBoard()
  var choice: WatchBoard.Choice
  var principal = ""
  var selected: String?
  /// Where the selection was, for when its task is gone.
  var selectedIndex = 0
  /// The task whose records are looked at; nil: the table.
  var lines: TaskLines?
  /// Lines between the last that is shown and the last that there is.
  var linesBelow = 0
  var dialog: WatchDialog?
  /// The last thing that was said about the connection, or about a key that did nothing.
  var notice = "Connecting…"
  var progress: CommandProgress?

  init(gateway: String, agent: String?, onlyMine: Bool, makeID: @escaping @Sendable () -> String) {
    self.gateway = gateway
    self.onlyMine = onlyMine
    self.makeID = makeID
    choice = WatchBoard.Choice(agent: agent)
  }

  /// What is asked first.
  mutating func start() -> [Effect] {
    [.ask(ControlRequest(id: makeID(), act: .subscribe(after: "latest")))]
  }

  // MARK: News

  mutating func take(_ output: ControlSession.Output, at now: ContinuousClock.Instant) -> [Effect] {
    switch output {
    case .welcome(let welcome):
      principal = welcome.principal
      if onlyMine { choice.owner = welcome.principal }
      notice = ""
    case .notice(let sentence), .expiring(let sentence):
      notice = sentence
    case .ack(let request, _):
      if request.id == progress?.id { progress?.take(at: now) }
    case .nack(let request, let refusal):
      denied(request, refusal)
    case .verdict(let verdict):
      if verdict.id == progress?.id { progress?.end(verdict, at: now) }
    case .record(let record):
      return recorded(record, at: now)
    case .standing(let tasks):
      board.replace(by: tasks)
      return [Self.fetchQuestions(before: nil)]
    // Its own records tell of them.
    case .inbox, .question, .closed: break
    }
    return []
  }

  private mutating func denied(_ request: ControlRequest, _ refusal: ControlRefusal) {
    switch request.act {
    case .claim(let task, let question):
      guard case .form(var form)? = dialog, form.open.task == task, form.open.id == question else { return }
      // Who claims it first has no right to it, so nothing is in the way.
      form.remark = refusal.by.map { "\($0) is answering this, too." } ?? refusal.sentence
      dialog = .form(form)
    case .release, .refresh: break
    default:
      if request.id == progress?.id { progress?.refuse(refusal.sentence) } else { notice = refusal.sentence }
    }
  }

  private mutating func recorded(_ record: StreamRecord, at now: ContinuousClock.Instant) -> [Effect] {
    if record.kind == "note", record.data["note"]?.string == "delivered", let progress,
      record.data["id"]?.string == progress.id, record.task == progress.task
    {
      self.progress?.deliver(at: now)
    }
    lines?.take(record)
    if record.kind == "question", record.data["state"]?.string == "closed" { close(record) }
    guard board.take(record, at: now) else { return [] }
    return [.fetch(.task(record.task), "/api/tasks/\(Self.path(record.task))")]
  }

  /// Somebody was first, or nobody was in time.
  private mutating func close(_ record: StreamRecord) {
    guard case .form(let form)? = dialog, form.open.task == record.task,
      form.open.id == record.data["question"]?.string
    else { return }
    dialog = nil
    let by = record.data["by"]?.string.map { " by \(TerminalText.line($0, limit: 60))" } ?? ""
    notice = "The question is closed: \(TerminalText.line(record.data["how"]?.string ?? "over", limit: 40))\(by)."
  }

  mutating func take(
    _ what: DeskInput.Fetched, _ json: JSONValue, at now: ContinuousClock.Instant
  ) -> [Effect] {
    switch what {
    case .task:
      if let summary = TaskSummary(json) { board.take(summary, at: now) }
    case .events(let task):
      guard lines?.task == task, let next = lines?.take(page: json) else { return [] }
      return [Self.fetchEvents(task, after: next)]
    case .questions:
      guard let list = json["questions"], list.kind == .array else { return [] }
      let questions = list.elements.compactMap { OpenQuestion($0) }
      board.take(questions)
      // A gateway that gives an empty page and says that there are more would be asked for ever.
      guard !questions.isEmpty, let next = json["next"].flatMap({ $0.string ?? $0.numberText }) else { return [] }
      return [Self.fetchQuestions(before: next)]
    }
    return []
  }

  mutating func fail(_ what: DeskInput.Fetched, _ sentence: String) {
    switch what {
    case .events(let task) where lines?.task == task: lines?.fail(sentence)
    case .questions: notice = sentence
    case .task, .events: break
    }
  }

  // MARK: What is asked for

  static func fetchEvents(_ task: String, after: String? = nil) -> Effect {
    let query = after.map { "&after=\(PathText.encode($0))" } ?? ""
    return .fetch(.events(task: task), "/api/tasks/\(path(task))/events?limit=1000\(query)")
  }

  private static func fetchQuestions(before: String?) -> Effect {
    let query = before.map { "&before=\(PathText.encode($0))" } ?? ""
    return .fetch(.questions, "/api/questions?limit=200\(query)")
  }

  static func path(_ task: String) -> String { PathText.encode(task) }

  // MARK: The selection

  var rows: [WatchedTask] { board.rows(choice) }

  /// Where the selection is among these rows.
  func index(in rows: [WatchedTask]) -> Int {
    rows.firstIndex { $0.id == selected } ?? max(0, min(selectedIndex, rows.count - 1))
  }

  /// The task that a key is about.
  var current: WatchedTask? {
    if let lines { return board.tasks[lines.task] ?? WatchedTask(id: lines.task) }
    let rows = rows
    return rows.isEmpty ? nil : rows[index(in: rows)]
  }
}
