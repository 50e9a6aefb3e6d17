import HTTP
import Identity
import Journal
import Synchronization

/// Lets producers' events into the journal: judged like all that is done to tasks, but without a question to the journal for each. Any
/// thread.
///
/// How a task was opened never changes, so what was read once is good as long as the task is there. Whether it still is, and not another
/// under its id, the journal looks itself. Only a yes is given by what is remembered: a no is found out in the same way, and in the same
/// time, as for a task that is not there.
final class PublishGate: Sendable {
  private let tasks: TaskAccess
  private let known = Mutex(RecentTasks<TaskOpening>())
  /// What lists show of them. Fewer, because they are larger: a task that is busy comes back with its next events.
  private let outlines = Mutex(RecentTasks<TaskOutline>(limit: 1024))

  init(tasks: TaskAccess) {
    self.tasks = tasks
  }

  /// - Parameter news: what the batch says of the task.
  func append(_ batch: Batch, saying news: [TaskNews] = [], by asker: Asker) async throws -> Appended {
    var batch = batch
    if let opening = known.withLock({ $0[batch.task] }), asker.mayPublish(to: opening) {
      batch.expected = opening
      let appended = try await append(batch, saying: news)
      guard case .refused(.noSuchTask) = appended else { return appended }
    }
    let opening = try await tasks.task(batch.task, .submit, by: asker).opening
    // What an agent does is told by its run, which counts the records.
    guard try await tasks.journal.memos(of: batch.task, under: RunMemory.memoName).isEmpty else {
      throw Refusal.runHere
    }
    known.withLock { $0[batch.task] = opening }
    batch.expected = opening
    return try await append(batch, saying: news)
  }

  /// With what lists show of the task then. Two that publish to it at once may each miss the other's words there, until the next ones.
  private func append(_ batch: Batch, saying news: [TaskNews]) async throws(JournalError) -> Appended {
    var batch = batch
    if !news.isEmpty, let outline = try await outline(of: batch.task, behind: news) { batch.memos = [outline.memo] }
    let appended = try await tasks.journal.append(batch)
    if case .stored = appended { return appended }
    // What was not stored, or stored before, is not what was said last.
    outlines.withLock { $0[batch.task] = nil }
    return appended
  }

  /// Nil where it stays as it is.
  private func outline(of task: String, behind news: [TaskNews]) async throws(JournalError) -> TaskOutline? {
    var before = outlines.withLock { $0[task] }
    if before == nil { before = TaskOutline(try await tasks.journal.task(task)?.outline) }
    var after = before ?? TaskOutline()
    for one in news { after.take(one) }
    let next = after
    outlines.withLock { $0[task] = next }
    return next == before ? nil : next
  }
}

extension Asker {
  fileprivate func mayPublish(to opening: TaskOpening) -> Bool {
    (try? require(.submit, on: TaskFacts(opening))) != nil
  }
}
