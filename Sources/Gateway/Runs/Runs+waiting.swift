import A2A
import HTTP
import Identity
import Journal
import Telemetry

// Tasks that wait for a place: they are told which, and may be ended.
extension Runs {
  /// Ends a task of which its agent has not heard.
  func cancelWaiting(_ task: StoredTask, by asker: Asker) async throws -> CancelOutcome {
    guard case .waiting(let waiting) = live[task.id] else { throw Refusal.stillWaiting }
    live[task.id] = .leaving
    let context = task.opening.context ?? task.id
    let now = clock.milliseconds()
    let status = TaskStatus(.canceled, timestamp: Timestamp(millisecondsSince1970: now))
    let entries = [
      RunRecords.cancel(by: asker.principal.name),
      RunRecords.event(
        .status(.init(taskID: task.id, contextID: context, status: status)), origin: RunRecords.gateway),
    ]
    do {
      try await end(task, with: entries, as: .canceled)
    } catch {
      live[task.id] = .waiting(waiting)
      // A place that came meanwhile was not taken.
      if queue.isRunning(task.id) { work(waiting.start, at: waiting.agent) }
      throw error
    }
    ended(task, waiting.start.memory, as: .canceled, nil)
    forget(task.id)
    return .stopped
  }

  /// Counts a task that no agent works on.
  func ended(_ task: StoredTask, _ memory: RunMemory, as state: TaskState, _ failure: RunFailure?, _ why: String? = nil)
  {
    metrics.ended(as: state, failure)
    let span = RunSpan.of(task, memory, endedAs: state, failure, why, at: clock.milliseconds())
    if let span { spans?.take(span) }
  }

  /// Journals the last records of a task that no agent works on.
  func end(_ task: StoredTask, with entries: [Entry], as state: TaskState) async throws {
    var image = try await RestartedRun.image(of: task, in: journal)
    let seq = image?.seq ?? 0
    for (index, entry) in entries.enumerated() {
      image?.take(entry.kind, entry.payload, seq: seq + Int64(index + 1))
    }
    let batch = Batch(
      task: task.id, entries: entries,
      change: TaskChange(state: state.word, isFinal: state.isTerminal, snapshot: image?.encoded))
    if case .refused(let reason) = try await journal.append(batch) { throw Refusal(reason) }
  }

  // MARK: Places

  /// Places that are told at one time, so that a long line does not fill the journal.
  private static let toldAtOnce = 100

  /// Sees to it that those who wait are told where they stand, as long as somebody waits.
  func tellPlaces() {
    guard teller == nil, !isStopping else { return }
    teller = Task {
      while !isStopping, queue.waitingCount > 0, (try? await clock.sleepUntil(clock.now().adding(seconds: 1))) != nil {
        await tellChangedPlaces()
      }
      teller = nil
      // Somebody may have come while the last were told.
      if queue.waitingCount > 0 { tellPlaces() }
    }
  }

  /// Those first who have waited longest for word.
  private func tellChangedPlaces() async {
    let places = queue.placesInLine()
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
      // A place is no promise: where it cannot be told now, a later one will be.
      _ = try? await journal.append(Batch(task: id, entries: [entry]))
    }
  }
}
