import A2A
import Journal

/// What a profile tells of a task as it stood when it was looked up, piece by piece from its first record on: for answers that are made at
/// once, where a stream would go on.
struct ToldHistory {
  /// So much is read at once.
  private static let piece = ReadLimit(records: 256, bytes: 1 << 20)

  private let task: StoredTask
  private let journal: any Journal
  private var telling: any ProfileTelling
  /// Nil when there is no more.
  private var position: Int64? = 0

  init(of task: StoredTask, as profile: Profile, in journal: any Journal) {
    (self.task, self.journal) = (task, journal)
    telling = profile.telling(of: ToldTask(task))
  }

  /// The next records, each with what is told of it; nil behind the last.
  mutating func next() async throws(JournalError) -> [(record: Record, told: [ProfileEvent])]? {
    guard let start = position else { return nil }
    let page = try await journal.records(.tasks([task.id]), after: start, limit: Self.piece)
    position = page.isComplete || page.through >= task.lastOffset ? nil : page.through
    var history: [(record: Record, told: [ProfileEvent])] = []
    // What has happened since the task was looked up belongs to the next answer.
    for record in page.records where record.seq <= task.lastSeq {
      history.append((record, telling.take(record)))
    }
    guard let last = history.indices.last, history[last].record.seq == task.lastSeq else { return history }
    history[last].told += telling.silentEnd(of: task, at: history[last].record.time)
    return history
  }
}

extension ProfileTelling {
  /// How a producer has ended the task, where no record says so; nothing for one that goes on.
  mutating func silentEnd(of task: StoredTask, at time: Int64) -> [ProfileEvent] {
    guard task.isFinal, !isOver, !saysItsEnd, let state = TaskState(word: task.state) else { return [] }
    return end(as: state, at: time)
  }
}
