import Synchronization
import Telemetry

/// What is known of the journal and its server, for whoever asks without waiting. Any thread.
final class RedisFacts: Sendable {
  private struct State {
    var epoch = ""
    var durability = Durability.unknown
    var newest = NewestBatch()
  }

  private let state = Mutex(State())
  let metrics: JournalMetrics

  init(_ metrics: JournalMetrics) {
    self.metrics = metrics
  }

  var epoch: String { state.withLock { $0.epoch } }

  var durability: Durability {
    get { state.withLock { $0.durability } }
    set { state.withLock { $0.durability = newValue } }
  }

  /// The newest batch that this process has seen: a journal that does not have it has lost it.
  var newest: NewestBatch { state.withLock { $0.newest } }

  func saw(_ batch: NewestBatch) {
    state.withLock { if $0.newest.offset < batch.offset { $0.newest = batch } }
    metrics.tail.set(Int(batch.offset))
  }

  /// Another journal, or another state of it: what was seen before does not count.
  func begin(_ epoch: String, at batch: NewestBatch) {
    state.withLock {
      $0.epoch = epoch
      $0.newest = batch
    }
    metrics.tail.set(Int(batch.offset))
  }
}

/// Where a batch ends, and what it is called; no name where only its place is known.
struct NewestBatch: Sendable, Equatable {
  var offset: Int64 = 0
  var name = ""
}
