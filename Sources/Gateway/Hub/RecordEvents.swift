import HTTP
import Journal
import Wire

/// Records as events of a stream: without a type, so that a browser's `onmessage` gets them, and with their place as the id.
enum RecordEvents {
  static func encode(_ records: [Record], epoch: String) -> EncodedEvent {
    EncodedEvent(reserving: records.reduce(0) { $0 + $1.payload.count + envelope }) { bytes in
      for record in records {
        let id = Cursor(epoch: epoch, offset: record.offset).description
        EventStreamEncoder.event(id: id, into: &bytes) { NativeRecord.append(record, to: &$0) }
      }
    }
  }

  /// Bytes around a payload, about.
  private static let envelope = 256
}
