import A2A
import JSON

// What the agent says while it works.
extension TaskStore {
  /// The task of work that may go on.
  func live(_ id: String, _ what: String) throws -> TaskEntry {
    guard let entry = tasks[id] else { throw CancellationError() }
    if case .reply = entry.decision {
      throw AgentFailure("The agent has answered with a message, so there is no task to go on with.", reason: .misuse)
    }
    if entry.record.isEnded {
      noteLate(entry, what)
      throw CancellationError()
    }
    if case .no = entry.cancelling { return entry }
    throw CancellationError()
  }

  func report(_ id: String, _ said: AgentMessage?, _ report: ProgressReport?) throws {
    let entry = try live(id, report?.type.name ?? "status")
    try checkSize(said, report)
    show(entry, said, report)
  }

  /// The end of a call of a tool, which is told of also when the work is being cancelled.
  func reportEnd(_ id: String, _ said: AgentMessage?, _ report: ProgressReport) {
    guard let entry = tasks[id], !entry.record.isEnded else { return }
    if case .reply = entry.decision { return }
    show(entry, said, report)
  }

  func show(_ entry: TaskEntry, _ said: AgentMessage?, _ report: ProgressReport?) {
    guard entry.isAsking else { return change(entry, to: .working, saying: said, metadata: report) }
    // The question stays what the task shows while another branch of the work tells how far it is.
    let update = TaskEvent.StatusUpdate(
      taskID: entry.record.id, contextID: entry.record.contextID, status: entry.record.status,
      metadata: report?.metadata())
    emit(.status(update), entry)
  }

  private func checkSize(_ said: AgentMessage?, _ report: ProgressReport?) throws {
    let bytes =
      (said?.parts.byteCount ?? 0) + (said?.metadata?.bytes.count ?? 0) + (report?.payload?.bytes.count ?? 0)
    guard bytes <= limits.messageBytes else {
      throw AgentFailure(
        "A message may have \(limits.messageBytes) bytes; this one has about \(bytes).", reason: .limit)
    }
  }

  func add(
    _ artifact: Artifact, to id: String, append: Bool, lastChunk: Bool
  ) throws {
    let entry = try live(id, "artifact")
    guard makeRoom(tasks: 0, bytes: artifact.byteCount) else {
      throw AgentFailure(
        "This agent keeps \(limits.totalBytes) bytes for all its tasks, and has no room for another artifact.",
        reason: .limit)
    }
    try entry.record.add(artifact, append: append, lastChunk: lastChunk, limits: limits)
    decide(entry)
    if entry.record.status.state == .submitted { change(entry, to: .working) }
    emit(
      .artifact(
        .init(
          taskID: entry.record.id, contextID: entry.record.contextID, artifact: artifact, append: append,
          lastChunk: lastChunk)),
      entry)
  }

  func reply(_ id: String, _ said: AgentMessage) throws {
    let entry = try live(id, "a direct answer")
    guard case .open = entry.decision else {
      throw AgentFailure(
        profile.repliesDirectly
          ? "A direct answer must be the first thing that the agent does; now there is a task."
          : "A direct answer needs repliesDirectly in the agent's profile; as it is, every message makes a task.",
        reason: .misuse)
    }
    try checkSize(said, nil)
    let message = said.message(id: world.newID(), taskID: nil, contextID: entry.record.contextID)
    entry.decision = .reply(message)
    emit(.message(message), entry)
    entry.streams = []
    entry.stopTimers()
    wake(entry)
  }

  func history(_ id: String) throws -> [Message] { try live(id, "history").record.history }

  func takeMessages(_ id: String) throws -> [Message] {
    let entry = try live(id, "messages")
    defer { entry.waitingMessages = [] }
    return entry.waitingMessages
  }
}
