import A2A
import JSON
import Journal

/// The records themselves: each one is an event, those behind the end included.
struct NativeTelling: ProfileTelling {
  var isOver: Bool { false }
  var saysItsEnd: Bool { true }

  func take(_ record: Record) -> [ProfileEvent] {
    var writer = JSONWriter()
    NativeRecord.write(record, to: &writer)
    return [ProfileEvent(data: writer.bytes)]
  }

  func end(as state: TaskState, at time: Int64) -> [ProfileEvent] { [] }
}
