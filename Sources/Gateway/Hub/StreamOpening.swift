import Journal

/// How a stream begins, found out from what was asked for and what there is.
enum StreamOpening: Equatable {
  /// Everything behind this offset.
  case continued(after: Int64)
  /// How things stand, and what comes then.
  case snapshot
  /// The same, because the place that was shown is none of this journal's, or what was behind it is gone.
  case reset(Cursor)
  /// There is nothing more, and there will be nothing more.
  case finished

  /// - Parameter tasks: nil for all tasks.
  init(_ start: StreamStart, of tasks: [StoredTask]?, epoch: String, bounds: Bounds) {
    switch start {
    case .unsaid where tasks == nil: self = .snapshot
    // The history of a task is kept for as long as the task; of all tasks, what was trimmed is gone.
    case .unsaid, .earliest: self = .continued(after: tasks == nil ? bounds.trimmed : 0)
    case .latest: self = .snapshot
    case .after(let cursor):
      let isHere = cursor.epoch == epoch && cursor.offset <= bounds.tail
      guard isHere, tasks != nil || cursor.offset >= bounds.trimmed else {
        self = .reset(cursor)
        return
      }
      let hasAll = tasks?.allSatisfy { $0.isFinal && $0.lastOffset <= cursor.offset } ?? false
      self = hasAll ? .finished : .continued(after: cursor.offset)
    }
  }

  /// As clients and metrics are told of it.
  var word: String {
    switch self {
    case .continued: "continued"
    case .snapshot: "snapshot"
    case .reset: "reset"
    case .finished: "finished"
    }
  }

  static let words = ["continued", "snapshot", "reset", "finished"]
}
