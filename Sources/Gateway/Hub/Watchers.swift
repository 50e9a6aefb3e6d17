/// All who watch on one loop.
struct Watchers {
  private var ofOne: [String: [Int: Watcher]] = [:]
  private var ofSeveral: [Int: Watcher] = [:]

  mutating func add(_ watcher: Watcher) {
    if case .tasks(let tasks) = watcher.scope, let task = tasks.first, tasks.count == 1 {
      ofOne[task, default: [:]][watcher.id] = watcher
    } else {
      ofSeveral[watcher.id] = watcher
    }
  }

  mutating func remove(_ watcher: Watcher) {
    watcher.end()
    guard case .tasks(let tasks) = watcher.scope, let task = tasks.first, tasks.count == 1 else {
      return ofSeveral[watcher.id] = nil
    }
    ofOne[task]?[watcher.id] = nil
    if ofOne[task]?.isEmpty == true { ofOne[task] = nil }
  }

  /// Passes on what was committed, in its order. What is due for the same watchers leaves in one piece.
  func deliver(_ due: [LiveBatch], _ sent: inout Sent) {
    for run in runsByTask(due) {
      for watcher in (ofOne[run.batches[0].task] ?? [:]).values { watcher.arrive(run, &sent) }
    }
    var runs: [[Int]: LiveRun] = [:]
    for watcher in ofSeveral.values {
      // In the order of the whole journal: a cursor stands for all tasks.
      let wanted = due.indices.filter { watcher.wants(due[$0]) }
      guard !wanted.isEmpty else { continue }
      let run = runs[wanted] ?? LiveRun(wanted.map { due[$0] })
      runs[wanted] = run
      watcher.arrive(run, &sent)
    }
  }

  /// More was committed than waits to be passed on.
  func fallBehind() {
    for watcher in all { watcher.fallBehind() }
  }

  /// The journal is another.
  func replace() {
    for watcher in all { watcher.replace() }
  }

  private var all: [Watcher] { ofOne.values.flatMap(\.values) + ofSeveral.values }

  private func runsByTask(_ due: [LiveBatch]) -> [LiveRun] {
    if due.count == 1 { return [LiveRun(due)] }
    var places: [String: Int] = [:]
    var batches: [[LiveBatch]] = []
    for batch in due where ofOne[batch.task] != nil {
      if let place = places[batch.task] {
        batches[place].append(batch)
      } else {
        places[batch.task] = batches.count
        batches.append([batch])
      }
    }
    return batches.map(LiveRun.init)
  }
}
