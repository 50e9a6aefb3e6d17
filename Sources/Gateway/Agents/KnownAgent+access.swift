import HTTP
import Identity

extension KnownAgent {
  /// Whether this principal may know of it: it is among those whom the configuration names, if it names any, and the policy lets it do
  /// something at this agent. To all others the agent is not there.
  func isKnown(to principal: Principal) -> Bool {
    if let only = configuration.principals, !only.contains(principal.name) { return false }
    return [Action.submit, .watch].contains { may(principal, $0) }
  }

  /// Whether whoever asks is shown its card: those who may know of it are, and where the configuration names nobody, so is everybody else,
  /// with a credential or without one.
  func showsCard(to principal: Principal?) -> Bool {
    if configuration.principals == nil { return true }
    return principal.map { isKnown(to: $0) } ?? false
  }

  func may(_ principal: Principal, _ action: Action) -> Bool {
    principal.decide(action, on: .newTask(agent: name)).isAllowed
  }
}

extension AgentDirectory {
  /// The agents that this principal may know of.
  func all(for principal: Principal) -> [KnownAgent] { all.filter { $0.isKnown(to: principal) } }

  /// Throws 404, the same one, for an agent that is not there and for one that this principal may not know of.
  func agent(_ name: String?, for principal: Principal) throws(Refusal) -> KnownAgent {
    guard let name, let agent = self[name], agent.isKnown(to: principal) else { throw .noSuchAgent }
    return agent
  }
}
