import A2A
import HTTP
import JSON
import Telemetry

// "Begin nothing new", and "go on".
extension TaskStore {
  /// What a message asks for that is to pause its task or to let it go on; nil for one that has something else to say.
  func pauseRequest(in message: Message) throws(A2AError) -> PauseRequest? {
    guard message.isAboutPausing else { return nil }
    guard profile.isPausable else {
      throw A2AError(
        .unsupportedOperation,
        "This agent cannot be paused: its card does not name the extension \(PauseRequest.extensionURI).")
    }
    guard let request = PauseRequest(metadata: message.metadata) else {
      throw A2AError(
        .invalidParams,
        "Under the extension \(PauseRequest.extensionURI) a message has a request, which is \"pause\" or \"resume\".")
    }
    guard message.taskID != nil else {
      throw A2AError(.invalidParams, "A message that asks to \(request.rawValue) names the task in taskId.")
    }
    return request
  }

  /// Pausing what is paused, and letting go on what does, changes nothing. A cancel is stronger than both.
  func heed(_ request: PauseRequest, _ entry: TaskEntry) {
    guard case .no = entry.cancelling else { return }
    switch (request, entry.pace) {
    case (.pause, .going):
      entry.pace = .paused([])
      entry.record.metadata = PauseRequest.mark
      stopBudget(entry)
      tell(entry, .paused, "Paused: nothing new begins until somebody says to go on.")
    case (.resume, .paused(let held)):
      entry.pace = .going
      entry.record.metadata = nil
      runBudget(entry)
      tell(entry, .resumed, "Going on.")
      for work in held { work.continuation.resume() }
    case (.pause, .paused), (.resume, .going): break
    }
  }

  private func tell(_ entry: TaskEntry, _ type: ProgressReport.Kind, _ text: String) {
    var report = ProgressReport(type)
    report.message = text
    show(entry, AgentMessage(text), report)
    log.info("task \(type.name)", ["task": .string(entry.record.id)])
  }

  // MARK: Holding back

  /// Returns when the work may go on, and throws when it is to stop.
  func checkpoint(_ id: String) async throws {
    var entry = try live(id, "a checkpoint")
    while entry.isPaused, !Uninterrupted.isInside {
      try await holdBack(entry)
      entry = try live(id, "a checkpoint")
    }
  }

  /// Waits for the right to begin another turn: that is new, too.
  func awaitTurn(_ id: String) async throws {
    while let entry = tasks[id], entry.isPaused { try await holdBack(entry) }
  }

  /// The beginning of a call of a tool, in one with the look at whether it may begin: none does behind the answer to a pause.
  func beginTool(_ id: String, _ name: String, input: JSONValue?) async throws -> String {
    var entry = try live(id, "a tool")
    while entry.isPaused, !Uninterrupted.isInside {
      try await holdBack(entry)
      entry = try live(id, "a tool")
    }
    entry.toolCount += 1
    var first = ProgressReport(.toolStarted)
    first.tool = name
    // Other agents' calls may be told of in the same task of whoever called both, so that a number is not enough.
    let callID = "\(id.prefix(8))-call-\(entry.toolCount)"
    first.callID = callID
    first.input = input
    try report(id, "\(name): started.", first)
    return callID
  }

  private func holdBack(_ entry: TaskEntry) async throws {
    heldCount += 1
    let (number, id) = (heldCount, entry.record.id)
    try await withTaskCancellationHandler {
      // By way of `self`: a closure that does not name it would not run on this actor (docs/decisions/0010).
      try await self.addHeld(number, entry)
    } onCancel: {
      Task { await self.endHeld(number, id) }
    }
  }

  private func addHeld(_ number: Int, _ entry: TaskEntry) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      guard !Task.isCancelled else { return continuation.resume(throwing: CancellationError()) }
      guard case .paused(let held) = entry.pace else { return continuation.resume() }
      entry.pace = .paused(held + [.init(id: number, continuation: continuation)])
    }
  }

  /// Whoever was held back there is not wanted any more.
  private func endHeld(_ number: Int, _ id: String) {
    guard let entry = tasks[id], case .paused(var held) = entry.pace,
      let index = held.firstIndex(where: { $0.id == number })
    else { return }
    let work = held.remove(at: index)
    entry.pace = .paused(held)
    work.continuation.resume(throwing: CancellationError())
  }

  /// The task is cancelled or has ended: what is held back is not to begin at all, also where nothing cancels it.
  func endPause(_ entry: TaskEntry) {
    guard case .paused(let held) = entry.pace else { return }
    entry.pace = .going
    entry.record.metadata = nil
    for work in held { work.continuation.resume(throwing: CancellationError()) }
  }
}

extension Message {
  /// It is for those who keep the task, not for the agent.
  var isAboutPausing: Bool { metadata?[PauseRequest.extensionURI] != nil }
}
