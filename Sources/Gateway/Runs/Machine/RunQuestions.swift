/// The questions of a task: the one that its agent shows, how the others were closed, and what became of answers.
struct RunQuestions: Sendable, Equatable {
  /// So many were asked.
  private(set) var count = 0
  /// The one that the agent shows, answered or not.
  private(set) var current: TaskQuestion?
  /// How those before it were closed.
  private(set) var ends: [Int: QuestionEnd] = [:]
  /// All commands that have answered one.
  private var answerers: Set<RunCommand.Key> = []
  /// The answer to the current one, as long as it is not known what came of it.
  var sending: Sending?
  /// Answers that have left, to questions that the agent does not show any more.
  var leaving: [Leaving] = []
  /// Until then nobody else's words are taken for more than a late answer, on the steady clock.
  var settled: Int64?
  /// When the current question's claim and its time are over, on the steady clock.
  private(set) var claimEnds: Int64?
  private(set) var expires: Int64?

  /// An answer on its way to the agent.
  struct Sending: Sendable, Equatable {
    let command: RunCommand.Key
    /// It has left, and nobody knows whether it has arrived.
    var mayHaveArrived = false
    /// Times that it has not arrived, or may not have.
    var failures = 0
    /// When it is tried again, on the steady clock.
    var againAt: Int64?
    var backoff = RunBackoff()
  }

  struct Leaving: Sendable, Equatable {
    let command: RunCommand.Key
    let question: TaskQuestion
    /// What it was closed by, should it not have been this answer.
    let otherwise: QuestionEnd.How
    /// On the steady clock. An agent that goes on after an answer has it, where nothing else is heard by then.
    let by: Int64
  }

  /// Milliseconds after its deadline for which the agent may close a question itself.
  static let grace: Int64 = 2000

  init() {}

  /// Those of before a restart.
  /// - Parameter shown: the agent shows the last one, as far as is known.
  init(_ questions: [TaskQuestion], isShown shown: Bool) {
    count = questions.last?.number ?? 0
    for question in questions {
      if let end = question.end {
        ends[question.number] = end
        if let answer = end.answer { answerers.insert(answer.command) }
      }
    }
    if shown { current = questions.last }
  }

  /// When there is something to do next, on the steady clock.
  var wakeAt: Int64? {
    ([claimEnds, expires, sending?.againAt] + leaving.map(\.by)).compactMap { $0 }.min()
  }

  func isAnswer(_ command: RunCommand.Key) -> Bool { answerers.contains(command) }

  /// How it was closed; nil where it is open, or was never asked.
  func end(_ name: String) -> QuestionEnd? { ends.first { TaskQuestion.name($0.key) == name }?.value }

  // MARK: Changes

  /// Goes on with the answer of before a restart.
  mutating func resume(_ commands: RunCommands) {
    guard let answer = current?.end?.answer,
      let said = commands.open.first(where: { $0.command.key == answer.command })
    else { return }
    sending = Sending(command: answer.command, mayHaveArrived: said.memory.isDelivered)
  }

  mutating func ask(_ question: TaskQuestion) {
    count = max(count, question.number)
    current = question
  }

  /// The agent does not show it any more.
  mutating func letGo() {
    current = nil
    sending = nil
    settled = nil
    (claimEnds, expires) = (nil, nil)
  }

  /// Gives it as it now is; nil where there is none.
  mutating func set(_ state: TaskQuestion.State) -> TaskQuestion? {
    current?.state = state
    if let current { note(current) }
    return current
  }

  mutating func note(_ question: TaskQuestion) {
    ends[question.number] = question.end
    if let answer = question.end?.answer { answerers.insert(answer.command) }
  }

  /// After each change of the current question, and after a restart.
  mutating func setTimes(at now: RunMoment) {
    guard let current, current.isOpen else {
      (claimEnds, expires) = (nil, nil)
      return
    }
    claimEnds = current.claim.map { now.steady + max(0, $0.until - now.wall) }
    expires = current.deadline.map { now.steady + max(0, $0 + Self.grace - now.wall) }
  }
}
