import A2A
import Journal

/// A task as a stream of A2A tells it: the task as it stands, and then each update, as its agent has sent them.
struct A2ATelling: ProfileTelling {
  private let version: ProtocolVersion
  private var telling: TaskTelling
  private var hasBegun = false
  private var hasRun = false

  init(_ task: ToldTask, _ version: ProtocolVersion) {
    self.version = version
    let unseen = AgentTask(id: task.id, contextID: task.id, status: TaskStatus(.submitted))
    // The gateway's own first word is told at once: nobody waits here for what the agent makes of it.
    telling = TaskTelling(.answer(decides: false), from: TaskImage(task: unseen), endsWhenInterrupted: false)
  }

  var isOver: Bool { telling.isOver }
  var saysItsEnd: Bool { hasRun }

  mutating func take(_ record: Record) -> [ProfileEvent] {
    if record.seq == 1 { hasRun = record.kind == .command }
    return tell(telling.take(record))
  }

  /// In the middle, the task as it stands is what a stream begins with.
  func opening(at time: Int64) -> ProfileEvent? {
    guard hasBegun else { return nil }
    return encode(.task(telling.image.task.shown(historyLength: nil)), isLast: isOver)
  }

  mutating func end(as state: TaskState, at time: Int64) -> [ProfileEvent] {
    guard !isOver else { return [] }
    let task = telling.image.task
    let status = TaskStatus(state, timestamp: Timestamp(millisecondsSince1970: time))
    let update = TaskEvent.status(.init(taskID: task.id, contextID: task.contextID ?? task.id, status: status))
    telling.end()
    return [encode(update, isLast: true)]
  }

  private mutating func tell(_ events: [TaskEvent]) -> [ProfileEvent] {
    if !events.isEmpty { hasBegun = true }
    return events.enumerated().map { index, event in encode(event, isLast: isOver && index == events.count - 1) }
  }

  private func encode(_ event: TaskEvent, isLast: Bool) -> ProfileEvent {
    switch version {
    case .v1: ProfileEvent(data: event.encoded())
    case .v0_3: ProfileEvent(data: event.encodedAs0_3(isLast: isLast))
    }
  }
}
