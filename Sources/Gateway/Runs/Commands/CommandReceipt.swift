/// What is said at once to whoever gave a command: it is in the journal, and what comes of it will follow.
struct CommandReceipt: Sendable, Equatable {
  let id: String
  let task: String
  /// `cancel`, `answer`, …
  let command: String
  /// The number of its record.
  let seq: Int64
  /// It had come before, and nothing was done again.
  var isRepeated = false
  /// What came of it, where that is known already.
  var verdict: Verdict?
}
