/// One wish to open a stream, for as long as it waits.
struct AdmissionTicket: Sendable, Equatable {
  enum Kind: String, Sendable, CaseIterable {
    /// Comes with a place in this journal, and goes on behind it.
    case resumed
    case new
  }

  let id: UInt64
  let kind: Kind
  /// Whose it is. A place can be made up: with how many a principal comes is what counts.
  let principal: String
}
