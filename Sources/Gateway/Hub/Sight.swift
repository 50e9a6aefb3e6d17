import Identity
import Journal

/// What a stream of all tasks may show: found out anew whenever the policy, or the credential that it hangs on, has changed. On one loop.
final class Sight {
  private let grant: StreamGrant
  private var seen: UInt64?
  private var alternatives: [TaskQuery.Visibility] = []

  init(_ grant: StreamGrant) {
    self.grant = grant
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

  func admits(_ opening: TaskOpening) -> Bool {
    visible.contains { $0.admits(opening) }
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
