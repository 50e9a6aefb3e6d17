import A2A
import A2AWire
import HTTP
import Identity
import Journal

/// One agent's tasks, as one who asks may have them: what stands behind a call of A2A. The tasks are the gateway's: they are read in the
/// journal, and the agent need not be there for that.
struct FrontService: TaskService {
  let front: A2AFront
  let agent: KnownAgent
  let asker: Asker
  let visit: FrontVisit

  var card: AgentCard {
    get async { front.cards.card(of: agent.name, from: agent.card) }
  }

  /// Does something whose refusals are the gateway's, and gives them in the words of the protocol.
  func answering<Value>(_ work: () async throws -> Value) async throws(A2AError) -> Value {
    do {
      return try await work()
    } catch {
      if let refusal = error as? Refusal { visit.refused(refusal) }
      throw A2AError(error)
    }
  }

  /// The task, if it is this agent's and the asker may do that to it.
  func find(_ id: String, _ action: Action = .watch) async throws -> StoredTask {
    try await front.records.tasks.task(id, action, at: agent.name, by: asker)
  }

  /// With everything that had happened when the task was read.
  func image(of task: StoredTask) async throws -> TaskImage {
    if let image = try await front.records.tasks.images.current(of: task) { return image }
    // A producer's: nobody keeps more of it than how it stands.
    let status = TaskStatus(
      TaskState(word: task.state) ?? .working, timestamp: Timestamp(millisecondsSince1970: task.updated))
    return TaskImage(
      task: AgentTask(id: task.id, contextID: task.opening.context ?? task.id, status: status), seq: task.lastSeq)
  }

  /// The right to hear of a task. Throws 429 when there are too many already.
  func open(_ facts: TaskFacts) throws(Refusal) -> StreamGrant {
    try front.grants.open(asker, address: visit.address) { $0.decide(.watch, on: .task(facts)).isAllowed }
  }

  /// What is told of a task from there on.
  func follow(
    _ task: String, after offset: Int64, _ telling: TaskTelling, under grant: StreamGrant
  ) -> FrontFeed {
    FrontFeed(telling, of: front.records.hub.feed(of: task, after: offset, on: agent.loop), under: grant)
  }

  static func check(historyLength: Int?) throws(A2AError) {
    guard let historyLength, historyLength < 0 else { return }
    throw .invalid("historyLength is 0 or more, not \(historyLength).")
  }
}
