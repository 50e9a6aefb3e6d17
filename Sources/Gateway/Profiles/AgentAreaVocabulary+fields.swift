import A2A
import JSON
import Telemetry

// What stands in an event's data beside the task.
extension AgentAreaVocabulary {
  func write(_ event: CanonicalEvent, _ story: CanonicalStory, into data: inout JSONWriter) {
    if event.type != .modelChunk { data.member("message", event.words) }
    if let agent = event.agent, agent != story.task.agent { data.member("agent", agent) }
    switch event.type {
    case .taskSubmitted: data.member("status", "submitted")
    case .routing, .stepStarted, .stepCompleted: data.member("step", event.phase ?? event.words)
    case .agentHandoff: data.member("target_agent", ifPresent: event.fact("agent"))
    case .toolStarted, .toolProgress, .toolCompleted, .toolFailed: writeTool(event, into: &data)
    case .modelStarted, .modelChunk, .modelCompleted, .modelFailed: writeModel(event, into: &data)
    case .budgetWarning, .budgetExceeded: writeBudget(event, into: &data)
    case .inputRequired, .inputReceived: writeQuestion(event, into: &data)
    case .artifact: writeArtifact(event, into: &data)
    case .custom:
      data.member("name", ifPresent: event.name)
      data.member("payload", ifPresent: event.payload)
    case .taskCompleted, .taskCanceled, .taskRejected, .taskFailed: writeEnd(event, story, into: &data)
    default: break
    }
  }

  private func writeTool(_ event: CanonicalEvent, into data: inout JSONWriter) {
    data.member("tool_name", ifPresent: event.tool)
    data.member("tool_call_id", ifPresent: event.callID)
    data.member("arguments", ifPresent: event.input)
    data.member("step", ifPresent: event.step)
    data.member("total", ifPresent: event.total)
    data.member("progress", ifPresent: event.percent)
    data.member("result", ifPresent: event.summary.map { String($0.prefix(CanonicalEvent.summaryLimit)) })
    data.member("error", ifPresent: event.error)
    data.member("duration_ms", ifPresent: event.durationMilliseconds)
    if event.type == .toolCompleted || event.type == .toolFailed {
      data.member("success", event.type == .toolCompleted)
    }
  }

  /// As the agent names them, one way or the other.
  private func writeModel(_ event: CanonicalEvent, into data: inout JSONWriter) {
    switch event.type {
    case .modelStarted:
      data.member("model", ifPresent: event.fact("model"))
      data.member("estimated_cost", ifPresent: event.fact("estimated_cost", "estimatedCost"))
    case .modelChunk:
      data.member("chunk", event.message ?? "")
      data.member("chunk_index", ifPresent: event.step)
      data.member("is_final", event.fact("is_final", "isFinal")?.bool ?? false)
    case .modelCompleted:
      data.member("model", ifPresent: event.fact("model"))
      data.member("content", ifPresent: event.summary)
      data.member("usage", ifPresent: event.fact("usage"))
      data.member("cost", ifPresent: event.fact("cost"))
      data.member("duration_ms", ifPresent: event.durationMilliseconds)
    default:
      data.member("model", ifPresent: event.fact("model"))
      data.member("error", event.words)
      for (name, kind) in [("is_auth_error", "authentication"), ("is_rate_limit_error", "rate")] {
        if let said = event.fact(name) {
          data.member(name, said)
        } else if let said = event.fact("class")?.string {
          data.member(name, said == kind)
        }
      }
      for name in ["retry_after", "retryable", "usage", "cost"] { data.member(name, ifPresent: event.fact(name)) }
    }
  }

  private func writeBudget(_ event: CanonicalEvent, into data: inout JSONWriter) {
    data.member("usage_percentage", ifPresent: event.fact("usage_percentage", "usagePercentage"))
    data.member("cost", ifPresent: event.fact("cost"))
    data.member("limit", ifPresent: event.fact("limit"))
  }

  private func writeQuestion(_ event: CanonicalEvent, into data: inout JSONWriter) {
    data.member("question_id", ifPresent: event.fact("question"))
    data.member("form", ifPresent: event.fact("form"))
    data.member("deadline", ifPresent: event.fact("deadline"))
    data.member("values", ifPresent: event.fact("values"))
    data.member("by", ifPresent: event.by)
    if event.type == .inputRequired { data.member("status", "waiting_for_approval") }
  }

  private func writeArtifact(_ event: CanonicalEvent, into data: inout JSONWriter) {
    guard let artifact = event.artifact else { return }
    data.member("append", event.append)
    data.member("last_chunk", event.lastChunk)
    data.key("artifact")
    data.raw(trusted: artifact.encoded())
  }

  private func writeEnd(_ event: CanonicalEvent, _ story: CanonicalStory, into data: inout JSONWriter) {
    let isGood = event.type == .taskCompleted
    data.member("success", isGood)
    data.member("status", event.state.word)
    data.member("execution_time_ms", max(0, event.time - story.started))
    data.member("iterations_completed", story.steps)
    data.member("total_cost", story.costs.cost)
    if isGood {
      data.member("final_response", ifPresent: story.finalResponse(event.message))
      data.member("decision", ifPresent: story.decision)
    } else {
      data.member("error", event.words)
      data.member("error_type", event.code ?? event.state.word)
      data.member("partial_response", ifPresent: story.partialResponse)
    }
  }
}
