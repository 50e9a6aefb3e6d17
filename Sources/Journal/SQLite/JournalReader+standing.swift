extension JournalReader {
  /// Of those that run, no more are given.
  private static let runningLimit = 1000

  func standing(_ selection: Selection, limit: Int) throws(JournalError) -> Standing {
    // All statements see the same moment.
    try database.transaction(.reading) { () throws(JournalError) in
      let offset = try lastOffset()
      return switch selection {
      case .tasks(let ids): Standing(tasks: try tasks(ids), offset: offset)
      case .visible(let alternatives): Standing(tasks: try overview(alternatives, limit: limit), offset: offset)
      }
    }
  }

  private func tasks(_ ids: [String]) throws(JournalError) -> [StoredTask] {
    var tasks: [StoredTask] = []
    for id in ids {
      if let task = try task(id) { tasks.append(task) }
    }
    return tasks
  }

  private func overview(
    _ visible: [TaskQuery.Visibility], limit: Int
  ) throws(JournalError) -> [StoredTask] {
    var running = TaskQuery(visible: visible, limit: Self.runningLimit)
    running.isFinal = false
    var found = try list(running)
    if found.count < limit {
      var ended = TaskQuery(visible: visible, limit: limit - found.count)
      ended.isFinal = true
      found += try list(ended)
    }
    return found.sorted { $0.firstOffset > $1.firstOffset }
  }
}
