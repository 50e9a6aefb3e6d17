import JSON
import Journal

/// Some of a task's events in a profile, for whoever asks for pages. A page is worked out from the task's first record on, as a stream is.
struct ProfilePage: Sendable {
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
    var history = ToldHistory(of: task, as: profile, in: journal)
    while let piece = try await history.next() {
      for (record, told) in piece where record.offset > start {
        guard records < limit, bytes < Self.byteLimit else { return }
        add(told, of: record)
      }
    }
    isComplete = true
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
