import JSON

extension PolicyReader {
  /// The roles of the file, and those that are built in for the rest.
  mutating func readRoles(_ value: JSONValue?) {
    for role in Role.allCases { roles[role] = role.builtInGrants }
    guard let value, let members = members(of: value, "roles", Role.allCases.map(\.rawValue)) else { return }
    for (name, grants) in members {
      guard let role = Role(rawValue: name) else { continue }
      roles[role] = readGrants(grants, "The role \(name)", as: "role \(name)")
    }
  }

  /// - Parameters:
  ///   - what: whose list it is, in sentences about what is wrong.
  ///   - source: what it is, in sentences of decisions.
  mutating func readGrants(_ value: JSONValue, _ what: String, as source: String) -> [Grant] {
    var grants: [Grant] = []
    for item in elements(of: value, what) {
      guard let grant = readGrant(item, as: source) else { continue }
      let isRepeated = grants.contains {
        $0.actions == grant.actions && $0.tasks == grant.tasks && $0.agents == grant.agents
      }
      if isRepeated { note(item, "This grant says what another one above it says. Leave one of them out.") }
      grants.append(grant)
    }
    return grants
  }

  private mutating func readGrant(_ value: JSONValue, as source: String) -> Grant? {
    let before = problems.count
    guard let members = members(of: value, "A grant", ["actions", "tasks", "agents"]) else { return nil }
    guard let actions = members["actions"], let tasks = members["tasks"] else {
      note(value, "A grant must say actions and tasks, and may say agents.")
      return nil
    }
    let allowed: [Action] = list(actions, "actions") { reader, item in reader.word(item, "An action") }
    let scope: TaskScope? = word(tasks, "tasks")
    let agents = members["agents"].map { value in
      AgentScope.named(
        Set(list(value, "agents") { reader, item in reader.text(item, "The name of an agent", .name) }))
    }
    guard let scope, problems.count == before else { return nil }
    if let action = allowed.first(where: \.isOfGateway), scope != .all || agents != nil {
      note(
        value,
        "The action \(action.rawValue) is about the whole gateway: a grant with it must have \"tasks\": \"all\" and no agents. "
          + "Give the other actions a grant of their own.")
    }
    return Grant(
      actions: Set(allowed), tasks: scope, agents: agents ?? .all,
      source: "\(source) (\(self.source) line \(line(of: value)))")
  }
}
