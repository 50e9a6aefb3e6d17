import Journal
import Wire

/// One of those who watch. On its loop alone.
final class Watcher {
  enum Scope {
    case tasks(Set<String>)
    case everything(Sight)
  }

  let id: Int
  let scope: Scope
  private let outlet: Outlet
  /// Of the tasks that it watches, those that have not ended; and those whose end has arrived.
  private var running: Set<String> = []
  private var ended: Set<String> = []
  private var handoff = Handoff(after: 0)
  /// Something has happened that was not passed on.
  private(set) var hasFallen = false
  /// The journal that it has seen is not there any more.
  private(set) var isReplaced = false
  /// Told when whoever reads for it has something to do; ends when there is nothing more to come.
  private let calls: AsyncStream<Void>
  private let call: AsyncStream<Void>.Continuation
  /// Told once, when nothing more comes, up to where all was sent.
  var whenOver: ((Int64) -> Void)?

  init(id: Int, outlet: Outlet, scope: Scope) {
    (self.id, self.outlet, self.scope) = (id, outlet, scope)
    (calls, call) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Where history goes on to be read.
  var position: Int64 { handoff.position }

  /// Whether this is for it. For those who watch more than one task.
  func wants(_ batch: LiveBatch) -> Bool {
    switch scope {
    case .tasks(let tasks): tasks.contains(batch.task)
    case .everything(let sight): sight.admits(batch)
    }
  }

  // MARK: History

  /// - Parameter running: of its tasks, those that had not ended after it was registered.
  func begin(after position: Int64, running: some Sequence<String>) {
    // Whoever looked may have looked before the end, and come here after it.
    self.running = Set(running).subtracting(ended)
    handoff.move(to: position)
  }

  func beginPage() {
    handoff.beginPage()
  }

  /// What was just sent of history. True when the stream is live, or over.
  func endPage(through offset: Int64, isComplete: Bool, _ sent: inout Sent) -> Bool {
    guard let due = handoff.endPage(through: offset, isComplete: isComplete) else { return false }
    for run in due where !offer(run, &sent) { return handoff.isOver }
    finishIfDone()
    return true
  }

  /// Returns when it has fallen behind, and takes that for known. False when nothing more will come.
  func untilBehind() async -> Bool {
    while !hasFallen || handoff.isOver {
      guard await untilCalled() else { return false }
    }
    forgetFall()
    return true
  }

  /// To be said before it is found out how its tasks stand.
  func forgetFall() {
    hasFallen = false
  }

  /// Returns when it has fallen behind, or there is something to fetch. False when there is not, and nothing more will come.
  func untilCalled() async -> Bool {
    var iterator = calls.makeAsyncIterator()
    return await iterator.next(isolation: #isolation) != nil
  }

  // MARK: What happens

  func arrive(_ run: LiveRun, _ sent: inout Sent) {
    if case .tasks = scope {
      for batch in run.batches where batch.isFinal {
        running.remove(batch.task)
        ended.insert(batch.task)
      }
    }
    guard let due = handoff.arrive(run), offer(due, &sent) else { return }
    finishIfDone()
  }

  /// Something has happened that is not passed on: it is in the journal.
  func fallBehind() {
    // Also when history is read just now: among what is not passed on may be the end of a task.
    hasFallen = true
    handoff.fallBehind()
    call.yield()
  }

  func replace() {
    isReplaced = true
    end()
  }

  func end() {
    whenOver?(position)
    whenOver = nil
    handoff.end()
    call.finish()
  }

  /// False when nothing more may be offered.
  private func offer(_ all: LiveRun, _ sent: inout Sent) -> Bool {
    var run = all
    if case .everything(let sight) = scope {
      // What was kept for a while may have become somebody else's to tell.
      guard let rest = all.filtered({ sight.shows($0.task, $0.first) }) else { return true }
      run = rest
    }
    switch outlet.offer(run, &sent) {
    case .taken:
      if case .shelf = outlet { call.yield() }
      return true
    case .full:
      handoff.move(to: all.first - 1)
      fallBehind()
    case .over:
      end()
    }
    return false
  }

  /// Nothing more comes of what it watches.
  private func finishIfDone() {
    guard case .tasks = scope, running.isEmpty, handoff.isLive else { return }
    end()
  }
}

/// What was put on its way: counted in one go.
struct Sent {
  private(set) var events = 0
  private(set) var bytes = 0

  mutating func add(_ records: Int, bytes count: Int) {
    events += records
    bytes += count
  }
}
