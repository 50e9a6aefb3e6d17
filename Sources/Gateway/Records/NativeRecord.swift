import JSON
import Journal
import Telemetry

/// A record as readers of the `native` profile get it: the envelope, and in `data` what was journaled, unchanged. One line.
enum NativeRecord {
  static func write(_ record: Record, to writer: inout JSONWriter) {
    writer.object { object in
      object.member("offset", record.offset)
      object.member("task", record.task)
      object.member("seq", record.seq)
      object.member("time", RFC3339.text(millisecondsSince1970: record.time))
      object.member("kind", record.kind.name)
      object.member("origin", record.origin)
      object.key("data")
      object.raw(trusted: record.payload)
    }
  }

  /// Into bytes that are there already: history is many records, and each is moved once.
  static func append(_ record: Record, to bytes: inout [UInt8]) {
    var text: [UInt8] = []
    swap(&text, &bytes)
    var writer = JSONWriter(appendingTo: consume text)
    write(record, to: &writer)
    bytes = writer.bytes
  }
}
