import A2A
import JSON
import Journal

/// What a task's agent reported last.
enum LatestReport {
  /// Reports come often; what lies farther back is no news.
  private static let window: Int64 = 64

  /// Nil: none among the last records.
  static func ofProgress(
    of task: StoredTask, in journal: any Journal
  ) async throws(JournalError) -> ProgressReport? {
    let first = task.lastSeq - window
    // No record is there any more when the task was removed meanwhile.
    guard let start = first > 0 ? try await journal.record(first, of: task.id)?.offset : 0 else { return nil }
    let page = try await journal.records(
      .tasks([task.id]), after: start, limit: ReadLimit(records: Int(window), bytes: 1 << 20))
    for record in page.records.reversed() where record.kind == .event && record.seq <= task.lastSeq {
      guard let value = try? JSONValue(parsing: record.payload), let event = try? TaskEvent(reading: value),
        case .status(let update) = event, let report = ProgressReport(metadata: update.metadata)
      else { continue }
      return report
    }
    return nil
  }
}
