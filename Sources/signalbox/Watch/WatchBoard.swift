import A2A
import JSON

/// All running tasks, as far as they are known. A value: it is told what the gateway says.
struct WatchBoard: Sendable {
  /// How long a task that is over stays in sight.
  static let lingering: Duration = .seconds(8)

  /// Which tasks are wanted.
  struct Choice: Sendable, Equatable {
    var agent: String?
    /// Nil: whosesoever.
    var owner: String?
    /// Something that must stand in a row; empty: nothing.
    var words = ""
  }

  private(set) var tasks: [String: WatchedTask] = [:]

  var count: Int { tasks.values.count { $0.ended == nil } }
  var questionCount: Int { tasks.values.count { $0.question != nil && $0.ended == nil } }

  /// All there are; what is not among them is over. Questions and what was said last stay known.
  mutating func replace(by summaries: [TaskSummary]) {
    var tasks: [String: WatchedTask] = [:]
    for summary in summaries where !summary.isFinal {
      var task = self.tasks[summary.id] ?? WatchedTask(id: summary.id)
      task.take(summary)
      tasks[summary.id] = task
    }
    self.tasks = tasks
  }

  /// - Returns: whether nothing is known of whose it is, so that somebody has to ask.
  mutating func take(_ record: StreamRecord, at now: ContinuousClock.Instant) -> Bool {
    let isNew = tasks[record.task] == nil
    // What comes behind the end brings nothing back.
    if isNew, record.kind == "late" || record.kind == "note" || record.kind == "verdict" { return false }
    tasks[record.task, default: WatchedTask(id: record.task)].take(record, at: now)
    return isNew
  }

  mutating func take(_ summary: TaskSummary, at now: ContinuousClock.Instant) {
    guard tasks[summary.id] != nil else { return }
    let said = tasks[summary.id]?.state ?? ""
    tasks[summary.id]?.take(summary)
    // What the stream said meanwhile is newer than the answer.
    if !said.isEmpty { tasks[summary.id]?.state = said }
    if summary.isFinal, tasks[summary.id]?.ended == nil { tasks[summary.id]?.ended = now }
  }

  /// Those that were open when they were asked for; what the stream has said since stays.
  mutating func take(_ questions: [OpenQuestion]) {
    for question in questions where tasks[question.task] != nil && tasks[question.task]?.question == nil {
      tasks[question.task]?.question = question
    }
  }

  /// Takes out what has been over for a while.
  mutating func tidy(at now: ContinuousClock.Instant) {
    tasks = tasks.filter { _, task in task.ended.map { now - $0 < Self.lingering } ?? true }
  }

  /// Questions first, those with the nearest deadline before the others; then the youngest.
  func rows(_ choice: Choice) -> [WatchedTask] {
    let words = choice.words.lowercased()
    return tasks.values.filter { task in
      (choice.agent == nil || choice.agent == task.agent) && (choice.owner == nil || choice.owner == task.owner)
        && (words.isEmpty || Self.text(task).contains(words))
    }.sorted { left, right in
      let (leftRank, rightRank) = (Self.rank(left), Self.rank(right))
      if leftRank != rightRank { return leftRank < rightRank }
      let (leftOpened, rightOpened) = (
        left.opened?.millisecondsSince1970 ?? .max, right.opened?.millisecondsSince1970 ?? .max
      )
      return leftOpened == rightOpened ? left.id < right.id : leftOpened > rightOpened
    }
  }

  private static func rank(_ task: WatchedTask) -> Int64 {
    if task.ended != nil { return .max }
    guard let question = task.question else { return .max - 1 }
    return question.deadline?.millisecondsSince1970 ?? .max - 2
  }

  private static func text(_ task: WatchedTask) -> String {
    [task.id, task.agent, task.owner, task.state, task.last, task.question?.text ?? ""].joined(separator: "\n")
      .lowercased()
  }
}
