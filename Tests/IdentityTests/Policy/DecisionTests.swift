import Testing

@testable import Identity

/// Who may do what: every cell, written out by hand.
struct DecisionTests {
  /// How a task stands to a principal.
  enum Relation: String, CaseIterable {
    case own, sameTenant, otherTenant, onlyTaskHasTenant, onlyPrincipalHasTenant, noTenants

    var principalTenant: String? {
      switch self {
      case .own, .sameTenant, .otherTenant, .onlyPrincipalHasTenant: "acme"
      case .onlyTaskHasTenant, .noTenants: nil
      }
    }

    var task: Subject {
      switch self {
      case .own: .task(TaskFacts(owner: "alex", tenant: "acme", agent: "one"))
      case .sameTenant: .task(TaskFacts(owner: "kim", tenant: "acme", agent: "one"))
      case .otherTenant, .onlyTaskHasTenant: .task(TaskFacts(owner: "kim", tenant: "evil", agent: "one"))
      case .onlyPrincipalHasTenant, .noTenants: .task(TaskFacts(owner: "kim", tenant: nil, agent: "one"))
      }
    }
  }

  static func principal(_ grants: [Grant], tenant: String? = "acme") -> Principal {
    Principal(name: "alex", tenant: tenant, roles: [], grants: grants)
  }

  static func grant(
    _ actions: Set<Action>, _ tasks: TaskScope, _ agents: AgentScope = .all
  ) -> Grant {
    Grant(actions: actions, tasks: tasks, agents: agents, source: "grant (policy.json line 7)")
  }

  /// For each role and action: y or n for own, same tenant, other tenant, only the task has one, only the principal has one, neither;
  /// then for a new task, for the gateway, and for something at all.
  private static let roles: [(Role, Action, String)] = [
    (.viewer, .watch, "yynnnn y n y"),
    (.viewer, .submit, "nnnnnn n n n"),
    (.viewer, .cancel, "nnnnnn n n n"),
    (.viewer, .answer, "nnnnnn n n n"),
    (.viewer, .observe, "nnnnnn n n n"),
    (.viewer, .administer, "nnnnnn n n n"),
    (.analyst, .watch, "yynnnn y n y"),
    (.analyst, .submit, "ynnnnn y n y"),
    (.analyst, .cancel, "ynnnnn y n y"),
    (.analyst, .answer, "yynnnn y n y"),
    (.analyst, .observe, "nnnnnn n n n"),
    (.analyst, .administer, "nnnnnn n n n"),
    (.operator, .watch, "yyyyyy y n y"),
    (.operator, .submit, "yyyyyy y n y"),
    (.operator, .cancel, "yyyyyy y n y"),
    (.operator, .answer, "yyyyyy y n y"),
    (.operator, .observe, "nnnnnn n y y"),
    (.operator, .administer, "nnnnnn n n n"),
    (.admin, .watch, "yyyyyy y n y"),
    (.admin, .submit, "yyyyyy y n y"),
    (.admin, .cancel, "yyyyyy y n y"),
    (.admin, .answer, "yyyyyy y n y"),
    (.admin, .observe, "nnnnnn n y y"),
    (.admin, .administer, "nnnnnn n y y"),
  ]

  private func row(_ grants: [Grant], _ action: Action) -> String {
    func letter(_ principal: Principal, _ subject: Subject) -> String {
      principal.decide(action, on: subject).isAllowed ? "y" : "n"
    }
    let tasks = Relation.allCases.map { relation in
      letter(Self.principal(grants, tenant: relation.principalTenant), relation.task)
    }
    let others = [Subject.newTask(agent: "one"), .gateway, .something].map { letter(Self.principal(grants), $0) }
    return tasks.joined() + " " + others.joined(separator: " ")
  }

  @Test(arguments: roles)
  func `what a built-in role may do`(role: Role, action: Action, expected: String) {
    #expect(row(role.builtInGrants, action) == expected)
  }

  @Test func `the table of roles has every cell`() {
    let cells = Set(Self.roles.map { "\($0.0) \($0.1)" })
    #expect(cells.count == Self.roles.count)
    #expect(cells.count == Role.allCases.count * Action.allCases.count)
  }

  @Test(arguments: [(TaskScope.own, "ynnnnn y n y"), (.tenant, "yynnnn y n y"), (.all, "yyyyyy y n y")])
  func `each action about tasks, in each scope, and nothing beside it`(scope: TaskScope, expected: String) {
    for granted in Action.allCases where !granted.isOfGateway {
      for action in Action.allCases {
        let row = row([Self.grant([granted], scope)], action)
        #expect(row == (action == granted ? expected : "nnnnnn n n n"), "\(granted) \(action)")
      }
    }
  }

  @Test(arguments: [Action.observe, .administer])
  func `what is for the gateway is for it only as a whole`(action: Action) {
    #expect(row([Self.grant([action], .all)], action) == "nnnnnn n y y")
    for scope in [TaskScope.own, .tenant] { #expect(row([Self.grant([action], scope)], action) == "nnnnnn n n n") }
  }

  @Test func `who may administer may observe, and not the other way round`() {
    #expect(row([Self.grant([.administer], .all)], .observe) == "nnnnnn n y y")
    #expect(row([Self.grant([.observe], .all)], .administer) == "nnnnnn n n n")
    #expect(row([Self.grant([.watch, .submit, .cancel, .answer], .all)], .observe) == "nnnnnn n n n")
  }

  @Test func `a grant for some agents is for their tasks alone`() {
    for scope in TaskScope.allCases {
      let principal = Self.principal([Self.grant([.watch, .submit], scope, .named(["one", "two"]))])
      for (agent, isAllowed) in [("one", true), ("two", true), ("three", false), ("ONE", false), ("", false)] {
        let facts = TaskFacts(owner: "alex", tenant: nil, agent: agent)
        #expect(principal.decide(.watch, on: .task(facts)).isAllowed == isAllowed)
        #expect(principal.decide(.submit, on: .newTask(agent: agent)).isAllowed == isAllowed)
      }
      #expect(principal.decide(.submit, on: .something).isAllowed)
    }
    #expect(!Self.principal([Self.grant([.watch], .all, .named([]))]).decide(.watch, on: .something).isAllowed)
  }

  @Test func `an own task stays one's own when the tenant changes`() {
    let principal = Self.principal([Self.grant([.watch], .tenant)], tenant: "new")
    #expect(principal.decide(.watch, on: .task(TaskFacts(owner: "alex", tenant: "acme", agent: "one"))).isAllowed)
  }

  @Test func `a decision says what it rests on`() {
    let principal = Self.principal([
      Self.grant([.watch], .tenant), Self.grant([.cancel], .own, .named(["two", "one"])),
      Grant(actions: [.administer], tasks: .all, agents: .all, source: "role admin (built in)"),
    ])
    let kims = TaskFacts(owner: "kim", tenant: "evil", agent: "one")
    let nobodys = TaskFacts(owner: "kim", tenant: nil, agent: "three\n")
    let cases: [(Action, Subject, String)] = [
      (.watch, .something, "Allowed by the grant (policy.json line 7)."),
      (.administer, .gateway, "Allowed by the role admin (built in)."),
      (.answer, .task(kims), "No role or grant of \"alex\" has the action answer."),
      (
        .watch, .task(kims),
        "The grant (policy.json line 7) has watch for tasks of the tenant \"acme\", and this task is \"kim\"'s, and it is of "
          + "\"evil\"."
      ),
      (
        .watch, .task(nobodys),
        "The grant (policy.json line 7) has watch for tasks of the tenant \"acme\", and this task is \"kim\"'s, and it has no "
          + "tenant."
      ),
      (
        .cancel, .task(kims),
        "The grant (policy.json line 7) has cancel for own tasks, and this task is \"kim\"'s."
      ),
      (
        .cancel, .task(nobodys),
        "The grant (policy.json line 7) has cancel for the agents one, two, and not for \"three\\x0a\"."
      ),
      (
        .administer, .task(kims),
        "The role admin (built in) has administer for the gateway, and not for tasks."
      ),
      (.watch, .gateway, "The grant (policy.json line 7) has watch for tasks, and not for the gateway."),
    ]
    for (action, subject, reason) in cases { #expect(principal.decide(action, on: subject).reason == reason) }
    let homeless = Self.principal([Self.grant([.watch], .tenant)], tenant: nil)
    #expect(
      homeless.decide(.watch, on: .task(kims)).reason
        == "The grant (policy.json line 7) has watch for tasks of one's tenant, and \"alex\" has none, and this task is "
        + "\"kim\"'s.")
  }

  @Test func `of several grants that do not allow it, each says why`() {
    let principal = Self.principal([Self.grant([.watch], .own), Self.grant([.watch], .all, .named(["two"]))])
    let facts = TaskFacts(owner: "kim", tenant: nil, agent: "one")
    #expect(
      principal.decide(.watch, on: .task(facts)).reason
        == "The grant (policy.json line 7) has watch for own tasks, and this task is \"kim\"'s. "
        + "The grant (policy.json line 7) has watch for the agents two, and not for \"one\".")
  }
}
