/// What waits for a loop to pass it on, and which tasks are watched there. A value: what happens to it happens under a lock.
struct Mailbox {
  /// Bytes that may wait. What is more is let go of, all of it: the watchers read it in the journal, each as fast as it can.
  static let limit = 8 << 20

  private var watched: [String: Int] = [:]
  private var watchers = 0
  private var watchersOfAll = 0
  private var due: [LiveBatch] = []
  private var bytes = 0
  private var isOverfull = false
  private var isReplaced = false
  private var isWoken = false

  /// Batches that wait.
  var depth: Int { due.count }

  mutating func watch(_ scope: Watcher.Scope) {
    watchers += 1
    switch scope {
    case .everything: watchersOfAll += 1
    case .tasks(let tasks): for task in tasks { watched[task, default: 0] += 1 }
    }
  }

  mutating func unwatch(_ scope: Watcher.Scope) {
    watchers -= 1
    switch scope {
    case .everything:
      watchersOfAll -= 1
    case .tasks(let tasks):
      for task in tasks {
        let rest = watched[task, default: 1] - 1
        watched[task] = rest > 0 ? rest : nil
      }
    }
  }

  /// Takes what is watched here. True when the loop has to be woken for it: once for all that waits.
  mutating func post(_ batches: [LiveBatch]) -> Bool {
    guard watchers > 0 else { return false }
    var isNews = false
    for batch in batches where watchersOfAll > 0 || watched[batch.task] != nil {
      isNews = true
      add(batch)
    }
    guard isNews, !isWoken else { return false }
    isWoken = true
    return true
  }

  private mutating func add(_ batch: LiveBatch) {
    guard !isOverfull else { return }
    due.append(batch)
    bytes += batch.size
    if bytes > Self.limit, due.count > 1 {
      isOverfull = true
      due = []
    }
  }

  /// The journal is another: what waits is of no use. True when the loop has to be woken for it.
  mutating func replace() -> Bool {
    isReplaced = true
    defer { isWoken = true }
    return !isWoken
  }

  enum Due {
    case batches([LiveBatch])
    /// It was too much to be kept.
    case tooMuch
    /// Whoever watches has seen another journal.
    case replaced
  }

  mutating func take() -> Due {
    defer {
      isWoken = false
      isOverfull = false
      isReplaced = false
      due = []
      bytes = 0
    }
    if isReplaced { return .replaced }
    return isOverfull ? .tooMuch : .batches(due)
  }
}
