import A2A
import JSON
import Journal

/// Some of a task's events in a profile, for whoever asks for pages. A page is worked out from the task's first record on, as a stream is.
struct ProfilePage: Sendable {
  /// So much of history is read at once.
  private static let piece = ReadLimit(records: 256, bytes: 1 << 20)
  /// Bytes of events in one page; a record that tells more comes alone.
  private static let byteLimit = 4 << 20

  private let profile: Profile
  /// Each with the place of its record.
  private(set) var events: [(offset: Int64, event: ProfileEvent)] = []
  private(set) var through: Int64
  private(set) var isComplete = false
  private var records = 0
  private var bytes = 0

  /// - Parameters:
  ///   - start: what is told up to here is left out.
  ///   - limit: of records.
  init(
    of task: StoredTask, as profile: Profile, after start: Int64, limit: Int, in journal: any Journal
  ) async throws(JournalError) {
    (self.profile, through) = (profile, start)
    var telling = profile.telling(of: ToldTask(task))
    var position: Int64 = 0
    while !isComplete {
      let page = try await journal.records(.tasks([task.id]), after: position, limit: Self.piece)
      for record in page.records {
        var told = telling.take(record)
        if record.seq == task.lastSeq, let end = task.end(untoldBy: telling) {
          told += telling.end(as: end, at: record.time)
        }
        guard record.offset > start else { continue }
        guard records < limit, bytes < Self.byteLimit else { return }
        add(told, of: record)
      }
      (position, isComplete) = (page.through, page.isComplete)
    }
    through = max(through, position)
  }

  private mutating func add(_ told: [ProfileEvent], of record: Record) {
    records += 1
    through = record.offset
    for event in told {
      bytes += event.data.count
      events.append((record.offset, event))
    }
  }

  /// `"profile":…,"told":[{"id":…,"event":…?,"data":…}…],"next":…,"complete":…`
  func write(epoch: String, into reply: inout JSONWriter) {
    reply.member("profile", profile.rawValue)
    reply.array("told") { list in
      for (offset, event) in events {
        list.object { item in
          item.member("id", Cursor(epoch: epoch, offset: offset).description)
          item.member("event", ifPresent: event.name)
          item.key("data")
          item.raw(trusted: event.data)
        }
      }
    }
    reply.member("next", Cursor(epoch: epoch, offset: through).description)
    reply.member("complete", isComplete)
  }
}

extension StoredTask {
  /// How a producer has ended it, where no record says so; nil for one that goes on.
  func end(untoldBy telling: any ProfileTelling) -> TaskState? {
    isFinal && !telling.isOver && !telling.saysItsEnd ? TaskState(word: state) : nil
  }
}
