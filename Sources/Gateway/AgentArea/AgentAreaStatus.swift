import A2A

/// How a task stands, in AgentArea's words.
enum AgentAreaStatus: String, CaseIterable {
  case pending
  case running
  case paused
  case waiting = "waiting_for_approval"
  case completed
  case failed
  case cancelled

  init(_ state: TaskState, isPaused: Bool) {
    self =
      switch state {
      case .submitted: .pending
      case .working: isPaused ? .paused : .running
      case .inputRequired, .authRequired: .waiting
      case .completed: .completed
      case .failed, .rejected: .failed
      case .canceled: .cancelled
      }
  }
}
