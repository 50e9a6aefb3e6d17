/// Records that are stored together or not at all, all of one task.
package struct Batch: Sendable, Equatable {
  package var task: String
  package var entries: [Entry]
  /// The task begins with this batch.
  package var opening: TaskOpening?
  /// How the task was opened that is meant. One that was opened otherwise, under the same id, is no such task.
  package var expected: TaskOpening?
  /// How the task stands after it. Nil: as before.
  package var change: TaskChange?
  /// What is to be remembered with it.
  package var memos: [Memo] = []
  /// Makes the batch one that is stored once, however often it is sent: a command's id. As long as the task is kept.
  package var key: String?
  /// The same for producers that count what they send.
  package var stamp: ProducerStamp?
  /// The same for a batch that is sent again because nobody knew what became of it: what the error has called it.
  package var name: String?
  /// Where a run writes: under which lease. It is refused once the run is another gateway's; a task that begins with it belongs to it.
  /// Without one nothing ends a task that belongs to a lease.
  package var fence: Fence?

  package init(
    task: String, entries: [Entry], opening: TaskOpening? = nil, expected: TaskOpening? = nil,
    change: TaskChange? = nil, key: String? = nil, stamp: ProducerStamp? = nil
  ) {
    self.task = task
    self.entries = entries
    self.opening = opening
    self.expected = expected
    self.change = change
    self.key = key
    self.stamp = stamp
  }
}

/// A record to be.
package struct Entry: Sendable, Equatable {
  package var kind: RecordKind
  package var origin: String
  package var payload: [UInt8]

  package init(_ kind: RecordKind, origin: String, payload: [UInt8]) {
    self.kind = kind
    self.origin = origin
    self.payload = payload
  }
}

/// What is known of a task from its first moment, and stays.
package struct TaskOpening: Sendable, Equatable {
  package var owner: String
  package var tenant: String?
  package var agent: String
  /// For lists, until somebody has found a better one.
  package var title: String
  /// The owner's word against starting it twice. Another opening with the same one is the same task.
  package var key: String?
  /// The conversation that it belongs to, as its owner calls it.
  package var context: String?

  package init(
    owner: String, tenant: String?, agent: String, title: String = "", key: String? = nil, context: String? = nil
  ) {
    self.owner = owner
    self.tenant = tenant
    self.agent = agent
    self.title = title
    self.key = key
    self.context = context
  }
}

/// How a task stands.
package struct TaskChange: Sendable, Equatable {
  /// The word for it, of those that the gateway uses.
  package var state: String
  /// No event follows any more. Never taken back.
  package var isFinal: Bool
  /// What a reader needs who cannot have the history: JSON. Nil: as before.
  package var snapshot: [UInt8]?
  /// What it is called from now on. Nil: as before.
  package var title: String?

  package init(state: String, isFinal: Bool = false, snapshot: [UInt8]? = nil, title: String? = nil) {
    self.state = state
    self.isFinal = isFinal
    self.snapshot = snapshot
    self.title = title
  }
}

/// A producer's count of what it sends to a task: the number of the first entry of the batch.
package struct ProducerStamp: Sendable, Equatable {
  package var producer: String
  /// Increases when the producer begins anew; an older one may not write any more.
  package var epoch: Int64
  /// Of the first entry; the first of an epoch is 1.
  package var seq: Int64

  package init(producer: String, epoch: Int64, seq: Int64) {
    self.producer = producer
    self.epoch = epoch
    self.seq = seq
  }
}
