import Journal
import Wire

/// One stream among those who watch. On its loop alone.
final class Watcher {
  enum Scope {
    case tasks(Set<String>)
    case everything(Sight)
  }

  let id: Int
  let stream: EventStream
  let scope: Scope
  /// Of the tasks that it watches, those that have not ended.
  private var running: Set<String> = []
  private var handoff = Handoff(after: 0)
  /// Told when it has fallen behind; ends when there is nothing more to come.
  private let falls: AsyncStream<Void>
  private let fall: AsyncStream<Void>.Continuation

  init(id: Int, stream: EventStream, scope: Scope) {
    (self.id, self.stream, self.scope) = (id, stream, scope)
    (falls, fall) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Where history goes on to be read.
  var position: Int64 { handoff.position }

  /// Whether this is for it. For those who watch more than one task.
  func wants(_ batch: LiveBatch) -> Bool {
    switch scope {
    case .tasks(let tasks): tasks.contains(batch.task)
    case .everything(let sight): sight.admits(batch.opening)
    }
  }

  // MARK: History

  /// - Parameter running: of its tasks, those that had not ended after it was registered.
  func begin(after position: Int64, running: some Sequence<String>) {
    self.running = Set(running)
    handoff.move(to: position)
  }

  func beginPage() {
    handoff.beginPage()
  }

  /// What was just sent of history. True when the stream is live, or over.
  func endPage(through offset: Int64, isComplete: Bool, _ sent: inout Sent) -> Bool {
    guard let due = handoff.endPage(through: offset, isComplete: isComplete) else { return false }
    for run in due { offer(run, &sent) }
    finishIfDone()
    return true
  }

  /// Returns when it has fallen behind. False when it has not, and nothing more will come, or the stream is over.
  func untilBehind() async -> Bool {
    var iterator = falls.makeAsyncIterator()
    return await iterator.next(isolation: #isolation) != nil
  }

  // MARK: What happens

  func arrive(_ run: LiveRun, _ sent: inout Sent) {
    if !running.isEmpty {
      for batch in run.batches where batch.isFinal { running.remove(batch.task) }
    }
    guard let due = handoff.arrive(run) else { return }
    offer(due, &sent)
    finishIfDone()
  }

  /// Something has happened that is not passed on: it is in the journal.
  func fallBehind() {
    if handoff.isLive { fall.yield() }
    handoff.fallBehind()
  }

  func end() {
    handoff.end()
    fall.finish()
  }

  private func offer(_ run: LiveRun, _ sent: inout Sent) {
    guard stream.offer(run.event) else { return end() }
    sent.add(run.recordCount, run.event)
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

  mutating func add(_ records: Int, _ event: EncodedEvent) {
    events += records
    bytes += event.byteCount
  }
}
