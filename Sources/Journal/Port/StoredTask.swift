/// A task as the journal knows it.
package struct StoredTask: Sendable, Equatable {
  package let id: String
  package let opening: TaskOpening
  /// What it is called now.
  package let title: String
  package let state: String
  package let isFinal: Bool
  /// Milliseconds since 1970.
  package let opened: Int64
  package let updated: Int64
  /// The offsets of its first and last record, and the number of the last.
  package let firstOffset: Int64
  package let lastOffset: Int64
  package let lastSeq: Int64
  package let snapshot: [UInt8]?
  /// The memo of that name.
  package let outline: [UInt8]?
  /// Under which its run is, or was, where several gateways share the journal.
  package let lease: Fence?

  /// - Parameter title: nil where it is still that of the opening.
  package init(
    id: String, opening: TaskOpening, state: String, isFinal: Bool, opened: Int64, updated: Int64, firstOffset: Int64,
    lastOffset: Int64, lastSeq: Int64, snapshot: [UInt8]?, title: String? = nil, outline: [UInt8]? = nil,
    lease: Fence? = nil
  ) {
    self.id = id
    self.opening = opening
    self.state = state
    self.isFinal = isFinal
    self.opened = opened
    self.updated = updated
    self.firstOffset = firstOffset
    self.lastOffset = lastOffset
    self.lastSeq = lastSeq
    self.snapshot = snapshot
    self.outline = outline
    self.lease = lease
    self.title = title ?? opening.title
  }
}

/// Which tasks, newest first.
package struct TaskQuery: Sendable, Equatable {
  /// Somebody may see what one of these lets through; none of them, nothing.
  package struct Visibility: Sendable, Equatable {
    package var owner: String?
    package var tenant: String?
    /// Nil: of all agents.
    package var agents: Set<String>?

    package init(owner: String? = nil, tenant: String? = nil, agents: Set<String>? = nil) {
      self.owner = owner
      self.tenant = tenant
      self.agents = agents
    }
  }

  /// What "newest" means.
  package enum Order: Sendable, Equatable {
    case opening
    /// By the last record. A task that goes on moves to the front.
    case update
  }

  package var visible: [Visibility]
  package var states: Set<String>?
  package var isFinal: Bool?
  package var agent: String?
  package var owner: String?
  package var context: String?
  /// Those with a record at that time or later: milliseconds since 1970.
  package var updatedSince: Int64?
  package var order = Order.opening
  /// Part of the title or the id, capitals or not.
  package var text: String?
  /// Those before this offset: of the last one on the page before, the `firstOffset`, or, in the order of updates, the `lastOffset`.
  package var before: Int64?
  package var limit: Int
  /// False where nobody looks at them: they are the most of what is read.
  package var withSnapshots = true

  package init(visible: [Visibility], limit: Int = 50) {
    self.visible = visible
    self.limit = limit
  }
}
