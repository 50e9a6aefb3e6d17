import Identity

extension KnownAgent {
  /// Whether this principal may know of it: it is among those whom the configuration names, if it names any, and the policy lets it do
  /// something at this agent. To all others the agent is not there.
  func isKnown(to principal: Principal) -> Bool {
    if let only = configuration.principals, !only.contains(principal.name) { return false }
    return [Action.submit, .watch].contains { may(principal, $0) }
  }

  func may(_ principal: Principal, _ action: Action) -> Bool {
    principal.decide(action, on: .newTask(agent: name)).isAllowed
  }
}

extension AgentDirectory {
  /// The agents that this principal may know of.
  func all(for principal: Principal) -> [KnownAgent] { all.filter { $0.isKnown(to: principal) } }
}
