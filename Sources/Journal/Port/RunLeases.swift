/// Which gateway has which runs, where several share a journal. Any thread.
///
/// A gateway has one lease, and with it all of its runs. A lease that is over never comes back: its runs are free for others, and what is
/// still written under it is refused.
package protocol RunLeases: Sendable {
  /// Takes a new lease. The one that the gateway had before ends with that.
  /// - Parameter time: after which it is over, unless it is renewed.
  func take(_ lease: Fence, insteadOf old: Fence?, for time: Duration) async throws(JournalError)
  /// False: it is over.
  func renew(_ lease: Fence, for time: Duration) async throws(JournalError) -> Bool
  /// Ends it: its runs are free at once.
  func release(_ lease: Fence) async throws(JournalError)

  /// Moves running tasks of leases that are over to this one, the oldest first. Nil: this one is over itself.
  /// - Parameter limit: so many at most.
  func takeOver(for lease: Fence, limit: Int) async throws(JournalError) -> [String]?

  /// The running tasks of a lease, the oldest first.
  func runs(of lease: Fence) async throws(JournalError) -> [String]

  /// Those leases that are not over.
  func alive() async throws(JournalError) -> Set<Fence>
  /// Keeps a memo of a task in place of another, or forgets it, where that one still is what it was. False: it is not, or the task is gone.
  func replace(_ old: Memo, by new: [UInt8]?, of task: String) async throws(JournalError) -> Bool

  /// Puts a letter where the gateway that has the task's run will find it.
  func send(_ letter: [UInt8], toOwnerOf task: String) async throws(JournalError) -> Posted
  /// Puts a letter where the gateway with this lease will find it.
  func send(_ letter: [UInt8], to lease: Fence) async throws(JournalError) -> Posted
  /// Letters for a lease, as soon as there are any; nothing after a while without any, and when another lease is taken. One at a time asks.
  func letters(for lease: Fence) async throws(JournalError) -> [[UInt8]]
}

/// What became of a letter.
package enum Posted: Sendable, Equatable {
  /// It is there for whoever has this lease. Whether anybody reads it is not known.
  case sent(to: Fence)
  case noSuchTask
  case taskEnded
  /// No gateway runs it: a producer tells of it.
  case nobodys
  /// The lease is over, and nobody has taken over yet.
  case free
  /// So many wait there that nobody seems to read them.
  case full
}
