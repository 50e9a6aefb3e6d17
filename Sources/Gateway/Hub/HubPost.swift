import Synchronization
import Telemetry
import Wire

/// The hub's post on one loop: a mailbox that any thread fills, and those who watch there.
final class HubPost: Sendable {
  let loop: Loop
  private let mailbox = Mutex(Mailbox())
  private let watchers: LoopConfined<Watchers>
  private let metrics: StreamMetrics

  init(loop: Loop, metrics: StreamMetrics) {
    self.loop = loop
    self.metrics = metrics
    watchers = LoopConfined(Watchers(), on: loop)
  }

  /// Batches that wait.
  var depth: Int { mailbox.withLock { $0.depth } }

  /// On the journal's thread: one wake-up of the loop for everything that comes before it has had its turn.
  func post(_ batches: [LiveBatch]) {
    guard mailbox.withLock({ $0.post(batches) }) else { return }
    Task(executorPreference: loop.tasks) { self.deliver() }
  }

  /// Likewise: the journal is another, and all who watch have to begin anew.
  func replace() {
    guard mailbox.withLock({ $0.replace() }) else { return }
    Task(executorPreference: loop.tasks) { self.deliver() }
  }

  private func deliver() {
    switch mailbox.withLock({ $0.take() }) {
    case .tooMuch:
      metrics.overflows.add()
      watchers.withValue { $0.fallBehind() }
    case .replaced:
      watchers.withValue { $0.replace() }
    case .batches(let due):
      var sent = Sent()
      watchers.withValue { $0.deliver(due, &sent) }
      metrics.add(sent)
    }
  }

  // MARK: On the loop

  /// From now on nothing that is committed passes the watcher by.
  func add(_ watcher: Watcher) {
    watchers.withValue { $0.add(watcher) }
    mailbox.withLock { $0.watch(watcher.scope) }
  }

  func remove(_ watcher: Watcher) {
    mailbox.withLock { $0.unwatch(watcher.scope) }
    watchers.withValue { $0.remove(watcher) }
  }

  /// True when the stream is live, or over.
  func endPage(of watcher: Watcher, through offset: Int64, isComplete: Bool) -> Bool {
    var sent = Sent()
    defer { metrics.add(sent) }
    return watchers.withValue { _ in watcher.endPage(through: offset, isComplete: isComplete, &sent) }
  }
}
