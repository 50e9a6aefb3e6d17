import A2A
import HTTP
import JSON
import Journal

// What people think of what a task has come to. Its agent does not hear of it: the record is all that comes of it.
extension Runs {
  /// Keeps it behind the end of the task.
  func keep(_ review: TaskReview, _ command: RunCommand, on task: StoredTask) async throws -> CommandReceipt {
    // It may have ended since it was read.
    let task = task.isFinal ? task : try await journal.task(task.id) ?? task
    guard task.isFinal, task.state == TaskState.completed.word else {
      throw Refusal.nothingToReview(task.isFinal ? TaskState(word: task.state) : nil)
    }
    guard try await journal.memos(of: task.id, under: CommandMemory.family).count < RunCommands.limit else {
      throw Refusal.tooManyCommands
    }
    let now = clock.milliseconds()
    var memory = command.memory(seq: task.lastSeq + 1, since: now)
    var batch = Batch(task: task.id, entries: [RunRecords.review(review, command)])
    // Two at once are one.
    batch.key = memory.memo.name
    batch.memos = [memory.memo]
    if let mark = try await TaskReviews.mark(for: task, in: journal) { batch.memos.append(mark) }
    switch try await journal.append(batch) {
    case .refused(let reason): throw Refusal(reason)
    case .duplicate:
      guard let receipt = try await receipt(again: command, in: task.id) else { throw Refusal.commandIDTaken }
      return receipt
    case .stored(let records):
      if let seq = records.first?.seq, seq != memory.seq {
        // Somebody else has written meanwhile: the number is that under which it is stored.
        memory = command.memory(seq: seq, since: now)
        _ = try await journal.remember([memory.memo], of: task.id)
      }
      return CommandReceipt(id: command.id, task: task.id, command: command.word, seq: memory.seq)
    }
  }
}

extension RunRecords {
  /// `{"command":"review","id":…,"by":…,"opinion":"accept"|"disagree","why":…?}`
  static func review(_ review: TaskReview, _ command: RunCommand) -> Entry {
    entry(.command, origin: command.by) { object in
      object.member("command", command.word)
      object.member("id", command.id)
      object.member("by", command.by)
      object.member("opinion", review.opinion.rawValue)
      object.member("why", ifPresent: review.why)
    }
  }
}

extension Refusal {
  /// - Parameter state: that in which the task has ended; nil where it has not.
  static func nothingToReview(_ state: TaskState?) -> Refusal {
    let detail =
      state.map { "The task has ended as \($0.word), with no result that could be reviewed." }
      ?? "There is nothing to review yet: the task has not ended. Try again when it is completed."
    return Refusal(.conflict, detail, code: "nothing-to-review")
  }
}
