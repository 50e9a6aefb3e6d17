import A2A
import JSON
import Telemetry

/// `WorkflowStarted` and its like: what clients of AgentArea read. The type is the name of the event and in its data, both the same, and
/// the end is known by the canonical type, never by how a name is spelled.
struct AgentAreaVocabulary: Vocabulary {
  private let task: ToldTask
  private var hasStarted = false

  init(_ task: ToldTask) {
    self.task = task
  }

  static let started = "WorkflowStarted"
  static let connected = "connected"
  static let heartbeat = "heartbeat"

  /// What a task's execution is called in it.
  static func executionID(of task: String) -> String { "task-\(task)" }

  static func carriage(of type: CanonicalType) -> Carriage {
    switch type {
    case .streamOpened: .told([connected])
    case .heartbeat: .told([heartbeat])
    case .taskSubmitted: .told(["task_created"])
    case .analysisStarted: .told([started, "WorkflowProgressUpdated"])
    case .progress, .toolProgress: .told(["WorkflowProgressUpdated"])
    case .routing, .stepStarted: .told(["WorkflowStepStarted"])
    case .stepCompleted: .told(["WorkflowStepCompleted"])
    case .agentHandoff: .told(["A2AMessageSent"])
    case .toolStarted: .told(["WorkflowToolCallStarted"])
    case .toolCompleted: .told(["WorkflowToolCallCompleted"])
    case .toolFailed: .told(["ToolCallFailed"])
    case .modelStarted: .told(["WorkflowLLMCallStarted"])
    case .modelChunk: .told(["LLMCallChunk"])
    case .modelCompleted: .told(["WorkflowLLMCallCompleted"])
    case .modelFailed: .told(["LLMCallFailed"])
    case .budgetWarning: .told(["WorkflowBudgetWarning"])
    case .budgetExceeded: .told(["WorkflowBudgetExceeded"])
    case .inputRequired: .told(["TaskInputRequired", "HumanApprovalRequested"])
    case .inputReceived: .told(["HumanApprovalReceived"])
    case .paused: .told(["WorkflowPaused"])
    case .resumed: .told(["WorkflowResumed"])
    case .artifact: .told(["TaskArtifactAdded"])
    case .custom: .told(["custom"])
    case .taskCompleted: .told(["WorkflowCompleted"])
    case .taskCanceled: .told(["WorkflowCancelled"])
    case .taskRejected, .taskFailed: .told(["WorkflowFailed"])
    case .thinking: .notCarried("it has no word for thoughts, only for calls of models and tools")
    case .gap: .notCarried("it has no word for it; what the agent then shows is told")
    case .cancelRequested, .verdict:
      .notCarried("a request is answered where it was made; the end tells what came of it")
    }
  }

  mutating func tell(_ event: CanonicalEvent, _ story: CanonicalStory) -> [ProfileEvent] {
    var events: [ProfileEvent] = []
    // However an agent begins, a workflow has begun before anything else is told of it, and once.
    if !hasStarted, event.type != .taskSubmitted {
      hasStarted = true
      events.append(
        make(Self.started, "\(event.id).start", at: event.time, story) { data in
          data.member("message", "The work has begun.")
          data.member("query", story.prompt)
        })
      if event.type == .analysisStarted { return events }
    }
    guard case .told(let names) = Self.carriage(of: event.type), let last = names.last else { return events }
    let name =
      switch event.type {
      case .inputRequired: names[event.state == .authRequired ? 1 : 0]
      default: last
      }
    events.append(make(name, event.id, at: event.time, story) { write(event, story, into: &$0) })
    return events
  }

  func opening(at time: Int64, _ story: CanonicalStory) -> ProfileEvent? {
    make(Self.connected, "\(task.id)-connected-\(story.seq)", at: time, story) {
      $0.member("message", "Connected to the task's events.")
    }
  }

  func heartbeat(at time: Int64) -> ProfileEvent? {
    make(Self.heartbeat, "\(task.id)-heartbeat-\(time)", at: time, nil) { $0.member("status", "processing") }
  }

  private func make(
    _ type: String, _ id: String, at time: Int64, _ story: CanonicalStory?, _ members: (inout JSONWriter) -> Void
  ) -> ProfileEvent {
    ProfileEvent(type) { body in
      body.member("event_type", type)
      body.member("event_id", id)
      body.member("timestamp", RFC3339.text(millisecondsSince1970: time))
      body.object("data") { data in
        data.member("task_id", task.id)
        data.member("agent_id", task.agent)
        data.member("execution_id", Self.executionID(of: task.id))
        if let story { data.member("iteration", story.steps) }
        members(&data)
      }
    }
  }
}
