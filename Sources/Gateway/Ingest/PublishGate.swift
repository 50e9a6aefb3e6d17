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
  private let known = Mutex(KnownOpenings())

  init(tasks: TaskAccess) {
    self.tasks = tasks
  }

  func append(_ batch: Batch, by asker: Asker) async throws -> Appended {
    var batch = batch
    if let opening = known.withLock({ $0[batch.task] }), asker.mayPublish(to: opening) {
      batch.expected = opening
      let appended = try await tasks.journal.append(batch)
      guard case .refused(.noSuchTask) = appended else { return appended }
    }
    let opening = try await tasks.task(batch.task, .submit, by: asker).opening
    // What an agent does is told by its run, which counts the records.
    guard try await tasks.journal.memos(of: batch.task, under: RunMemory.memoName).isEmpty else {
      throw Refusal.runHere
    }
    known.withLock { $0[batch.task] = opening }
    batch.expected = opening
    return try await tasks.journal.append(batch)
  }
}

extension Asker {
  fileprivate func mayPublish(to opening: TaskOpening) -> Bool {
    (try? require(.submit, on: TaskFacts(opening))) != nil
  }
}
