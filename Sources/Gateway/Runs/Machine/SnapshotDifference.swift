import A2A

/// What an agent shows of a task that has not been told here, and the events that bring it here.
///
/// Reports on the way are in no snapshot: that some are missing shows in the time and the words of the status alone. An artifact that
/// only we have is no difference, since agents may leave artifacts out.
struct SnapshotDifference: Sendable, Equatable {
  /// In words, for people.
  private(set) var missing: [String] = []
  private(set) var events: [TaskEvent] = []

  var isEmpty: Bool { events.isEmpty }

  /// - Parameters:
  ///   - ours: as it was put together from what was told.
  ///   - theirs: as the agent shows it, under our names.
  ///   - isBehind: its status was told here, and others behind it.
  init(from ours: AgentTask, to theirs: AgentTask, isBehind: Bool = false) {
    for artifact in theirs.artifacts ?? [] { compare(artifact, ours) }
    guard theirs.status != ours.status, !isBehind else { return }
    let state = theirs.status.state
    missing.append(
      state == ours.status.state
        ? "what it reported while it was \(state.word)"
        : "how it came from \(ours.status.state.word) to \(state.word)")
    events.append(
      .status(.init(taskID: ours.id, contextID: ours.contextID ?? ours.id, status: theirs.status)))
  }

  private mutating func compare(_ theirs: Artifact, _ ours: AgentTask) {
    let known = ours.artifacts?.first { $0.id == theirs.id }
    guard theirs != known else { return }
    var update = TaskEvent.ArtifactUpdate(taskID: ours.id, contextID: ours.contextID ?? ours.id, artifact: theirs)
    if let known, theirs.parts.count > known.parts.count, theirs.parts.starts(with: known.parts) {
      update.artifact.parts.removeFirst(known.parts.count)
      update.append = true
      missing.append("the rest of the artifact \(theirs.id)")
    } else {
      missing.append(known == nil ? "the artifact \(theirs.id)" : "how the artifact \(theirs.id) was changed")
    }
    events.append(.artifact(update))
  }
}
