import Journal
import Wire

// From history to what happens now.
extension StreamSession {
  /// So much of history is read and sent at once.
  private static let page = ReadLimit(records: 256, bytes: 64 << 10)

  /// Sends what is behind a place, page by page, until the watcher is live. False when some of it was removed meanwhile.
  /// - Parameter standing: how the tasks stood after the watcher was registered.
  func replay(
    _ standing: Standing, after start: Int64, _ stream: EventStream, _ watcher: Watcher, _ post: HubPost
  ) async throws -> Bool {
    var position = start
    var owed: [String: Int64] = [:]
    for task in standing.tasks where task.lastOffset > start { owed[task.id] = task.lastSeq }
    watcher.begin(after: start, running: standing.tasks.lazy.filter { !$0.isFinal }.map(\.id))
    while true {
      watcher.beginPage()
      let page = try await journal.records(selection(watcher), after: position, limit: Self.page)
      try await send(page.records, stream)
      if case .everything = scope {
        if let place = try await moved(from: position, stream, watcher) {
          position = place
          continue
        }
      } else {
        for record in page.records where record.seq == owed[record.task] { owed[record.task] = nil }
        // Everything behind the place has been read, and not all of it was there.
        if page.isComplete, !owed.isEmpty { return false }
      }
      position = page.through
      if post.endPage(of: watcher, through: position, isComplete: page.isComplete) { return true }
    }
  }

  /// Of all tasks, some records behind this place may have been removed while they were read. Then the client is told how things stand;
  /// gives the new place.
  private func moved(from position: Int64, _ stream: EventStream, _ watcher: Watcher) async throws -> Int64? {
    guard case .everything(let sight) = watcher.scope, try await journal.bounds().trimmed > position else { return nil }
    let standing = try await hub.standing(.visible(sight.visible), limit: Self.overviewLimit)
    try await stream.send(StreamEvents.state("reset", standing, epoch: journal.epoch))
    watcher.begin(after: standing.offset, running: [])
    return standing.offset
  }

  private func selection(_ watcher: Watcher) -> Selection {
    switch watcher.scope {
    case .tasks(let tasks): .tasks(Array(tasks))
    case .everything(let sight): .visible(sight.visible)
    }
  }

  private func send(_ records: [Record], _ stream: EventStream) async throws {
    guard !records.isEmpty else { return }
    let event = RecordEvents.encode(records, epoch: journal.epoch)
    try await stream.send(event)
    var sent = Sent()
    sent.add(records.count, event)
    hub.metrics.add(sent)
  }
}
