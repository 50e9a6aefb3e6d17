/// What somebody wants to act on.
package enum Subject: Sendable, Equatable {
  case task(TaskFacts)
  /// A task that is to begin, at this agent; it will be the principal's own.
  case newTask(agent: String)
  /// The gateway itself.
  case gateway
  /// Anything at all: whether there is some task that this principal could do this to. For what is asked before a task is looked up.
  case something
}

/// What decides about a task.
package struct TaskFacts: Sendable, Equatable {
  package let owner: String
  package let tenant: String?
  package let agent: String

  package init(owner: String, tenant: String?, agent: String) {
    self.owner = owner
    self.tenant = tenant
    self.agent = agent
  }
}

/// Yes or no, and what decided.
package struct Decision: Sendable, Equatable {
  package let isAllowed: Bool
  /// A sentence for operators, with the line of the policy. Never shown to somebody who is refused.
  package let reason: String

  package init(isAllowed: Bool, reason: String) {
    self.isAllowed = isAllowed
    self.reason = reason
  }
}
