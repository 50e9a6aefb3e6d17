import HTTP
import JSON
import Journal

/// What a stream of records says about itself.
enum StreamEvents {
  /// The first event, which also gives an id to come back with before there is any record.
  /// - Parameters:
  ///   - from: what the client has shown, or where the stream begins.
  ///   - to: where the journal ends at this moment.
  ///   - missed: records between them; nil when nobody has counted.
  ///   - cursor: from where the stream goes on.
  static func resume(_ opening: StreamOpening, from: Cursor, to: Cursor, missed: Int64?, cursor: Cursor)
    -> ServerSentEvent
  {
    var writer = JSONWriter()
    writer.object { data in
      data.member("status", opening.word)
      data.member("from", from.description)
      data.member("to", to.description)
      if let missed { data.member("missed", missed) } else { data.member("missed", nil) }
    }
    return ServerSentEvent(id: cursor.description, event: "resume", data: writer.bytes)
  }

  /// How the tasks stand at a cursor: asked for (`snapshot`), or because a place was lost (`reset`).
  /// - Parameter snapshots: all of a task, by its id, where it is to be told.
  static func state(
    _ type: String, _ standing: Standing, snapshots: [String: [UInt8]] = [:], epoch: String
  ) -> ServerSentEvent {
    let cursor = Cursor(epoch: epoch, offset: standing.offset)
    var writer = JSONWriter()
    writer.object { data in
      data.member("cursor", cursor.description)
      data.array("tasks") { list in
        for task in standing.tasks {
          TaskDocument.write(
            task, cursor: Cursor(epoch: epoch, offset: task.lastOffset), snapshot: snapshots[task.id], to: &list)
        }
      }
    }
    return ServerSentEvent(id: cursor.description, event: type, data: writer.bytes)
  }
}
