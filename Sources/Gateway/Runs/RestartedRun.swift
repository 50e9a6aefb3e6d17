import A2A
import JSON
import Journal

/// A run as the journal remembers it.
struct RestartedRun: Sendable {
  let task: StoredTask
  let memory: RunMemory
  /// What the agent is to be told, where it has not been.
  let message: Message?
  let image: TaskImage

  /// Nil for what is no run of this gateway's, and for what has ended.
  init?(_ id: String, memo: Memo, in journal: any Journal) async throws(JournalError) {
    guard let memory = RunMemory(memo), let task = try await journal.task(id), !task.isFinal,
      let image = try await Self.image(of: task, in: journal)
    else { return nil }
    self.task = task
    self.memory = memory
    self.image = image
    // The first record is what began it.
    let said = try await journal.record(1, of: id).flatMap { try? JSONValue(parsing: $0.payload) }
    message = said?["message"].flatMap { try? Message(reading: $0) }
  }

  init?(_ id: String, in journal: any Journal) async throws(JournalError) {
    guard let memo = try await journal.memos(of: id, under: RunMemory.memoName).first else { return nil }
    try await self.init(id, memo: memo, in: journal)
  }

  /// The agent must be asked what it knows, or it must be given the task.
  var start: RunStart? {
    switch memory.phase {
    case .waiting: message.map { .fresh(task, memory, $0) }
    case .handingOver, .handedOver: .resumed(task, memory, image)
    }
  }

  /// The task as all its records tell it.
  static func image(of task: StoredTask, in journal: any Journal) async throws(JournalError) -> TaskImage? {
    guard var image = task.snapshot.flatMap(TaskImage.init(reading:)) else { return nil }
    var offset = task.firstOffset - 1
    while image.seq < task.lastSeq {
      let page = try await journal.records(
        .tasks([task.id]), after: offset, limit: ReadLimit(records: 500, bytes: 4 << 20))
      for record in page.records { image.take(record) }
      offset = page.through
      if page.isComplete { break }
    }
    return image
  }

  /// Its latest records, in which its agent's latest words are.
  static func latest(of task: StoredTask, in journal: any Journal) async throws(JournalError) -> [Record] {
    let first = try await journal.record(max(1, task.lastSeq - Int64(RunSayings.limit) + 1), of: task.id)
    guard var offset = first.map({ $0.offset - 1 }) else { return [] }
    var latest: [Record] = []
    while true {
      let page = try await journal.records(
        .tasks([task.id]), after: offset, limit: ReadLimit(records: RunSayings.limit, bytes: 4 << 20))
      latest += page.records
      offset = page.through
      if page.isComplete { return latest }
    }
  }
}
