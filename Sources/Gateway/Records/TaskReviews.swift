import JSON
import Journal
import Telemetry

/// What people think of what a task has come to, read from its records. Of each person, what they said last counts.
struct TaskReviews: Sendable, Equatable {
  struct Given: Sendable, Equatable {
    let by: String
    let review: TaskReview
    /// Milliseconds since 1970.
    let time: Int64
    /// Of its record.
    let seq: Int64
  }

  /// In the order in which they were said.
  private(set) var given: [Given] = []

  mutating func take(_ record: Record) {
    guard record.kind == .command, let value = try? JSONValue(parsing: record.payload),
      value["command"]?.equalsString(Self.command) == true, let by = value["by"]?.string,
      let opinion = value["opinion"]?.string.flatMap(TaskReview.Opinion.init)
    else { return }
    given.removeAll { $0.by == by }
    given.append(
      Given(
        by: by, review: TaskReview(opinion: opinion, why: value["why"]?.string), time: record.time, seq: record.seq))
  }

  /// `"reviews":[{"by":…,"opinion":…,"why":…?,"time":…,"seq":…}…]`; nothing where there are none.
  func write(into object: inout JSONWriter) {
    guard !given.isEmpty else { return }
    object.array("reviews") { list in
      for one in given {
        list.object { entry in
          entry.member("by", one.by)
          entry.member("opinion", one.review.opinion.rawValue)
          entry.member("why", ifPresent: one.review.why)
          entry.member("time", RFC3339.text(millisecondsSince1970: one.time))
          entry.member("seq", one.seq)
        }
      }
    }
  }

  static let command = "review"
}

// MARK: In the journal

extension TaskReviews {
  /// Where the first review can be found, so that nobody reads the history for what lies behind its end.
  private static let markName = "reviews"
  private static let page = ReadLimit(records: 256, bytes: 1 << 20)

  /// Those that there were when the task was read.
  static func of(_ task: StoredTask, in journal: any Journal) async throws(JournalError) -> TaskReviews {
    var reviews = TaskReviews()
    guard task.isFinal, var offset = try await start(of: task.id, in: journal) else { return reviews }
    while offset < task.lastOffset {
      let page = try await journal.records(.tasks([task.id]), after: offset, limit: Self.page)
      for record in page.records where record.seq <= task.lastSeq { reviews.take(record) }
      guard !page.isComplete else { break }
      offset = page.through
    }
    return reviews
  }

  /// What is to be remembered with a review; nil where one before it has said so. No review lies before what the task was when it was
  /// read: had there been one, the mark would be there.
  /// - Parameter task: as it was read before this is asked.
  static func mark(for task: StoredTask, in journal: any Journal) async throws(JournalError) -> Memo? {
    guard try await start(of: task.id, in: journal) == nil else { return nil }
    var writer = JSONWriter()
    writer.object { $0.member("after", task.lastOffset) }
    return Memo(markName, writer.bytes)
  }

  private static func start(of task: String, in journal: any Journal) async throws(JournalError) -> Int64? {
    let memo = try await journal.memos(of: task, under: markName).first { $0.name == markName }
    return memo?.body.flatMap { try? JSONValue(parsing: $0) }?["after"]?.int
  }
}
