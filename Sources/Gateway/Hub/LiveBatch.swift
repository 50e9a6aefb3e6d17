import Journal
import Synchronization
import Wire

/// What one commit has brought for one task, and its form on the wire: made once, by the first loop that needs it, for all who receive
/// it.
final class LiveBatch: Sendable {
  let task: String
  let opening: TaskOpening
  /// The task has ended, with this or before.
  let isFinal: Bool
  let records: [Record]
  let epoch: String
  /// About as many bytes as it has on the wire.
  let size: Int
  private let encoded = Mutex<EncodedEvent?>(nil)
  private let encodedMessage = Mutex<RecordMessage?>(nil)

  convenience init(_ committed: Committed, epoch: String) {
    self.init(
      task: committed.task, opening: committed.opening, isFinal: committed.isFinal, records: committed.records,
      epoch: epoch)
  }

  private init(task: String, opening: TaskOpening, isFinal: Bool, records: [Record], epoch: String) {
    precondition(!records.isEmpty, "A commit without records has brought nothing.")
    (self.task, self.opening, self.isFinal, self.records, self.epoch) = (task, opening, isFinal, records, epoch)
    size = records.reduce(0) { $0 + $1.payload.count + Self.envelope }
  }

  /// About as much as everything but the payload.
  private static let envelope = 200

  var first: Int64 { records[0].offset }
  var last: Int64 { records[records.count - 1].offset }

  var event: EncodedEvent {
    encoded.withLock { encoded in
      if let encoded { return encoded }
      let event = RecordEvents.encode(records, epoch: epoch)
      encoded = event
      return event
    }
  }

  /// The same for WebSockets.
  var message: RecordMessage {
    encodedMessage.withLock { encoded in
      if let encoded { return encoded }
      let message = RecordMessage(records, epoch: epoch)
      encoded = message
      return message
    }
  }

  /// What of it lies behind a place; nil for nothing.
  func behind(_ offset: Int64) -> LiveBatch? {
    if first > offset { return self }
    guard last > offset else { return nil }
    return LiveBatch(
      task: task, opening: opening, isFinal: isFinal, records: records.filter { $0.offset > offset }, epoch: epoch)
  }
}
