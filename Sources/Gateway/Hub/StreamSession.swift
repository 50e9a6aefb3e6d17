import HTTP
import Journal
import Telemetry
import Wire

/// One stream of records from its first event to its last: how it can go on, what was missed, and then whatever happens. It runs on its
/// connection's loop.
struct StreamSession: Sendable {
  /// Of all tasks, a snapshot lists those that have ended as long as it is not longer than this.
  static let overviewLimit = 100

  let hub: Hub
  let scope: StreamRequest.Scope
  let opening: StreamOpening

  var journal: any Journal { hub.journal }

  /// Returns when the stream is over, whoever ended it.
  func run(_ stream: EventStream, under grant: StreamGrant) async throws {
    let post = hub.post(on: stream.loop)
    let watched: Watcher.Scope =
      switch scope {
      case .tasks(let ids): .tasks(Set(ids))
      case .everything: .everything(Sight(grant))
      }
    let watcher = Watcher(id: hub.nextWatcherID(), outlet: .stream(stream), scope: watched)
    // Before anything is read: what is read from here on, and what arrives from here on, is everything.
    post.add(watcher)
    hub.metrics.open.add()
    defer {
      post.remove(watcher)
      hub.metrics.open.subtract()
    }
    let farewell = try await follow(stream, watcher, post)
    await stream.end(reason: farewell)
    hub.metrics.count(await stream.untilEnded())
  }

  /// Gives why there is nothing more to say. (A stream that is over already has said why.)
  private func follow(_ stream: EventStream, _ watcher: Watcher, _ post: HubPost) async throws -> String {
    guard var now = try await standing(watcher) else { return Self.removed }
    var position = try await begin(stream, now)
    while true {
      guard try await replay(now, after: position, stream, watcher, post) else { return Self.removed }
      guard await watcher.untilBehind() else { return "finished" }
      position = watcher.position
      // What was not passed on may have been the end of a task.
      guard case .tasks = scope else { continue }
      guard let later = try await standing(watcher) else { return Self.removed }
      now = later
    }
  }

  /// Its time had come before all of it was sent.
  private static let removed = "removed"

  // MARK: The beginning

  /// How the tasks stand that are watched; nil when one of those that were named is not there any more.
  private func standing(_ watcher: Watcher) async throws -> Standing? {
    switch (scope, watcher.scope) {
    case (.tasks(let ids), _):
      let standing = try await hub.standing(.tasks(ids), limit: ids.count)
      return standing.tasks.count == ids.count ? standing : nil
    case (.everything, .everything(let sight)):
      // Nobody looks at a list of tasks only to go on behind it.
      if case .continued = opening { return Standing(tasks: [], offset: hub.tail) }
      return try await hub.standing(.visible(sight.visible), limit: Self.overviewLimit)
    case (.everything, .tasks): preconditionFailure("All tasks are no list of some.")
    }
  }

  /// Says how the stream goes on; gives the place.
  private func begin(_ stream: EventStream, _ standing: Standing) async throws -> Int64 {
    let end = cursor(standing.offset)
    switch opening {
    case .continued(let offset):
      let missed = try await missed(behind: offset, standing)
      try await stream.send(
        StreamEvents.resume(
          opening, from: cursor(offset), to: cursor(max(standing.offset, offset)), missed: missed,
          cursor: cursor(offset)))
      return offset
    case .snapshot:
      try await stream.send(StreamEvents.resume(opening, from: end, to: end, missed: 0, cursor: end))
      try await stream.send(try await state("snapshot", standing))
    case .reset(let shown):
      try await stream.send(StreamEvents.resume(opening, from: shown, to: end, missed: nil, cursor: end))
      try await stream.send(try await state("reset", standing))
    case .finished:
      preconditionFailure("What is finished is answered without a stream.")
    }
    return standing.offset
  }

  /// How the tasks stand. Those that were named with all that there is of them, because nothing else tells it; of all tasks that would be
  /// too much at once.
  private func state(_ type: String, _ standing: Standing) async throws -> ServerSentEvent {
    var snapshots: [String: [UInt8]] = [:]
    if case .tasks = scope {
      let images = TaskImages(journal: journal)
      for task in standing.tasks { snapshots[task.id] = try await images.snapshot(of: task) }
    }
    return StreamEvents.state(type, standing, snapshots: snapshots, epoch: journal.epoch)
  }

  private func cursor(_ offset: Int64) -> Cursor { Cursor(epoch: journal.epoch, offset: offset) }

  /// How many records of these tasks lie behind a place; nil for all tasks, where nobody counts.
  private func missed(behind offset: Int64, _ standing: Standing) async throws -> Int64? {
    guard case .tasks = scope else { return nil }
    var missed: Int64 = 0
    for task in standing.tasks where task.lastOffset > offset {
      missed += task.lastSeq
      if offset > 0 { missed -= try await journal.seq(of: task.id, at: offset) }
    }
    return missed
  }
}
