import HTTP
import JSON
import Journal

/// What a stream of records says about itself.
enum StreamEvents {
  /// The first event, which also gives an id to come back with before there is any record.
  static func resume(_ beginning: StreamBeginning) -> ServerSentEvent {
    var writer = JSONWriter()
    writer.object { beginning.write(into: &$0) }
    return ServerSentEvent(id: beginning.cursor.description, event: "resume", data: writer.bytes)
  }

  /// How the tasks stand at a cursor: asked for (`snapshot`), or because a place was lost (`reset`).
  /// - Parameter snapshots: all of a task, by its id, where it is to be told.
  static func state(
    _ type: String, _ standing: Standing, snapshots: [String: [UInt8]] = [:], epoch: String
  ) -> ServerSentEvent {
    var writer = JSONWriter()
    writer.object { standing.write(snapshots: snapshots, epoch: epoch, into: &$0) }
    return ServerSentEvent(id: standing.cursor(in: epoch).description, event: type, data: writer.bytes)
  }
}

extension StreamBeginning {
  func write(into object: inout JSONWriter) {
    object.member("status", opening.word)
    object.member("from", from.description)
    object.member("to", to.description)
    if let missed { object.member("missed", missed) } else { object.member("missed", nil) }
  }
}

extension Standing {
  func cursor(in epoch: String) -> Cursor { Cursor(epoch: epoch, offset: offset) }

  /// - Parameter snapshots: all of a task, by its id, where it is to be told.
  func write(snapshots: [String: [UInt8]], epoch: String, into object: inout JSONWriter) {
    object.member("cursor", cursor(in: epoch).description)
    object.array("tasks") { list in
      for task in tasks {
        TaskDocument.write(
          task, cursor: Cursor(epoch: epoch, offset: task.lastOffset), snapshot: snapshots[task.id], to: &list)
      }
    }
  }
}
