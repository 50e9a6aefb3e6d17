import A2A
import Identity
import Journal

/// The first batch of a task that somebody opens who is no agent of ours.
enum OpenedTask {
  /// Who says the first words of a task.
  private static let gateway = "gateway"

  /// - Parameter key: the owner's word against opening it twice.
  static func batch(_ id: String, _ asked: NewTask, _ facts: TaskFacts, key: String?, at time: Timestamp) -> Batch {
    let first = TaskEvent.task(AgentTask(id: id, contextID: id, status: TaskStatus(.submitted, timestamp: time)))
    return Batch(
      task: id, entries: [Entry(.event, origin: gateway, payload: first.encoded())],
      opening: TaskOpening(
        owner: facts.owner, tenant: facts.tenant, agent: facts.agent, title: asked.title ?? "", key: key),
      change: TaskChange(state: TaskState.submitted.word))
  }
}
