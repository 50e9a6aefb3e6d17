extension Principal {
  /// May this principal do that? Default: no.
  package func decide(_ action: Action, on subject: Subject) -> Decision {
    var objections: [String] = []
    for grant in grants where grant.has(action) {
      guard let objection = grant.objection(to: action, on: subject, by: self) else {
        return Decision(isAllowed: true, reason: "Allowed by the \(grant.source).")
      }
      objections.append("The \(grant.source) \(objection).")
    }
    guard objections.isEmpty else { return Decision(isAllowed: false, reason: objections.joined(separator: " ")) }
    return Decision(
      isAllowed: false, reason: "No role or grant of \(quoted(name)) has the action \(action.rawValue).")
  }
}

extension Grant {
  /// Who may change how the gateway does may see it.
  private static let implied: [Action: Action] = [.observe: .administer]

  fileprivate func has(_ action: Action) -> Bool {
    actions.contains(action) || Self.implied[action].map(actions.contains) == true
  }

  /// Why this grant, which has the action, does not allow it there; nil when it does.
  fileprivate func objection(to action: Action, on subject: Subject, by principal: Principal) -> String? {
    switch (action, subject) {
    case (.administer, .gateway), (.administer, .something), (.observe, .gateway), (.observe, .something):
      tasks == .all ? nil : "has \(action.rawValue) for some tasks, and it is for the gateway"
    case (.administer, _), (.observe, _): "has \(action.rawValue) for the gateway, and not for tasks"
    case (_, .gateway): "has \(action.rawValue) for tasks, and not for the gateway"
    case (_, .something): agents == .named([]) ? "has \(action.rawValue) for no agent" : nil
    // It will be the principal's own, and each scope has those.
    case (_, .newTask(let agent)): objection(action, agent: agent)
    case (_, .task(let facts)): objection(action, agent: facts.agent) ?? objection(action, to: facts, by: principal)
    }
  }

  private func objection(_ action: Action, agent: String) -> String? {
    guard case .named(let names) = agents, !names.contains(agent) else { return nil }
    let known = names.sorted().joined(separator: ", ")
    return "has \(action.rawValue) for the agents \(known), and not for \(quoted(agent))"
  }

  private func objection(_ action: Action, to facts: TaskFacts, by principal: Principal) -> String? {
    if tasks == .all || facts.owner == principal.name { return nil }
    let owner = "this task is \(quoted(facts.owner))'s"
    guard tasks == .tenant else { return "has \(action.rawValue) for own tasks, and \(owner)" }
    // No tenant is not a tenant: those who have none have nothing in common.
    guard let tenant = principal.tenant else {
      return "has \(action.rawValue) for tasks of one's tenant, and \(quoted(principal.name)) has none, and \(owner)"
    }
    guard facts.tenant != tenant else { return nil }
    let other = facts.tenant.map { "it is of \(quoted($0))" } ?? "it has no tenant"
    return "has \(action.rawValue) for tasks of the tenant \(quoted(tenant)), and \(owner), and \(other)"
  }
}
