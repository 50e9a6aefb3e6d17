import HTTP
import Identity
import Journal

/// Which of the running tasks are to be cancelled in one go.
struct CancelFilter: Sendable, Equatable {
  enum Whose: String, Sendable, Equatable, CaseIterable {
    /// Those that the asker owns.
    case mine
    /// Those that the asker may cancel.
    case all
  }

  let whose: Whose
  /// Only those of this agent.
  var agent: String?
}

/// What one go has done, or would do.
struct CancelRound: Sendable {
  /// So many at most.
  static let limit = 1000

  let isDryRun: Bool
  /// Newest first, as they stood when they were found.
  let tasks: [StoredTask]
  /// There are others that this round has no room for.
  let hasMore: Bool
  /// In the order of the tasks.
  var receipts: [CommandReceipt] = []
  var refused: [No] = []

  struct No: Sendable {
    let task: String
    let refusal: Refusal
  }

  /// The name of a task's own command in a round: the same in a repeated one, so that nothing is asked twice.
  static func command(of round: String, for task: String) -> String {
    let digest = Base64URL.encode(Digest.sha256(Array("\(round) \(task)".utf8))).prefix(22)
    return "\(round.prefix(100)).\(digest)"
  }
}
