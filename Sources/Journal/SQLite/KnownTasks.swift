/// What the writer has to know of a task to number its next records.
struct KnownTask {
  let number: Int64
  var lastSeq: Int64
  var isFinal: Bool
  let opening: TaskOpening

  func after(_ batch: Batch) -> KnownTask {
    var next = self
    next.lastSeq += Int64(batch.entries.count)
    if batch.change?.isFinal == true { next.isFinal = true }
    return next
  }
}

/// The tasks that were written to last, so that not every batch looks its task up. Nobody else writes.
struct KnownTasks {
  private static let limit = 4096
  private var tasks: [String: KnownTask] = [:]

  subscript(_ id: String) -> KnownTask? {
    get { tasks[id] }
    set {
      // Which one goes is all the same: a task that is busy comes back with its next batch.
      if tasks.count >= Self.limit { tasks.removeAll(keepingCapacity: true) }
      tasks[id] = newValue
    }
  }
}
