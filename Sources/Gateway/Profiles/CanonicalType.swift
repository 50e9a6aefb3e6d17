import A2A

/// Everything that can happen to a task, under the one name that all vocabularies are made from.
enum CanonicalType: String, Sendable, CaseIterable {
  // The stream itself: never journaled
  case streamOpened = "stream_opened"
  case heartbeat

  // The whole task
  case taskSubmitted = "task_submitted"
  case analysisStarted = "analysis_started"

  // Who does it, and which part of it
  case progress
  case routing
  case agentHandoff = "agent_handoff"
  case stepStarted = "step_started"
  case stepCompleted = "step_completed"
  case thinking

  // Tools
  case toolStarted = "tool_started"
  case toolProgress = "tool_progress"
  case toolCompleted = "tool_completed"
  case toolFailed = "tool_failed"

  // Language models
  case modelStarted = "llm_started"
  case modelChunk = "llm_chunk"
  case modelCompleted = "llm_completed"
  case modelFailed = "llm_failed"

  // Budgets
  case budgetWarning = "budget_warning"
  case budgetExceeded = "budget_exceeded"

  // People
  case inputRequired = "input_required"
  case inputReceived = "input_received"
  case paused
  case resumed
  case cancelRequested = "cancel_requested"
  /// What came of a command that has changed nothing.
  case verdict

  // Results, and what is missing
  case artifact
  /// Events were lost before they came here.
  case gap
  /// What nobody here knows; its own name is in the event.
  case custom

  // The end: one of these, once, last
  case taskCompleted = "analysis_complete"
  case taskCanceled = "task_canceled"
  case taskRejected = "task_rejected"
  case taskFailed = "error"

  var isFinal: Bool {
    switch self {
    case .taskCompleted, .taskCanceled, .taskRejected, .taskFailed: true
    default: false
    }
  }

  /// Whether a record tells of it.
  var isJournaled: Bool {
    switch self {
    case .streamOpened, .heartbeat: false
    default: true
    }
  }

  /// The end that a state is; nil for one that is none.
  init?(endingAs state: TaskState) {
    switch state {
    case .completed: self = .taskCompleted
    case .canceled: self = .taskCanceled
    case .rejected: self = .taskRejected
    case .failed: self = .taskFailed
    case .submitted, .working, .inputRequired, .authRequired: return nil
    }
  }
}
