/// Somebody who is known here, with what the policy grants at this moment.
package struct Principal: Sendable, Equatable {
  /// Whose tasks are whose. The policy's name for somebody, or, where the policy names a kind of people and not one, the credential's own
  /// name with its kind before it: `certificate:spiffe://…`, `token:SUBJECT`. So nobody can take another's name.
  package let name: String
  package let tenant: String?
  package let roles: Set<Role>
  package let grants: [Grant]

  package init(name: String, tenant: String?, roles: Set<Role>, grants: [Grant]) {
    self.name = name
    self.tenant = tenant
    self.roles = roles
    self.grants = grants
  }
}

/// One line of the policy: these actions on these tasks of these agents.
package struct Grant: Sendable, Equatable {
  package let actions: Set<Action>
  package let tasks: TaskScope
  package let agents: AgentScope
  /// Where it comes from: "role operator (policy.json line 14)".
  package let source: String

  package init(actions: Set<Action>, tasks: TaskScope, agents: AgentScope, source: String) {
    self.actions = actions
    self.tasks = tasks
    self.agents = agents
    self.source = source
  }
}

package enum TaskScope: String, Sendable, Hashable, CaseIterable {
  /// Those that the principal has begun.
  case own
  /// Those, and those of people of the same tenant. Somebody without a tenant has only the own ones.
  case tenant
  case all
}

package enum AgentScope: Sendable, Hashable {
  case all
  case named(Set<String>)
}
