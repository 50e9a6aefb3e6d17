import A2A
import HTTP
import Journal
import Wire

/// What one stream sends of the records that come: nothing of those that its client has, and everything of the others. A value.
///
/// The place of a record is the id of the last event that tells of it: whoever is cut off between two events of one record comes back
/// before it, and hears both.
struct ProfileNarrator {
  private var telling: any ProfileTelling
  /// What lies up to here, the client has.
  private let place: Int64
  private let epoch: String
  private var hasOpened = false

  init(_ telling: any ProfileTelling, behind place: Int64, epoch: String) {
    (self.telling, self.place, self.epoch) = (telling, place, epoch)
  }

  var isOver: Bool { telling.isOver }

  /// - Parameter first: of the records that come now.
  func mayEndInSilence(with first: Record) -> Bool {
    guard first.seq == 1 else { return !telling.saysItsEnd }
    return first.kind != .command
  }

  /// - Parameters:
  ///   - end: how the task has ended with the last of these, where no record says so.
  ///   - time: milliseconds since 1970.
  mutating func tell(_ records: [Record], end: TaskState?, at time: Int64) -> [ServerSentEvent] {
    var events: [ServerSentEvent] = []
    // Where the client begins, and not before what it has was read.
    func open() {
      guard !hasOpened else { return }
      hasOpened = true
      if let event = telling.opening(at: time) { events.append(ServerSentEvent(event)) }
    }
    for (index, record) in records.enumerated() {
      if record.offset > place { open() }
      var told = telling.take(record)
      if let end, index == records.count - 1 { told += telling.end(as: end, at: record.time) }
      guard record.offset > place else { continue }
      let cursor = Cursor(epoch: epoch, offset: record.offset).description
      for (number, event) in told.enumerated() {
        events.append(ServerSentEvent(event, id: number == told.count - 1 ? cursor : nil))
      }
    }
    if let last = records.last, last.offset >= place { open() }
    return events
  }
}

extension EncodedEvent {
  /// Events that leave together.
  init(_ events: [ServerSentEvent]) {
    self.init(reserving: events.reduce(0) { $0 + $1.data.count + 96 }) { bytes in
      for event in events { EventStreamEncoder.event(event, into: &bytes) }
    }
  }
}

extension ServerSentEvent {
  init(_ event: ProfileEvent, id: String? = nil) {
    self.init(id: id, event: event.name, data: event.data)
  }
}
