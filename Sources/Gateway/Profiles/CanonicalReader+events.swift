import A2A
import JSON
import Journal

// What agents and producers say.
extension CanonicalReader {
  mutating func told(_ event: TaskEvent, _ record: Record) -> [CanonicalEvent] {
    switch event {
    case .task(let task): return snapshot(task, record)
    case .status(let update):
      let said = update.status.message?.metadata
      let report = ProgressReport(metadata: update.metadata) ?? ProgressReport(metadata: said)
      return [status(update.status, report, record)].compactMap(\.self)
    case .artifact(let update): return [artifact(update, record)]
    case .message(let message):
      // The status that follows ends the task with it.
      keep(answer: message.text)
      return []
    }
  }

  /// Of what a producer sends in no shape of A2A, what it says of itself.
  func foreign(_ value: JSONValue, _ record: Record) -> CanonicalEvent? {
    guard value.kind == .object else { return nil }
    var event: CanonicalEvent
    if let report = ProgressReport(reading: value), let type = type(of: report) {
      event = CanonicalEvent(type, record, state: story.state)
      event.take(report)
      if type == .custom { event.name = report.type.name }
    } else {
      event = CanonicalEvent(.custom, record, state: story.state)
    }
    event.agent = event.agent ?? story.task.agent
    let words = ["text", "summary", "reason"].lazy.compactMap { value[$0]?.string }.first
    event.message = event.message ?? words
    if event.payload == nil { event.payload = value }
    return event
  }

  // MARK: A snapshot

  /// The first one is the gateway's own; in later ones, what is new.
  private mutating func snapshot(_ task: AgentTask, _ record: Record) -> [CanonicalEvent] {
    var events: [CanonicalEvent] = []
    if !hasSubmitted {
      hasSubmitted = true
      var event = CanonicalEvent(.taskSubmitted, record, state: .submitted)
      event.agent = story.task.agent
      events.append(event)
      if task.status.state == .submitted, task.artifacts?.isEmpty ?? true { return events }
    }
    let known = story.results.artifacts ?? []
    for new in task.artifacts ?? [] where !known.contains(new) {
      let update = TaskEvent.ArtifactUpdate(
        taskID: task.id, contextID: task.contextID ?? "", artifact: new, lastChunk: true)
      events.append(artifact(update, record))
    }
    let isNew = task.status.state != story.state
    if isNew, let event = status(task.status, ProgressReport(metadata: task.status.message?.metadata), record) {
      events.append(event)
    }
    return events
  }

  // MARK: An update

  private mutating func status(
    _ status: TaskStatus, _ report: ProgressReport?, _ record: Record
  ) -> CanonicalEvent? {
    let changes = status.state != story.state
    stand(status.state)
    if let report, report.agentTask == nil, report.type == .paused || report.type == .resumed,
      !status.state.isTerminal
    {
      guard var event = paced(report.type == .paused, record) else { return nil }
      event.message = report.message
      return event
    }
    guard let type = type(of: status, report, changes: changes) else { return nil }
    if status.state == .working || type == .analysisStarted { begin() }
    var event = CanonicalEvent(type, record, state: status.state)
    event.agent = story.task.agent
    if let text = status.message?.text, !text.isEmpty { event.message = text }
    if let report { event.take(report) }
    if type == .custom { event.name = report?.type.name }
    if type == .taskFailed || type == .taskRejected { event.error = event.error ?? event.message }
    return event
  }

  private func type(of status: TaskStatus, _ report: ProgressReport?, changes: Bool) -> CanonicalType? {
    if let end = CanonicalType(endingAs: status.state) { return end }
    if let report { return type(of: report) }
    // The gateway's own record of the question follows, with its form.
    if status.state.isInterrupted { return story.isRun || !changes ? nil : .inputRequired }
    if status.state == .working, !story.hasBegun { return .analysisStarted }
    return changes || status.message != nil ? .progress : nil
  }

  /// What a report amounts to while the task goes on. Nil for what is told by other records, or by none.
  private func type(of report: ProgressReport) -> CanonicalType? {
    switch report.type {
    case .analysisComplete: .stepCompleted
    case .error: .progress
    case .inputRequired: story.isRun ? .progress : .inputRequired
    case .inputReceived: story.isRun ? .progress : .inputReceived
    case .paused, .resumed, .cancelRequested: .progress
    case .init("heartbeat"), .init("keep_alive"): nil
    default: CanonicalType.reported[report.type.name] ?? .custom
    }
  }

  private mutating func artifact(_ update: TaskEvent.ArtifactUpdate, _ record: Record) -> CanonicalEvent {
    let report = ProgressReport(metadata: update.metadata)
    keep(update)
    if report?.type == .modelChunk {
      var event = CanonicalEvent(.modelChunk, record, state: story.state)
      if let report { event.take(report) }
      event.agent = event.agent ?? story.task.agent
      event.message = event.message ?? update.artifact.plainText
      return event
    }
    var event = CanonicalEvent(.artifact, record, state: story.state)
    if let report { event.take(report) }
    event.agent = event.agent ?? story.task.agent
    (event.artifact, event.append, event.lastChunk) = (update.artifact, update.append, update.lastChunk)
    return event
  }
}

extension CanonicalType {
  /// Those that an agent's report can be, by the report's name.
  fileprivate static let reported: [String: CanonicalType] = {
    let types: [CanonicalType] = [
      .analysisStarted, .progress, .routing, .agentHandoff, .stepStarted, .stepCompleted, .thinking, .toolStarted,
      .toolProgress, .toolCompleted, .toolFailed, .modelStarted, .modelChunk, .modelCompleted, .modelFailed,
      .budgetWarning, .budgetExceeded,
    ]
    return Dictionary(uniqueKeysWithValues: types.map { ($0.rawValue, $0) })
  }()
}
