import Identity
import Journal
import Wire

/// What a stream of all tasks may show: found out anew whenever the policy, or the credential that it hangs on, has changed. On one loop.
final class Sight {
  private let grant: StreamGrant
  private let elsewhere: LoopConfined<ToldElsewhere>?
  private var seen: UInt64?
  private var alternatives: [TaskQuery.Visibility] = []

  /// - Parameter elsewhere: what is not shown here.
  init(_ grant: StreamGrant, leavingOut elsewhere: LoopConfined<ToldElsewhere>? = nil) {
    self.grant = grant
    self.elsewhere = elsewhere
  }

  /// Whether nobody else tells this.
  func shows(_ task: String, _ offset: Int64) -> Bool {
    elsewhere?.withValue { $0.tells(task, offset) } != true
  }

  /// One of these lets a task through, by the policy of this moment.
  var visible: [TaskQuery.Visibility] {
    // First the number, then the policy: a change in between is looked at once more.
    let changes = grant.changes
    if changes != seen {
      alternatives = grant.holder?.visibleTasks ?? []
      seen = changes
    }
    return alternatives
  }

  func admits(_ batch: LiveBatch) -> Bool {
    visible.contains { $0.admits(batch.opening) } && shows(batch.task, batch.first)
  }
}

extension TaskQuery.Visibility {
  /// The same answer as the journal's for a task like this.
  func admits(_ opening: TaskOpening) -> Bool {
    if let owner, owner != opening.owner { return false }
    if let tenant, tenant != opening.tenant { return false }
    if let agents, !agents.contains(opening.agent) { return false }
    return true
  }
}
