import Journal
import Wire

/// The feed of one task: a watcher at the hub's post, as a stream is, but one whose reader comes to fetch. It is registered when it is asked
/// for the first time, and lets go of itself when there is nothing more to come.
actor HubFeed: RecordFeed, LoopActor {
  /// So much of history is read at once.
  private static let page = ReadLimit(records: 256, bytes: 64 << 10)

  nonisolated let loop: Loop
  private let hub: Hub
  private let task: String
  private let post: HubPost
  private let shelf = Shelf()
  private let watcher: Watcher
  private var phase: Phase
  /// The number of the last record that was given.
  private var seq: Int64 = 0

  private enum Phase {
    case new(after: Int64)
    /// There may be something in the journal that nobody has told.
    case behind
    case replaying
    case live
    case over
  }

  init(of task: String, after offset: Int64, hub: Hub, on loop: Loop) {
    (self.loop, self.hub, self.task) = (loop, hub, task)
    post = hub.post(on: loop)
    watcher = Watcher(id: hub.nextWatcherID(), outlet: .shelf(shelf), scope: .tasks([task]))
    phase = .new(after: offset)
  }

  func next() async throws(JournalError) -> [Record]? {
    while !isOver {
      if let records = shelf.take() { return inOrder(records) }
      do throws(JournalError) {
        if let records = try await step() { return inOrder(records) }
      } catch {
        end()
        throw error
      }
    }
    return nil
  }

  nonisolated func close() {
    Task(executorPreference: loop.tasks) { await self.end() }
  }

  private var isOver: Bool { if case .over = phase { true } else { false } }

  private func end() {
    if case .new = phase { return phase = .over }
    guard !isOver else { return }
    phase = .over
    post.remove(watcher)
  }

  /// Goes one step on. Gives what was read in the journal by it, if anything was.
  private func step() async throws(JournalError) -> [Record]? {
    switch phase {
    case .new(let offset):
      // Before anything is read: what is read from here on, and what arrives from here on, is everything.
      post.add(watcher)
      phase = .behind
      watcher.begin(after: offset, running: [])
      if offset > 0 { seq = try await hub.journal.seq(of: task, at: offset) }
    case .behind:
      watcher.forgetFall()
      let standing = try await hub.standing(.tasks([task]), limit: 1)
      guard !isOver, let stored = standing.tasks.first else { end(); return nil }
      watcher.begin(after: watcher.position, running: stored.isFinal ? [] : [task])
      phase = .replaying
    case .replaying:
      watcher.beginPage()
      let page = try await hub.journal.records(.tasks([task]), after: watcher.position, limit: Self.page)
      guard !isOver else { return nil }
      if post.endPage(of: watcher, through: page.through, isComplete: page.isComplete) { phase = .live }
      return page.records.isEmpty ? nil : page.records
    case .live:
      if watcher.hasFallen {
        phase = .behind
      } else if !(await watcher.untilCalled()) {
        guard !watcher.isReplaced else { throw .isReplaced }
        end()
      }
    case .over:
      break
    }
    return nil
  }

  /// A hole can only be what retention has removed meanwhile: then the task is gone.
  private func inOrder(_ records: [Record]) -> [Record]? {
    guard let first = records.first, first.seq == seq + 1 else { end(); return nil }
    seq += Int64(records.count)
    return records
  }
}
