package import A2A
package import A2AWire
import Telemetry

extension TaskStore {
  /// Cancels the work and waits a while for it to end. The answer is the task as it then is: an agent that does not
  /// heed the cancel is still at work, and the answer does not say otherwise.
  package func cancel(_ request: CancelTaskRequest, _ call: CallContext) async throws(A2AError) -> AgentTask {
    let entry = try find(request.id, call)
    let state = entry.record.status.state
    // Asking again for what has happened already is no mistake.
    if state == .canceled { return entry.record.snapshot() }
    guard !state.isTerminal else {
      throw A2AError(
        .taskNotCancelable, "The task \(entry.record.id) has ended already (\(state)), so it cannot be cancelled.")
    }
    if let refusal = entry.refusals.last {
      throw A2AError(.taskNotCancelable, "The agent cannot be cancelled just now: \(refusal.reason)")
    }
    if case .no = entry.cancelling { begin(entry) }
    try await wait(until: .stopped, entry)
    return entry.record.snapshot()
  }

  private func begin(_ entry: TaskEntry) {
    entry.cancelling = .asked
    log.info("task being cancelled", ["task": .string(entry.record.id)])
    let id = entry.record.id
    entry.graceTimer = after(limits.cancelGrace) { store in await store.graceIsOver(id) }
    entry.work?.cancel()
    endPause(entry)
  }

  private func graceIsOver(_ id: String) {
    guard let entry = tasks[id], !entry.record.isEnded else { return }
    entry.cancelling = .ignored
    log.warning("cancel not heeded, the work goes on", ["task": .string(id)])
    wake(entry)
  }

  /// As long as the agent holds on to the returned number, the task is not cancelled.
  func refuseCancel(_ id: String, _ reason: String) throws -> Int {
    let entry = try live(id, "a refusal to be cancelled")
    refusalCount += 1
    entry.refusals.append((refusalCount, reason))
    return refusalCount
  }

  func allowCancel(_ id: String, _ refusal: Int) {
    tasks[id]?.refusals.removeAll { $0.id == refusal }
  }
}
