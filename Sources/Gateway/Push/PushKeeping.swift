import Journal

/// What the journal remembers of one who is told, as it was last seen there. Where gateways share the journal, whoever tells finds out by it
/// that another does, or that nobody wants it any more.
struct PushKeeping: Sendable {
  private(set) var entry: PushEntry
  private var stored: Memo
  private let task: String
  private let journal: any Journal

  /// Nil where it is done, or gone, or another's to tell.
  init?(_ wanted: PushEntry, of task: String, in journal: any Journal) async throws(JournalError) {
    guard let memo = try await Self.read(wanted.name, of: task, in: journal), let entry = PushEntry(memo),
      !entry.isDone, entry.sender == wanted.sender
    else { return nil }
    (self.entry, stored, self.task, self.journal) = (entry, memo, task, journal)
  }

  private static func read(
    _ name: String, of task: String, in journal: any Journal
  ) async throws(JournalError) -> Memo? {
    try await journal.memos(of: task, under: name).first { $0.name == name }
  }

  /// A gateway that has the journal alone knows.
  func isOurs() async throws(JournalError) -> Bool {
    guard journal.leases != nil else { return true }
    return try await Self.read(stored.name, of: task, in: journal) == stored
  }

  /// False when it is not ours any more, or the task is gone.
  mutating func save(_ entry: PushEntry) async throws(JournalError) -> Bool {
    let memo = entry.memo
    if let leases = journal.leases {
      guard try await leases.replace(stored, by: memo.body, of: task) else { return false }
    } else {
      guard try await journal.remember([memo], of: task) else { return false }
    }
    (self.entry, stored) = (entry, memo)
    return true
  }
}
