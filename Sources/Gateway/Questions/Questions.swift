import A2A
import HTTP
import Identity
import Journal

/// Reads what agents have asked, for those who may see it: one API for pages, programs and open sockets.
struct Questions: Sendable {
  let tasks: TaskAccess

  private var journal: any Journal { tasks.journal }

  // MARK: Open ones

  /// The questions that wait for an answer, of the tasks that the asker may watch, oldest first.
  /// - Parameters:
  ///   - agent: only of this one.
  ///   - place: behind it.
  func open(for asker: Asker, agent: String? = nil, after place: QuestionPlace? = nil, limit: Int) async throws -> Page
  {
    let waiting = try await waitingTasks(for: asker, agent)
    var found: [OpenQuestion] = []
    for memo in try await journal.memos(under: TaskQuestion.family, ofRunning: true) {
      guard let task = waiting[memo.task], let question = TaskQuestion(memo.memo), question.isOpen else { continue }
      found.append(OpenQuestion(task, question, for: asker))
    }
    let inOrder = found.filter { place.map($0.place.isBehind) ?? true }.sorted { $1.place.isBehind($0.place) }
    let page = Array(inOrder.prefix(limit))
    return Page(questions: page, next: page.count < inOrder.count ? page.last?.place : nil)
  }

  struct Page: Sendable {
    let questions: [OpenQuestion]
    /// Behind the last of them; nil where there are no more.
    let next: QuestionPlace?
  }

  /// What waits for somebody, and nothing else asks.
  private func waitingTasks(for asker: Asker, _ agent: String?) async throws -> [String: StoredTask] {
    var query = TaskQuery(visible: asker.principal.visibleTasks, limit: .max)
    query.states = Set(TaskState.allCases.filter(\.isInterrupted).map(\.word))
    query.isFinal = false
    query.agent = agent
    query.withSnapshots = false
    return Dictionary(try await journal.tasks(query).map { ($0.id, $0) }) { first, _ in first }
  }

  /// An open question of a task that the asker may watch; nil where there is none of that name, or it is closed.
  func open(_ name: String, of task: StoredTask, for asker: Asker) async throws -> OpenQuestion? {
    try await all(of: task).first { $0.name == name && $0.isOpen }.map { OpenQuestion(task, $0, for: asker) }
  }

  // MARK: Of one task

  /// All that were asked, in that order, with how they were closed.
  func all(of task: StoredTask) async throws(JournalError) -> [TaskQuestion] {
    try await journal.memos(of: task.id, under: TaskQuestion.family).questions.map { question in
      guard task.isFinal, question.isOpen else { return question }
      // The gateway that ended it had no more to do with its agent.
      var question = question
      question.state = .closed(QuestionEnd(how: .ended, at: task.updated))
      return question
    }
  }
}

/// A question that waits for an answer, as one sees it who may watch its task.
struct OpenQuestion: Sendable, Equatable {
  let task: StoredTask
  let question: TaskQuestion
  let mayAnswer: Bool

  init(_ task: StoredTask, _ question: TaskQuestion, for asker: Asker) {
    self.task = task
    self.question = question
    mayAnswer = asker.principal.decide(.answer, on: .task(TaskFacts(task.opening))).isAllowed
  }

  var place: QuestionPlace { QuestionPlace(asked: question.asked, task: task.id, number: question.number) }
}

/// Where a question stands among all that are open: for pages.
struct QuestionPlace: Sendable, Equatable, CustomStringConvertible {
  let asked: Int64
  let task: String
  let number: Int

  init(asked: Int64, task: String, number: Int) {
    self.asked = asked
    self.task = task
    self.number = number
  }

  /// Nil for anything that `description` does not write.
  init?(_ text: String) {
    let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, let asked = Int64(parts[0]), let number = Int(parts[1]), !parts[2].isEmpty else {
      return nil
    }
    self.init(asked: asked, task: String(parts[2]), number: number)
    guard description == text else { return nil }
  }

  var description: String { "\(asked).\(number).\(task)" }

  func isBehind(_ other: QuestionPlace) -> Bool {
    (asked, task, number) > (other.asked, other.task, other.number)
  }
}
