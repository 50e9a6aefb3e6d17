import Identity
import JSON

/// A record with its place in the trail.
struct AuditEntry: Sendable, Equatable {
  /// Larger than that of any entry before, those of earlier runs included.
  let id: Int64
  let time: UnixTime
  let record: AuditRecord

  /// One line of JSON, with its line feed.
  var line: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member("id", id)
      object.member("time", time.description)
      object.member("event", record.event.rawValue)
      object.member("result", record.result.rawValue)
      object.member("who", ifPresent: record.who)
      object.member("credential", ifPresent: record.credential)
      object.member("session", ifPresent: record.session)
      object.member("from", record.from)
      object.member("request", ifPresent: record.request)
      object.member("route", ifPresent: record.route)
      object.member("action", ifPresent: record.action?.rawValue)
      object.member("task", ifPresent: record.task)
      object.member("detail", ifPresent: record.detail)
    }
  }
}
