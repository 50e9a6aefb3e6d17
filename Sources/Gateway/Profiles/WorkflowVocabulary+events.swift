import A2A
import JSON

// The types one by one.
extension WorkflowVocabulary {
  func step(_ event: CanonicalEvent, _ story: CanonicalStory) -> ProfileEvent {
    make(Self.reasoningStep, at: event.time) { body in
      body.member("step_id", event.id)
      body.member("thought", event.words)
      body.member("action", ifPresent: event.fact("action"))
      body.member("action_input", ifPresent: event.fact("action_input", "actionInput"))
      body.member("step_number", story.steps)
    }
  }

  func toolStart(_ event: CanonicalEvent) -> ProfileEvent {
    make(Self.toolStart, at: event.time) { body in
      body.member("tool_name", event.tool ?? "")
      body.member("tool_call_id", ifPresent: event.callID)
      body.key("tool_input")
      if let input = event.input { body.value(input) } else { body.object { _ in } }
      body.member("description", ifPresent: event.message)
    }
  }

  func toolEnd(_ event: CanonicalEvent) -> ProfileEvent {
    make(Self.toolEnd, at: event.time) { body in
      body.member("tool_name", event.tool ?? "")
      body.member("tool_call_id", ifPresent: event.callID)
      let output = event.summary ?? (event.type == .toolCompleted ? event.message : nil)
      body.member("tool_output", ifPresent: output.map { String($0.prefix(CanonicalEvent.summaryLimit)) })
      body.member("success", event.type == .toolCompleted)
      if event.type == .toolFailed { body.member("error_message", event.words) }
      body.member("execution_time_ms", ifPresent: event.durationMilliseconds)
    }
  }

  func thinking(_ event: CanonicalEvent) -> ProfileEvent {
    make(Self.agentThinking, at: event.time) { body in
      body.member("thinking", event.words)
      body.member("planning_stage", Self.stage(of: event))
    }
  }

  func completed(_ event: CanonicalEvent, _ story: CanonicalStory) -> ProfileEvent {
    make(Self.workflowCompleted, at: event.time) { body in
      body.member("final_response", story.finalResponse(event.message) ?? event.words)
      writeTotals(event, story, into: &body)
    }
  }

  func failed(_ event: CanonicalEvent, _ story: CanonicalStory) -> ProfileEvent {
    make(Self.workflowError, at: event.time) { body in
      body.member("error_message", event.words)
      body.member("error_type", event.code ?? event.state.word)
      body.member("recovery_suggestion", ifPresent: event.recoverySuggestion)
      body.member("partial_response", ifPresent: story.partialResponse)
      writeTotals(event, story, into: &body)
    }
  }

  private func writeTotals(_ event: CanonicalEvent, _ story: CanonicalStory, into body: inout JSONWriter) {
    body.member("total_steps", story.steps)
    body.member("execution_time_ms", max(0, event.time - story.started))
    body.array("tools_used") { list in for tool in story.tools { list.string(tool) } }
  }

  /// One of the four that there are: what the agent says it is in, or what the type stands for.
  private static func stage(of event: CanonicalEvent) -> String {
    if let phase = event.phase, ["analysis", "planning", "execution", "review"].contains(phase) { return phase }
    return switch event.type {
    case .routing, .analysisStarted, .agentHandoff: "planning"
    case .toolProgress, .modelChunk, .modelCompleted, .modelFailed, .progress, .custom: "execution"
    case .inputRequired, .inputReceived, .gap: "review"
    default: "analysis"
    }
  }
}

extension CanonicalEvent {
  /// What somebody can do about it; what the agent says comes first.
  var recoverySuggestion: String? {
    if let said = fact("recovery_suggestion", "recoverySuggestion")?.string { return said }
    return switch code.flatMap(RunFailure.init) {
    case .agentUnavailable: "Try again a little later; if it lasts, ask an operator to look after the agent."
    case .agentRefused: "Say it in another way, or choose another agent."
    case .agentLost, .handOverLost: "Begin the task again: nobody knows how far it had come."
    case .agentProtocol: "Ask an operator to look after the agent."
    case .timeout: "Ask for less at once, or ask an operator for more time."
    case nil: type == .taskCanceled ? "Begin the task again if it is still wanted." : nil
    }
  }
}
