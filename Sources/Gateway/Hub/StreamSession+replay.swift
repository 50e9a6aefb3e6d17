import Journal
import Wire

// From history to what happens now.
extension StreamSession {
  /// So much of history is read and sent at once.
  private static let page = ReadLimit(records: 256, bytes: 64 << 10)

  /// Where the replay stands after a page.
  private enum Progress {
    case goesOn(Int64)
    /// The watcher is live, or over.
    case live
    /// Some of it was removed meanwhile.
    case lost
  }

  /// Sends what is behind a place, page by page, until the watcher is live. False when some of it was removed meanwhile.
  /// - Parameter standing: how the tasks stood after the watcher was registered.
  func replay(
    _ standing: Standing, after start: Int64, _ audience: some Audience, _ watcher: Watcher, _ post: HubPost
  ) async throws -> Bool {
    var position = start
    var owed: [String: Int64] = [:]
    for task in standing.tasks where task.lastOffset > start { owed[task.id] = task.lastSeq }
    watcher.begin(after: start, running: standing.tasks.lazy.filter { !$0.isFinal }.map(\.id))
    while true {
      switch try await page(after: position, &owed, audience, watcher, post) {
      case .goesOn(let place): position = place
      case .live: return true
      case .lost: return false
      }
    }
  }

  private func page(
    after position: Int64, _ owed: inout [String: Int64], _ audience: some Audience, _ watcher: Watcher,
    _ post: HubPost
  ) async throws -> Progress {
    let page: Page
    do {
      try await audience.awaitTurn()
      defer { audience.endTurn() }
      watcher.beginPage()
      page = try await journal.records(selection(watcher), after: position, limit: Self.page)
      try await send(shown(page.records, watcher), audience)
    }
    if case .everything = scope {
      if let place = try await moved(from: position, audience, watcher) { return .goesOn(place) }
    } else {
      for record in page.records where record.seq == owed[record.task] { owed[record.task] = nil }
      // Everything behind the place has been read, and not all of it was there.
      if page.isComplete, !owed.isEmpty { return .lost }
    }
    let isLive = post.endPage(of: watcher, through: page.through, isComplete: page.isComplete)
    return isLive ? .live : .goesOn(page.through)
  }

  /// Of all tasks, some records behind this place may have been removed while they were read. Then the client is told how things stand;
  /// gives the new place.
  private func moved(from position: Int64, _ audience: some Audience, _ watcher: Watcher) async throws -> Int64? {
    guard case .everything(let sight) = watcher.scope, try await journal.bounds().trimmed > position else { return nil }
    let standing = try await hub.standing(.visible(sight.visible), limit: Self.overviewLimit)
    try await show("reset", standing, to: audience)
    watcher.begin(after: standing.offset, running: [])
    return standing.offset
  }

  private func selection(_ watcher: Watcher) -> Selection {
    switch watcher.scope {
    case .tasks(let tasks): .tasks(Array(tasks))
    case .everything(let sight): .visible(sight.visible)
    }
  }

  private func shown(_ records: [Record], _ watcher: Watcher) -> [Record] {
    guard case .everything(let sight) = watcher.scope else { return records }
    return records.filter { sight.shows($0.task, $0.offset) }
  }

  private func send(_ records: [Record], _ audience: some Audience) async throws {
    guard !records.isEmpty else { return }
    var sent = Sent()
    sent.add(records.count, bytes: try await audience.send(records))
    hub.metrics.add(sent)
  }
}
