import Journal
import Wire

/// The records of one task from a place on, history first and then as they come, for one reader inside the gateway: without a hole, and
/// as slowly as it likes, because what it has not read is in the journal.
protocol RecordFeed: Sendable {
  /// Waits for more. Nil when the task has ended and all is read, when the task is gone, and once the feed is closed, also to one who waits.
  /// An error closes it, and so does the end of the task that waits. One at a time.
  func next() async throws(JournalError) -> [Record]?
  /// From anywhere, once or more. Whoever does not read to the end has to say so.
  func close()
}
