import Journal
import Wire

/// One stream of records from its first word to its last: how it can go on, what was missed, and then whatever happens. It runs on its
/// audience's loop.
struct StreamSession: Sendable {
  /// Of all tasks, a snapshot lists those that have ended as long as it is not longer than this.
  static let overviewLimit = 100
  /// So many tasks that were named are told with all that there is of them.
  static let imageLimit = 100

  let hub: Hub
  let scope: StreamRequest.Scope
  let opening: StreamOpening
  /// Who watches.
  let principal: String

  var journal: any Journal { hub.journal }

  /// Why there is nothing more to say. (An audience that has gone has heard why.)
  enum Farewell: String {
    case finished
    /// The time of a task had come before all of it was sent.
    case removed
  }

  /// Returns when the stream is over, whoever ended it.
  /// - Parameter elsewhere: what named tasks are entered in, and what of all tasks is not shown.
  func run(
    for audience: some Audience, under grant: StreamGrant, besides elsewhere: LoopConfined<ToldElsewhere>? = nil
  ) async throws -> Farewell {
    let post = hub.post(on: audience.loop)
    let watcher: Watcher
    switch scope {
    case .tasks(let ids):
      watcher = Watcher(id: hub.nextWatcherID(), outlet: audience.outlet, scope: .tasks(Set(ids)))
      elsewhere?.withValue { $0.begin(ids) }
      watcher.whenOver = { position in elsewhere?.withValue { $0.end(ids, through: position) } }
    case .everything:
      let sight = Sight(grant, leavingOut: elsewhere)
      watcher = Watcher(id: hub.nextWatcherID(), outlet: audience.outlet, scope: .everything(sight))
      elsewhere?.withValue { $0.forgetEnded() }
    }
    // Before anything is read: what is read from here on, and what arrives from here on, is everything.
    post.add(watcher)
    // Whoever watches everything looks at nothing in particular.
    let presence: PresenceToken? =
      switch scope {
      case .tasks(let ids): hub.presence.enter(ids, principal, audience.transport)
      case .everything: nil
      }
    defer {
      presence?.leave()
      post.remove(watcher)
    }
    return try await follow(audience, watcher, post)
  }

  private func follow(_ audience: some Audience, _ watcher: Watcher, _ post: HubPost) async throws -> Farewell {
    guard var now = try await standing(watcher) else { return .removed }
    var position = try await begin(audience, now)
    // What has ended, and was seen to its end, needs no page.
    if opening == .finished { return .finished }
    while true {
      guard try await replay(now, after: position, audience, watcher, post) else { return .removed }
      guard await watcher.untilBehind() else {
        // Its client comes back with a cursor of the old one, and is told how things stand.
        guard !watcher.isReplaced else { throw JournalError.isReplaced }
        return .finished
      }
      position = watcher.position
      // What was not passed on may have been the end of a task.
      guard case .tasks = scope else { continue }
      guard let later = try await standing(watcher) else { return .removed }
      now = later
    }
  }

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
  private func begin(_ audience: some Audience, _ standing: Standing) async throws -> Int64 {
    let end = cursor(standing.offset)
    switch opening {
    case .continued(let offset):
      try await audience.begin(
        StreamBeginning(
          opening: opening, from: cursor(offset), to: cursor(max(standing.offset, offset)),
          missed: try await missed(behind: offset, standing), cursor: cursor(offset)))
      return offset
    case .snapshot:
      try await audience.begin(StreamBeginning(opening: opening, from: end, to: end, missed: 0, cursor: end))
      try await show("snapshot", standing, to: audience)
    case .reset(let shown):
      try await audience.begin(StreamBeginning(opening: opening, from: shown, to: end, missed: nil, cursor: end))
      try await show("reset", standing, to: audience)
    case .finished:
      // An event stream answers this without a stream.
      try await audience.begin(StreamBeginning(opening: opening, from: end, to: end, missed: 0, cursor: end))
    }
    return standing.offset
  }

  /// How the tasks stand. Those that were named with all that there is of them, because nothing else tells it; of many, or of all tasks, that
  /// would be too much at once.
  func show(_ word: String, _ standing: Standing, to audience: some Audience) async throws {
    try await audience.awaitTurn()
    defer { audience.endTurn() }
    var snapshots: [String: [UInt8]] = [:]
    if case .tasks(let ids) = scope, ids.count <= Self.imageLimit {
      let images = TaskImages(journal: journal)
      for task in standing.tasks { snapshots[task.id] = try await images.snapshot(of: task) }
    }
    try await audience.show(word, standing, snapshots)
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
