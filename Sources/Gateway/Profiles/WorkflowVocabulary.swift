import JSON
import Telemetry

/// A chain of reasoning: eight types, in the data of events without a name. What clients of the communications agent read.
struct WorkflowVocabulary: Vocabulary {
  static let workflowStarted = "workflow_started"
  static let reasoningStep = "reasoning_step"
  static let toolStart = "tool_start"
  static let toolEnd = "tool_end"
  static let agentThinking = "agent_thinking"
  static let workflowCompleted = "workflow_completed"
  static let workflowError = "workflow_error"
  static let heartbeat = "heartbeat"

  private let task: ToldTask
  private var hasStarted = false

  init(_ task: ToldTask) {
    self.task = task
  }

  /// What a task is called in it.
  static func workflowID(of task: String) -> String { "wf_\(task)" }

  static func carriage(of type: CanonicalType) -> Carriage {
    switch type {
    case .streamOpened: .notCarried("the stream begins with workflow_started")
    case .taskSubmitted: .notCarried("the workflow is PENDING, which its status tells")
    case .analysisStarted: .told([workflowStarted, agentThinking])
    case .agentHandoff, .stepStarted, .stepCompleted: .told([reasoningStep])
    case .thinking: .told([agentThinking, reasoningStep])
    case .toolStarted: .told([toolStart])
    case .toolCompleted, .toolFailed: .told([toolEnd])
    case .progress, .routing, .toolProgress, .modelStarted, .modelChunk, .modelCompleted, .modelFailed, .inputRequired,
      .inputReceived, .gap, .custom:
      .told([agentThinking])
    case .budgetWarning, .budgetExceeded: .notCarried("it knows no budgets")
    case .paused, .resumed: .notCarried("it knows no pause, and hears nothing meanwhile")
    case .cancelRequested, .verdict: .notCarried("it knows no commands; the end of the workflow tells what came of it")
    case .artifact: .atTheEnd("final_response")
    case .taskCompleted: .told([workflowCompleted])
    case .taskCanceled, .taskRejected, .taskFailed: .told([workflowError])
    case .heartbeat: .told([heartbeat])
    }
  }

  mutating func tell(_ event: CanonicalEvent, _ story: CanonicalStory) -> [ProfileEvent] {
    var events: [ProfileEvent] = []
    // However an agent begins, a workflow has begun before anything else is told of it, and once.
    if !hasStarted, event.type != .taskSubmitted {
      hasStarted = true
      events.append(started(event, story))
      if event.type == .analysisStarted { return events }
    }
    guard case .told = Self.carriage(of: event.type) else { return events }
    events.append(told(event, story))
    return events
  }

  func heartbeat(at time: Int64) -> ProfileEvent? {
    make(Self.heartbeat, at: time) { $0.member("status", "processing") }
  }

  private func told(_ event: CanonicalEvent, _ story: CanonicalStory) -> ProfileEvent {
    switch event.type {
    case .toolStarted: toolStart(event)
    case .toolCompleted, .toolFailed: toolEnd(event)
    case .taskCompleted: completed(event, story)
    case .taskCanceled, .taskRejected, .taskFailed: failed(event, story)
    case _ where event.isStep: step(event, story)
    default: thinking(event)
    }
  }

  func make(_ type: String, at time: Int64, _ members: (inout JSONWriter) -> Void) -> ProfileEvent {
    ProfileEvent { body in
      body.member("type", type)
      body.member("workflow_id", Self.workflowID(of: task.id))
      body.member("timestamp", RFC3339.text(millisecondsSince1970: time))
      members(&body)
    }
  }

  private func started(_ event: CanonicalEvent, _ story: CanonicalStory) -> ProfileEvent {
    make(Self.workflowStarted, at: event.time) { body in
      body.member("initial_prompt", story.prompt)
      body.member("agent_type", task.agent)
    }
  }
}
