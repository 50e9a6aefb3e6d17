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
  var work: Task<Void, Never>?
  var streams: [FeedQueue] = []
  var waiters: [Waiter] = []
  /// The first of them is shown.
  var questions: [OpenQuestion] = []
  var questionCount = 0
  var toolCount = 0
  /// What callers have said while the agent was at work.
  var waitingMessages: [Message] = []
  var pushConfigs: [RegisteredPush] = []
  var budget: TimeBudget?
  /// Reasons not to be cancelled just now.
  var refusals: [(id: Int, reason: String)] = []
  /// The task's time limit, a question's deadline, the grace of a cancel.
  var limitTimer: Task<Void, Never>?
  var questionTimer: Task<Void, Never>?
  var graceTimer: Task<Void, Never>?
  /// What the store has counted for it.
  var countedBytes = 0
  var hasLateEvents = false

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
