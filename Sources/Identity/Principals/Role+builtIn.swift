extension Role {
  /// What a role means where the policy does not say otherwise. docs/policy.md has the same as a table.
  package var builtInGrants: [Grant] {
    func grant(_ actions: Set<Action>, _ tasks: TaskScope) -> Grant {
      Grant(actions: actions, tasks: tasks, agents: .all, source: "role \(rawValue) (built in)")
    }
    return switch self {
    case .viewer: [grant([.watch], .tenant)]
    case .analyst: [grant([.watch, .answer], .tenant), grant([.submit, .cancel], .own)]
    case .operator: [grant([.watch, .submit, .cancel, .answer, .observe], .all)]
    case .admin: [grant([.watch, .submit, .cancel, .answer, .observe, .administer], .all)]
    }
  }
}
