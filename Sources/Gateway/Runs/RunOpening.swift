import A2A
import Identity
import JSON
import Journal
import Telemetry

/// A task as it begins: its ids, what is journaled of it, and what is remembered.
struct RunOpening: Sendable {
  let id: String
  let opening: TaskOpening
  /// As it goes into the journal: with our names for the task and the conversation.
  let message: Message
  let memory: RunMemory
  private let principal: String

  /// - Parameters:
  ///   - context: what its owner calls the conversation.
  ///   - agentContext: what its agent is to call it.
  init(
    _ order: WorkOrder, id: String, context: String, agentContext: String, facts: TaskFacts, by principal: String
  ) {
    self.id = id
    self.principal = principal
    var message = order.message
    message.taskID = id
    message.contextID = context
    // Members of the request come after those of the message, which are nearer to what is said.
    if let metadata = order.metadata, message.metadata == nil { message.metadata = metadata }
    self.message = message
    opening = TaskOpening(
      owner: facts.owner, tenant: facts.tenant, agent: facts.agent,
      title: order.title ?? TaskTitle.first(of: message, agent: facts.agent), key: order.key, context: context)
    var random = SystemRandomNumberGenerator()
    var memory = RunMemory(agentContext: agentContext, trace: order.trace.child(using: &random).traceparent)
    memory.traceState = order.trace.state?.text
    memory.parentSpan = order.trace.spanID
    memory.acceptedOutputModes = order.acceptedOutputModes
    self.memory = memory
  }

  /// - Parameter place: how many come before it where it has to wait.
  func batch(place: Int?, at milliseconds: Int64) -> Batch {
    let context = opening.context ?? id
    let status = TaskStatus(.submitted, timestamp: Timestamp(millisecondsSince1970: milliseconds))
    let task = AgentTask(id: id, contextID: context, status: status)
    var entries = [
      RunRecords.said("submit", message, by: principal),
      RunRecords.event(.task(task), origin: RunRecords.gateway),
    ]
    if let place { entries.append(RunRecords.place(place, task: id, context: context, at: milliseconds)) }
    var image = TaskImage(task: task)
    for (index, entry) in entries.enumerated() { image.take(entry.kind, entry.payload, seq: Int64(index + 1)) }
    var batch = Batch(
      task: id, entries: entries, opening: opening,
      change: TaskChange(state: TaskState.submitted.word, snapshot: image.encoded))
    batch.memos = [memory.memo]
    if place != nil, let told = entries.last { batch.memos.append(TaskOutline().with(told).memo) }
    return batch
  }

  /// The task as the journal has it when it has stored that batch.
  func task(_ records: [Record], snapshot: [UInt8]?) -> StoredTask {
    let (first, last) = (records[0], records[records.count - 1])
    return StoredTask(
      id: id, opening: opening, state: TaskState.submitted.word, isFinal: false, opened: first.time,
      updated: last.time, firstOffset: first.offset, lastOffset: last.offset, lastSeq: last.seq, snapshot: snapshot)
  }
}

extension RunRecords {
  /// Where a task stands that waits for a place at its agent.
  static func place(_ place: Int, task: String, context: String, at milliseconds: Int64) -> Entry {
    var report = ProgressReport(.progress)
    report.message =
      switch place {
      case 0: "Waiting for a place: this task is next."
      case 1: "Waiting for a place: 1 task is before this one."
      default: "Waiting for a place: \(place) tasks are before this one."
      }
    var writer = JSONWriter()
    writer.object { $0.member("place", place + 1) }
    report.payload = try? JSONValue(parsing: writer.bytes)
    return status(.submitted, report, task: task, context: context, at: milliseconds)
  }
}
