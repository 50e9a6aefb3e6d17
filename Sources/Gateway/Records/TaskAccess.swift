import HTTP
import Identity
import Journal

/// The one gate to tasks: whoever wants to see or do something goes through here, whatever the route.
struct TaskAccess: Sendable {
  let journal: any Journal

  var images: TaskImages { TaskImages(journal: journal) }

  /// The task, if this asker may do that to it. Throws 404, the same one, for a task that is not there and for one that the asker may not
  /// even watch; 403 when watching is all that is allowed.
  /// - Parameter agent: where only its tasks are looked for. Another's is not there.
  func task(_ id: String, _ action: Action, at agent: String? = nil, by asker: Asker) async throws -> StoredTask {
    let found = try await journal.task(id)
    let task = agent == nil || found?.opening.agent == agent ? found : nil
    try asker.require(action, on: task.map { TaskFacts($0.opening) })
    guard let task else { throw Refusal.noSuchTask }
    return task
  }
}

extension TaskFacts {
  init(_ opening: TaskOpening) {
    self.init(owner: opening.owner, tenant: opening.tenant, agent: opening.agent)
  }
}

extension Principal {
  /// Which tasks this principal may watch, as a question to the journal. The same answer as `decide(.watch, on:)` gives for each.
  var visibleTasks: [TaskQuery.Visibility] {
    grants.filter { $0.actions.contains(.watch) }.flatMap { grant in
      let agents: Set<String>? = if case .named(let names) = grant.agents { names } else { nil }
      let own = TaskQuery.Visibility(owner: name, agents: agents)
      return switch grant.tasks {
      case .all: [TaskQuery.Visibility(agents: agents)]
      case .tenant: tenant.map { [own, TaskQuery.Visibility(tenant: $0, agents: agents)] } ?? [own]
      case .own: [own]
      }
    }
  }
}
