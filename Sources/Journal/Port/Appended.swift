/// What became of a batch. Only `stored` has put anything into the journal.
package enum Appended: Sendable, Equatable {
  /// On disk, as far as the journal's durability goes; watchers hear of them after this is known.
  case stored([Record])
  /// It was stored earlier.
  case duplicate(Duplicate)
  case refused(Reason)

  package enum Duplicate: Sendable, Equatable {
    /// A batch with the same key, that ended with this record.
    case key(seq: Int64)
    /// The producer's entries up to this number are here.
    case stamp(through: Int64)
    /// The owner has opened this task with the same key.
    case opening(task: String)
  }

  package enum Reason: Sendable, Equatable {
    case noSuchTask
    case taskExists
    /// The task has ended, so there are no more events of it; `late`, `note`, `command` and `verdict` are taken.
    case taskEnded
    /// The producer has left out something: this number is due.
    case producerGap(expected: Int64)
    /// Another has begun a later epoch.
    case producerFenced(epoch: Int64)
    /// The run is another gateway's, or the lease under which it was to begin is over.
    case fenced
  }
}
