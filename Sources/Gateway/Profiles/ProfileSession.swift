import A2A
import HTTP
import Journal
import Wire

/// One stream of a task in a profile, from its first word to its last. It fetches what it tells as fast as its client takes it.
struct ProfileSession: Sendable {
  /// So much of history is read at once.
  static let page = ReadLimit(records: 256, bytes: 64 << 10)

  let hub: Hub
  /// As it stood when the stream was asked for.
  let task: StoredTask
  let profile: Profile
  let opening: StreamOpening
  let heartbeat: Duration
  let clock: GatewayClock

  /// Returns when there is nothing more to say. (A client that has gone has heard why.)
  func run(to stream: EventStream) async throws -> StreamSession.Farewell {
    let pulse = ProfilePulse(stream: stream, every: heartbeat, clock: clock)
    if profile.namesEvents { try await stream.send(try await resume()) }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pulse.run(profile.telling(of: ToldTask(task))) }
      defer { group.cancelAll() }
      return try await tell(to: stream, pulse)
    }
  }

  private func tell(to stream: EventStream, _ pulse: ProfilePulse) async throws -> StreamSession.Farewell {
    let feed = hub.feed(of: task.id, after: 0, on: stream.loop)
    defer { feed.close() }
    var narrator = ProfileNarrator(profile.telling(of: ToldTask(task)), behind: place, epoch: hub.journal.epoch)
    while let records = try await feed.next() {
      let end = try await end(behind: records, narrator)
      let told = narrator.tell(records, end: end, at: clock.milliseconds())
      if !told.isEmpty {
        let event = EncodedEvent(told)
        try await stream.send(event)
        pulse.hasSent()
        var sent = Sent()
        sent.add(told.count, bytes: event.byteCount)
        hub.metrics.add(sent)
      }
      if narrator.isOver { return .finished }
    }
    // Whoever fetches no more records has come to the end of the task, or the task is gone.
    let isThere = try await hub.journal.task(task.id) != nil
    return isThere ? .finished : .removed
  }

  /// How a producer's task has ended of which these are the last records; nil for one that goes on, and for those whose records say so.
  private func end(behind records: [Record], _ narrator: ProfileNarrator) async throws -> TaskState? {
    guard let first = records.first, let last = records.last, narrator.mayEndInSilence(with: first) else { return nil }
    guard let now = try await hub.journal.task(task.id), now.lastOffset <= last.offset else { return nil }
    return now.isFinal ? TaskState(word: now.state) : nil
  }

  /// What the client has shown, or where it begins.
  private var place: Int64 {
    switch opening {
    case .continued(let offset): offset
    case .snapshot, .finished: task.lastOffset
    // What was lost is told again, from the first word on.
    case .reset: 0
    }
  }

  private func resume() async throws -> ServerSentEvent {
    let epoch = hub.journal.epoch
    let here = Cursor(epoch: epoch, offset: place)
    var missed = task.lastSeq
    if place > 0 { missed -= try await hub.journal.seq(of: task.id, at: place) }
    let from = if case .reset(let shown) = opening { shown } else { here }
    return StreamEvents.resume(
      StreamBeginning(
        opening: opening, from: from, to: Cursor(epoch: epoch, offset: max(task.lastOffset, place)),
        missed: max(0, missed), cursor: here))
  }
}
