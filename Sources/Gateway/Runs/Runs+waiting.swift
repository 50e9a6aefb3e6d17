import A2A
import HTTP
import Identity
import Journal
import Telemetry

// Tasks that wait for a place: they are told which, and may be ended.
extension Runs {
  /// Ends a task of which its agent has not heard.
  func cancelWaiting(_ task: StoredTask, _ command: RunCommand) async throws -> CommandReceipt? {
    guard case .waiting(let waiting) = live[task.id] else { throw Refusal.stillWaiting }
    let fence = fence
    live[task.id] = .leaving([])
    await placeIsTold(task.id)
    let status = TaskStatus(.canceled, timestamp: Timestamp(millisecondsSince1970: clock.milliseconds()))
    let event = TaskEvent.status(
      .init(taskID: task.id, contextID: task.opening.context ?? task.id, status: status))
    let receipt: CommandReceipt?
    do {
      receipt = try await end(
        task,
        Ending(state: .canceled, event: RunRecords.event(event, origin: RunRecords.gateway), command: command))
    } catch {
      guard isMine(fence) else { throw error }
      let others = leave(task.id)
      live[task.id] = .waiting(waiting)
      // A place that came meanwhile was not taken.
      if queue.isRunning(task.id) { work(waiting.start, at: waiting.agent) }
      for other in others { other.resume() }
      throw error
    }
    let others = leave(task.id)
    ended(task, waiting.start.memory, as: .canceled, nil)
    forget(task.id)
    for other in others { other.resume() }
    return receipt
  }

  /// Those who want something of a task that is being ended.
  private func leave(_ id: String) -> [CheckedContinuation<Void, Never>] {
    if case .leaving(let others) = live[id] { others } else { [] }
  }

  /// Returns when it is known whether the task has ended.
  func hasLeft(_ id: String) async {
    await withCheckedContinuation { continuation in
      guard case .leaving(let others) = live[id] else { return continuation.resume() }
      live[id] = .leaving(others + [continuation])
    }
  }

  /// Counts a task that no agent works on.
  func ended(_ task: StoredTask, _ memory: RunMemory, as state: TaskState, _ failure: RunFailure?, _ why: String? = nil)
  {
    metrics.ended(as: state, failure)
    let span = RunSpan.of(task, memory, endedAs: state, failure, why, at: clock.milliseconds())
    if let span { spans?.take(span) }
  }

  // MARK: Places

  /// Places that are told at one time, so that a long line does not fill the journal.
  private static let toldAtOnce = 100

  /// Sees to it that those who wait are told where they stand, as long as somebody waits.
  func tellPlaces() {
    guard teller == nil, !isStopping else { return }
    teller = Task {
      while !isStopping, queue.waitingCount > 0,
        (try? await clock.sleepUntil(clock.now().adding(seconds: secondsToLook))) != nil
      {
        await tellChangedPlaces()
      }
      teller = nil
      // Somebody may have come while the last were told.
      if queue.waitingCount > 0 { tellPlaces() }
    }
  }

  /// Those first who have waited longest for word.
  private func tellChangedPlaces() async {
    let places = await placesInLine()
    let due = places.compactMap { id, place -> (id: String, place: Int, since: Int64)? in
      guard case .waiting(let waiting) = live[id], waiting.told != place else { return nil }
      return (id, place, waiting.toldAt)
    }
    for (id, place, _) in due.sorted(by: { ($0.since, $0.place) < ($1.since, $1.place) }).prefix(Self.toldAtOnce) {
      guard case .waiting(var waiting) = live[id] else { continue }
      waiting.told = place
      waiting.toldAt = clock.steady()
      live[id] = .waiting(waiting)
      let task = waiting.start.task
      let entry = RunRecords.place(
        place, task: id, context: task.opening.context ?? id, at: clock.milliseconds())
      telling = id
      // A place is no promise: where it cannot be told now, a later one will be.
      var batch = Batch(task: id, entries: [entry])
      batch.fence = fence
      // Nobody has said anything else yet.
      batch.memos = [TaskOutline().with(entry).memo]
      _ = try? await journal.append(batch)
      telling = nil
      for other in afterTelling { other.resume() }
      afterTelling = []
    }
  }

  /// Whoever else writes records of a task waits for this, because records are counted by those who write them.
  func placeIsTold(_ id: String) async {
    guard telling == id else { return }
    await withCheckedContinuation { afterTelling.append($0) }
  }
}
