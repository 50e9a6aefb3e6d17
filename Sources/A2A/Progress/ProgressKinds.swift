/// The kinds of report that every reader knows. Others may come: a reader shows them by their message.
extension ProgressReport.Kind {
  // The whole task
  package static let analysisStarted = Self("analysis_started")
  package static let analysisComplete = Self("analysis_complete")
  package static let error = Self("error")

  // Who does it, and which part of it
  package static let progress = Self("progress")
  package static let routing = Self("routing")
  package static let agentHandoff = Self("agent_handoff")
  package static let stepStarted = Self("step_started")
  package static let stepCompleted = Self("step_completed")
  package static let thinking = Self("thinking")

  // Tools: one started and one completed or failed for each call id, progress in between
  package static let toolStarted = Self("tool_started")
  package static let toolProgress = Self("tool_progress")
  package static let toolCompleted = Self("tool_completed")
  package static let toolFailed = Self("tool_failed")

  // Language models
  package static let modelStarted = Self("llm_started")
  package static let modelChunk = Self("llm_chunk")
  package static let modelCompleted = Self("llm_completed")
  package static let modelFailed = Self("llm_failed")

  // Budgets
  package static let budgetWarning = Self("budget_warning")
  package static let budgetExceeded = Self("budget_exceeded")

  // People
  package static let inputRequired = Self("input_required")
  package static let inputReceived = Self("input_received")
  package static let paused = Self("paused")
  package static let resumed = Self("resumed")
  package static let cancelRequested = Self("cancel_requested")
}
