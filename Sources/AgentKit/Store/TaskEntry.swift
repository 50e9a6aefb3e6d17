import A2A

/// All that the store knows of one task. Only the store's actor touches it.
final class TaskEntry {
  enum Decision {
    /// The agent has not done anything yet that would tell.
    case open
    case task
    case reply(Message)
  }

  enum Cancelling {
    case no
    /// The work was told, and has the grace to end.
    case asked
    /// The grace is over and the work has not ended.
    case ignored
  }

  enum Pace {
    case going
    /// Nothing new begins. What would have waits here, in its order.
    case paused([HeldBack])
  }

  struct HeldBack {
    let id: Int
    let continuation: CheckedContinuation<Void, any Error>
  }

  /// What somebody waits for.
  enum Condition {
    /// It is clear whether there is a task.
    case decided
    /// It has ended, or needs somebody.
    case settled
    /// It has ended, or has not heeded a cancel.
    case stopped
    case ended
  }

  struct Waiter {
    let id: Int
    let condition: Condition
    let continuation: CheckedContinuation<Void, Never>
  }

  struct OpenQuestion {
    var question: Question
    let draft: QuestionDraft
    let continuation: CheckedContinuation<QuestionOutcome, any Error>
  }

  /// With the version of the protocol in which its receiver is told.
  struct RegisteredPush {
    var config: PushConfig
    var version: ProtocolVersion
  }

  var record: TaskRecord
  var decision: Decision
  var cancelling = Cancelling.no
  var pace = Pace.going
  var work: Task<Void, Never>?
  var streams: [FeedQueue] = []
  var waiters: [Waiter] = []
  /// The first of them is shown.
  var questions: [OpenQuestion] = []
  var questionCount = 0
  var toolCount = 0
  /// The other agents that do a part of it just now, by the number of the part.
  var following: [Int: TaskStore.Following] = [:]
  var partCount = 0
  /// The last word to them that is on its way.
  var passingOn: Task<Void, Never>?
  /// What callers have said while the agent was at work.
  var waitingMessages: [Message] = []
  var pushConfigs: [RegisteredPush] = []
  var budget: TimeBudget?
  var costs = CostBudget(limit: nil)
  /// Reasons not to be cancelled just now.
  var refusals: [(id: Int, reason: String)] = []
  /// The task's time limit, a question's deadline, the grace of a cancel.
  var limitTimer: Task<Void, Never>?
  var questionTimer: Task<Void, Never>?
  var graceTimer: Task<Void, Never>?
  /// What the store has counted for it.
  var countedBytes = 0
  var hasLateEvents = false
  /// Tasks of other agents that were begun for this one and could not be stopped with it.
  var leftRunning: [String] = []

  init(record: TaskRecord, decision: Decision) {
    self.record = record
    self.decision = decision
  }

  var isVisible: Bool {
    if case .task = decision { true } else { false }
  }

  var isReplied: Bool {
    if case .reply = decision { true } else { false }
  }

  var isAsking: Bool { !questions.isEmpty }

  /// A message that has come before is an answer all the same where a question is shown, unless it names an earlier one: clients of the
  /// field use ids again.
  func isAskedAnew(by message: Message) -> Bool {
    guard let shown = questions.first else { return false }
    return Question.id(in: message.metadata).map { $0 == shown.question.id } ?? true
  }

  var isPaused: Bool {
    if case .paused = pace { true } else { false }
  }

  func holds(_ condition: Condition) -> Bool {
    switch condition {
    case .decided: if case .open = decision { record.isEnded } else { true }
    case .settled: record.isSettled
    case .ended: record.isEnded
    case .stopped:
      if case .ignored = cancelling { true } else { record.isEnded }
    }
  }

  func stopTimers() {
    for timer in [limitTimer, questionTimer, graceTimer] { timer?.cancel() }
  }
}
