import Journal

/// Tasks as A2A shows them, up to date: the image that was kept last, and the records behind it.
struct TaskImages: Sendable {
  /// So much is read at once.
  private static let page = ReadLimit(records: 256, bytes: 1 << 20)

  let journal: any Journal

  /// With all that had happened when the task was read, and nothing later: what follows has the numbers behind `task.lastSeq`. Nil for a
  /// task that is none of a run, because nobody has kept an image of it.
  func current(of task: StoredTask) async throws(JournalError) -> TaskImage? {
    guard let kept = task.snapshot, var image = TaskImage(reading: kept) else { return nil }
    guard image.seq < task.lastSeq else { return image }
    // No record is there any more when the task was removed meanwhile: then it is shown as it was kept.
    var position = image.seq > 0 ? try await journal.record(image.seq, of: task.id)?.offset : 0
    while let start = position, image.seq < task.lastSeq {
      let page = try await journal.records(.tasks([task.id]), after: start, limit: Self.page)
      for record in page.records where record.seq <= task.lastSeq { image.take(record) }
      position = page.isComplete ? nil : page.through
    }
    return image
  }

  /// What a reader needs of it who does not read the history: JSON. Nil where there is nothing of the kind.
  func snapshot(of task: StoredTask) async throws(JournalError) -> [UInt8]? {
    guard let image = try await current(of: task) else { return task.snapshot }
    return image.encoded
  }
}
