package import A2A
package import A2AWire
import HTTP
package import Telemetry

/// The tasks of one agent: a bounded store, and the service behind the agent's endpoint.
///
/// All that happens to a task happens here, one thing after another, so every reader gets the same events in the same
/// order, and a snapshot joins to what follows it. The agent's own work runs outside.
package actor TaskStore: TaskService {
  let agent: any Agent
  let profile: AgentProfile
  let limits: TaskLimits
  let world: AgentWorld
  let log: Log
  let push: (any PushDelivery)?

  var tasks: [String: TaskEntry] = [:]
  /// Ended ones, the one that ended first in front.
  var ended: [String] = []
  var taskCount = 0
  var waiterCount = 0
  var refusalCount = 0
  var heldCount = 0
  var totalBytes = 0
  var isStopping = false
  var stopWaiters: [CheckedContinuation<Void, Never>] = []
  let openStreams = StreamCount()

  /// - Parameter requiresCertificate: the card says that callers need one.
  package init(
    agent: any Agent, limits: TaskLimits = TaskLimits(), world: AgentWorld = .system, log: Log,
    push: (any PushDelivery)? = nil, requiresCertificate: Bool = false
  ) {
    self.agent = agent
    self.limits = limits
    self.world = world
    self.log = log
    self.push = push
    var profile = agent.profile
    // Without a sender there is nothing to promise.
    profile.pushNotifications = profile.pushNotifications && push != nil
    self.profile = profile
    var card = profile.card
    if requiresCertificate { card.demandCertificate() }
    self.card = card
  }

  package nonisolated let card: AgentCard

  package func extendedCard(_ call: CallContext) async throws(A2AError) -> AgentCard? {
    profile.extendedSkills.map { more in
      var card = card
      card.skills += more
      return card
    }
  }

  /// The caller's task. Somebody else's is as little there as one that never was.
  func find(_ id: String, _ call: CallContext) throws(A2AError) -> TaskEntry {
    guard let entry = tasks[id], entry.isVisible, entry.record.owner == call.caller else {
      var error = A2AError(.taskNotFound, "There is no task \(Excerpt.quoting(id.utf8)).")
      error.metadata["taskId"] = id
      throw error
    }
    return entry
  }
}

// MARK: - What happens to a task

extension TaskStore {
  func change(
    _ entry: TaskEntry, to state: TaskState, saying said: AgentMessage? = nil, isSaid: Bool = false,
    metadata: ProgressReport? = nil
  ) {
    decide(entry)
    if state.isTerminal { endPause(entry) }
    let message = said.map { said in
      said.message(id: entry.record.newMessageID(), taskID: entry.record.id, contextID: entry.record.contextID)
    }
    let status = entry.record.change(to: state, saying: message, isSaid: isSaid, at: world.now(), limits: limits)
    let update = TaskEvent.StatusUpdate(
      taskID: entry.record.id, contextID: entry.record.contextID, status: status, metadata: metadata?.metadata())
    emit(.status(update), entry)
    if state.isTerminal { finish(entry) }
    wake(entry)
  }

  /// From now on there is a task, which its readers see from its beginning.
  func decide(_ entry: TaskEntry) {
    guard case .open = entry.decision else { return }
    entry.decision = .task
    emit(.task(entry.record.snapshot()), entry)
    wake(entry)
  }

  func emit(_ event: TaskEvent, _ entry: TaskEntry) {
    let byteCount = event.byteCount
    for stream in entry.streams { stream.put(event, byteCount: byteCount) }
    entry.streams.removeAll { !$0.isOpen }
    count(entry)
    guard let sender = push, !entry.pushConfigs.isEmpty else { return }
    let task = entry.record.snapshot()
    for push in entry.pushConfigs { sender.send(event, of: task, to: push.config, version: push.version) }
  }

  /// Behind the last event: nothing of this task waits, works or is asked any more.
  private func finish(_ entry: TaskEntry) {
    entry.stopTimers()
    entry.work?.cancel()
    entry.streams = []
    entry.waitingMessages = []
    for question in entry.questions { question.continuation.resume(throwing: CancellationError()) }
    entry.questions = []
    ended.append(entry.record.id)
    log.info(
      "task ended", ["task": .string(entry.record.id), "state": .string("\(entry.record.status.state)")])
    noteStopProgress()
  }

  func count(_ entry: TaskEntry) {
    let bytes = entry.record.byteCount
    totalBytes += bytes - entry.countedBytes
    entry.countedBytes = bytes
  }

  /// Ended tasks go, oldest first, until there is room for so many more.
  func makeRoom(tasks more: Int, bytes: Int) -> Bool {
    while tasks.count + more > limits.tasks || totalBytes + bytes > limits.totalBytes {
      guard !ended.isEmpty else { return false }
      remove(ended.removeFirst())
    }
    return true
  }

  func remove(_ id: String) {
    guard let entry = tasks.removeValue(forKey: id) else { return }
    totalBytes -= entry.countedBytes
    entry.countedBytes = 0
  }
}

// MARK: - Waiting for it

extension TaskStore {
  /// Returns when the condition holds. Throws when the one who waits is cancelled first.
  func wait(until condition: TaskEntry.Condition, _ entry: TaskEntry) async throws(A2AError) {
    waiterCount += 1
    let (id, taskID) = (waiterCount, entry.record.id)
    await withTaskCancellationHandler {
      // By way of `self`: a closure that does not name it would not run on this actor (docs/decisions/0010).
      await self.addWaiter(id, until: condition, entry)
    } onCancel: {
      Task { await self.stopWaiting(taskID, id) }
    }
    guard entry.holds(condition) else { throw A2AError(.internalError, "The caller has gone.") }
  }

  private func addWaiter(_ id: Int, until condition: TaskEntry.Condition, _ entry: TaskEntry) async {
    await withCheckedContinuation { continuation in
      if entry.holds(condition) || Task.isCancelled {
        continuation.resume()
      } else {
        entry.waiters.append(.init(id: id, condition: condition, continuation: continuation))
      }
    }
  }

  private func stopWaiting(_ taskID: String, _ id: Int) {
    guard let entry = tasks[taskID], let index = entry.waiters.firstIndex(where: { $0.id == id }) else { return }
    entry.waiters.remove(at: index).continuation.resume()
  }

  func wake(_ entry: TaskEntry) {
    let ready = entry.waiters.filter { entry.holds($0.condition) }
    guard !ready.isEmpty else { return }
    entry.waiters.removeAll { entry.holds($0.condition) }
    for waiter in ready { waiter.continuation.resume() }
  }
}
