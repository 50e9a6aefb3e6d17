import A2A

/// A cancel on its way: from the moment in which somebody wants it to the verdict.
struct RunCancelling: Sendable, Equatable {
  /// Counts cancels that came to a verdict while the task went on: what an earlier call still brings is not meant for the next.
  private(set) var round = 0
  /// The agent is being asked.
  var isUnderWay = false
  /// It was asked, or may have been.
  var hasLeft = false
  /// It has said yes, and not stopped yet.
  var hasAgreed = false
  /// When it must have stopped, on the steady clock; nil where nobody wants it to.
  var deadline: Int64?
  /// It was asked for the second time.
  var isSecond = false
  /// Why the gateway has ended the task, because the agent did not.
  var ignored: String?
  /// The end, as the answer showed it.
  var shown: Shown?
  /// It has said no.
  var refusal: No?
  /// When it is asked again, where it could not be asked.
  var againAt: Int64?
  var backoff = RunBackoff()
  /// What was wrong the last time.
  var trouble: String?

  struct Shown: Sendable, Equatable {
    let task: AgentTask
    /// When it counts without the stream, on the steady clock.
    let by: Int64
  }

  struct No: Sendable, Equatable {
    let word: Verdict.Word
    let why: String
    /// When it counts, on the steady clock.
    let by: Int64
  }

  /// The agent need not be asked: it is being asked, or has answered.
  var isAsked: Bool { isUnderWay || hasAgreed || refusal != nil || shown != nil }

  /// What the agent has answered comes before any deadline.
  var wakeAt: Int64? { shown?.by ?? refusal?.by ?? [deadline, againAt].compactMap { $0 }.min() }

  /// As for one that nobody has asked for yet.
  mutating func reset() {
    let next = round + 1
    self = RunCancelling()
    round = next
  }
}
