/// What agents that were written elsewhere call the same steps. Each name means one kind; a name that nobody knows stays as it is.
extension ProgressReport.Kind {
  /// - Parameter name: as an agent says it.
  package init(said name: String) {
    self = Self.aliases[name] ?? Self(name)
  }

  /// Every other name of a kind, and the kind that it means.
  package static let aliases: [String: Self] = [
    // Whole tasks. An agent's end is its state: this tells of it only in words.
    "workflow_started": .analysisStarted, "complete": .analysisComplete, "task_complete": .analysisComplete,
    "workflow_completed": .analysisComplete, "workflow_error": .error,
    // Steps
    "routing_started": .routing, "routing_completed": .routing, "step_start": .stepStarted,
    "node_started": .stepStarted, "evaluation_started": .stepStarted, "step_complete": .stepCompleted,
    "node_completed": .stepCompleted, "agent_thinking": .thinking, "reasoning_step": .thinking,
    // Tools
    "tool_start": .toolStarted, "data_loading": .toolProgress, "data_loaded": .toolProgress,
    "step_progress": .toolProgress, "tool_complete": .toolCompleted, "tool_end": .toolCompleted,
    "tool_error": .toolFailed,
    // Language models
    "llm_token": .modelChunk,
  ]
}
