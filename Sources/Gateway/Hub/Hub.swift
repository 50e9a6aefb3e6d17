import Journal
import Synchronization
import Telemetry
import Wire

/// Passes on what the journal has stored to all who watch: history first, then live, through one handler. Any thread.
final class Hub: Sendable {
  let journal: any Journal
  let metrics: StreamMetrics
  /// Who watches which tasks.
  let presence: Presence
  private let posts = Mutex<[ObjectIdentifier: HubPost]>([:])
  private let following = Mutex<Following?>(nil)
  private let lastOffset = Atomic<Int64>(0)
  private let lastID = Atomic<Int>(0)

  /// Begins to follow the journal.
  static func start(
    _ journal: any Journal, metrics: MetricsRegistry, clock: GatewayClock = .system
  ) async throws(JournalError) -> Hub {
    let hub = Hub(journal: journal, metrics: StreamMetrics(metrics), presence: Presence(now: clock.milliseconds))
    // The journal is told to let go of it before the hub goes; the registry of metrics is not.
    let following = try await journal.follow { [weak hub] in hub?.receive($0) }
    hub.following.withLock { $0 = following }
    journal.whenRenewed { [weak hub] in hub?.renew($0) }
    hub.advance(to: try await journal.bounds().tail)
    metrics.gauge("signalbox_hub_queue_batches", help: "Commits that wait for a loop to pass them on.") { [weak hub] in
      Double(hub?.depth ?? 0)
    }
    return hub
  }

  private init(journal: any Journal, metrics: StreamMetrics, presence: Presence) {
    self.journal = journal
    self.metrics = metrics
    self.presence = presence
  }

  /// No stream is passed anything from now on.
  func stop() async {
    // Let go of behind the lock: that waits for the journal's.
    _ = following.withLock { following in
      defer { following = nil }
      return following
    }
  }

  /// The offset of the last record that watchers may know of.
  var tail: Int64 { lastOffset.load(ordering: .acquiring) }

  var depth: Int { posts.withLock { Array($0.values) }.reduce(0) { $0 + $1.depth } }

  /// How tasks stand, and the place up to which that is true.
  func standing(_ selection: Selection, limit: Int) async throws(JournalError) -> Standing {
    let tail = tail
    let standing = try await journal.standing(selection, limit: limit)
    // What was removed has left no record to end with.
    return Standing(tasks: standing.tasks, offset: max(tail, standing.offset))
  }

  /// Where the journal ends, for somebody who begins to watch there. What is known of its end is enough, unless somebody has been told of
  /// something newer, or asks for all tasks, of which some may be gone.
  func bounds(from start: StreamStart, ofAll: Bool) async throws(JournalError) -> Bounds {
    let tail = tail
    guard !ofAll else { return try await journal.bounds() }
    guard case .after(let cursor) = start, cursor.offset > tail else { return Bounds(tail: tail, trimmed: 0) }
    return try await journal.bounds()
  }

  /// What is stored of a task behind a place, for one reader inside the gateway. The reader's own loop is the quickest.
  func feed(of task: String, after offset: Int64, on loop: Loop) -> any RecordFeed {
    HubFeed(of: task, after: offset, hub: self, on: loop)
  }

  func nextWatcherID() -> Int { lastID.add(1, ordering: .relaxed).newValue }

  func post(on loop: Loop) -> HubPost {
    posts.withLock { posts in
      if let post = posts[ObjectIdentifier(loop)] { return post }
      let post = HubPost(loop: loop, metrics: metrics)
      posts[ObjectIdentifier(loop)] = post
      return post
    }
  }

  /// On the journal's thread: one hop for each loop, and none to a loop where nobody watches any of it.
  private func receive(_ committed: [Committed]) {
    let batches = committed.map { LiveBatch($0, epoch: journal.epoch) }
    guard let last = batches.last?.last else { return }
    advance(to: last)
    for post in posts.withLock({ Array($0.values) }) { post.post(batches) }
  }

  /// On the journal's thread: it is another, in which offsets mean something else.
  private func renew(_ tail: Int64) {
    lastOffset.store(tail, ordering: .releasing)
    for post in posts.withLock({ Array($0.values) }) { post.replace() }
  }

  private func advance(to offset: Int64) {
    lastOffset.max(offset, ordering: .releasing)
  }
}

extension JournalError {
  /// The journal that somebody watched is another now.
  static let isReplaced = JournalError(
    .unreachable, "The journal is not the one that was watched: its server has lost what it had. Begin anew.")
}
