import HTTP
import JSON

/// A record as it comes out of a stream, in as much as it matters for its order.
package struct StreamedRecord: Sendable, Equatable {
  package let offset: Int64
  package let task: String
  package let seq: Int64

  /// Nil when it is not what a record looks like.
  package init?(_ data: [UInt8]) {
    guard let value = try? JSONValue(parsing: data), let offset = value["offset"]?.int,
      let task = value["task"]?.string, let seq = value["seq"]?.int, value["data"] != nil
    else { return nil }
    (self.offset, self.task, self.seq) = (offset, task, seq)
  }
}

/// What a connection begins with.
package struct StreamResume: Sendable, Equatable {
  package enum Status: String, Sendable {
    case continued, snapshot, reset
  }

  package let status: Status
  package let from: String?
  package let to: String
  package let missed: Int64?

  init?(_ event: ReceivedEvent) {
    guard let value = try? JSONValue(parsing: event.data),
      let status = (value["status"]?.string).flatMap(Status.init(rawValue:)), let to = value["to"]?.string,
      let from = value["from"], let missed = value["missed"], !event.lastEventID.isEmpty
    else { return nil }
    self.status = status
    self.from = from.string
    self.to = to
    self.missed = missed.int
  }

  var epoch: String { String(to.prefix { $0 != "." }) }
  var toOffset: Int64 { Self.offset(to) }
  var fromOffset: Int64 { from.map(Self.offset) ?? -1 }

  static func offset(_ cursor: String) -> Int64 {
    cursor.split(separator: ".").last.flatMap { Int64($0) } ?? -1
  }
}

/// How tasks stand at a cursor.
struct StreamSnapshot {
  let cursor: String
  let seqs: [String: Int64]

  init?(_ data: [UInt8]) {
    guard let value = try? JSONValue(parsing: data), let cursor = value["cursor"]?.string,
      let tasks = value["tasks"], tasks.kind == .array
    else { return nil }
    self.cursor = cursor
    var seqs: [String: Int64] = [:]
    for task in tasks.elements {
      guard let id = task["id"]?.string, let seq = task["lastSeq"]?.int else { return nil }
      seqs[id] = seq
    }
    self.seqs = seqs
  }

  var offset: Int64 { StreamResume.offset(cursor) }
}
