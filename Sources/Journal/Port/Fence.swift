/// By what a gateway shows that a run is its own: the lease under which it has it. No two leases ever have the same name.
package struct Fence: Sendable, Hashable, CustomStringConvertible {
  package let lease: String

  package init(lease: String) {
    self.lease = lease
  }

  package var description: String { lease }
}

/// What became of memos that were to be kept for a run.
package enum Remembered: Sendable, Equatable {
  case kept
  case noSuchTask
  /// The run is another gateway's.
  case fenced
}
