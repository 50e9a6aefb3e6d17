import A2A
import A2AWire
import Synchronization

/// Streams that break off when somebody says so, by their tasks.
final class CutLines: Sendable {
  private let lines = Mutex<[String: [CutLine]]>([:])

  func following(_ feed: TaskFeed) -> TaskFeed {
    let line = CutLine(feed)
    return TaskFeed(
      endsWhenInterrupted: feed.endsWhenInterrupted,
      next: { () async throws(TaskFeedEnd) -> TaskEvent? in
        let event = try await feed.next()
        // What every stream begins with.
        if case .task(let task)? = event { self.add(line, to: task.id) }
        if event == nil, line.isCut { throw .cut }
        return event
      },
      close: {
        feed.close()
        self.remove(line)
      })
  }

  func cut(_ task: String) {
    for line in lines.withLock({ $0.removeValue(forKey: task) ?? [] }) { line.cut() }
  }

  private func add(_ line: CutLine, to task: String) {
    lines.withLock { $0[task, default: []].append(line) }
  }

  private func remove(_ line: CutLine) {
    lines.withLock { lines in lines = lines.mapValues { $0.filter { $0 !== line } }.filter { !$0.value.isEmpty } }
  }
}

private final class CutLine: Sendable {
  private let feed: TaskFeed
  private let flag = Mutex(false)

  init(_ feed: TaskFeed) {
    self.feed = feed
  }

  var isCut: Bool { flag.withLock { $0 } }

  func cut() {
    flag.withLock { $0 = true }
    feed.close()
  }
}
