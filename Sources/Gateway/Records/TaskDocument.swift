import JSON
import Journal
import Telemetry

/// A task as people and programs read it: in lists, alone, and where a stream has to begin anew.
enum TaskDocument {
  /// - Parameters:
  ///   - cursor: where a stream of this task goes on behind what is written here.
  ///   - reviews: what people think of it. None in lists.
  ///   - rights: what whoever asks may do with it. Nil in lists, and in streams, where it may be another thing before it is read.
  ///   - snapshot: all of it, up to that cursor. Nil in lists, which would grow beyond all bounds.
  static func write(
    _ task: StoredTask, cursor: Cursor, reviews: TaskReviews = TaskReviews(), rights: TaskRights? = nil,
    snapshot: [UInt8]? = nil, to writer: inout JSONWriter
  ) {
    writer.object { object in
      object.member("id", task.id)
      object.member("title", task.title)
      object.member("agent", task.opening.agent)
      object.member("owner", task.opening.owner)
      object.member("tenant", ifPresent: task.opening.tenant)
      object.member("state", task.state)
      object.member("final", task.isFinal)
      object.member("opened", RFC3339.text(millisecondsSince1970: task.opened))
      object.member("updated", RFC3339.text(millisecondsSince1970: task.updated))
      object.member("lastSeq", task.lastSeq)
      object.member("cursor", cursor.description)
      rights?.write(into: &object)
      TaskOutline(task.outline).write(of: task, into: &object)
      reviews.write(into: &object)
      if let snapshot {
        object.key("snapshot")
        object.raw(trusted: snapshot)
      }
    }
  }
}
