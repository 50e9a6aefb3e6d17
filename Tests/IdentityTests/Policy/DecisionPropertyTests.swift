import TestSupport
import Testing

@testable import Identity

/// What holds for whatever grants somebody has.
struct DecisionPropertyTests {
  private static let seeds: [UInt64] = [1, 7, 4711]
  private static let names = ["alex", "kim"]
  private static let tenants = [nil, "acme", "evil"]
  private static let agents = ["one", "two", "three"]

  private static func grant(_ random: inout SeededRandom) -> Grant {
    let actions = Action.allCases.filter { _ in Bool.random(using: &random) }
    let agents = Self.agents.filter { _ in Bool.random(using: &random) }
    return Grant(
      actions: Set(actions), tasks: TaskScope.allCases.randomElement(using: &random) ?? .own,
      agents: Bool.random(using: &random) ? .all : .named(Set(agents)), source: "grant")
  }

  private static let subjects: [Subject] =
    names.flatMap { owner in
      tenants.flatMap { tenant in
        agents.map { .task(TaskFacts(owner: owner, tenant: tenant, agent: $0)) }
      }
    } + agents.map { .newTask(agent: $0) } + [.gateway, .something]

  /// Everything that this principal may do, as text.
  private func allowed(_ grants: [Grant], tenant: String?) -> Set<String> {
    let principal = Principal(name: "alex", tenant: tenant, roles: [], grants: grants)
    var allowed: Set<String> = []
    for action in Action.allCases {
      for subject in Self.subjects where principal.decide(action, on: subject).isAllowed {
        allowed.insert("\(action) \(subject)")
      }
    }
    return allowed
  }

  @Test func `without grants nobody may anything`() {
    for tenant in Self.tenants { #expect(allowed([], tenant: tenant).isEmpty) }
  }

  @Test(arguments: seeds)
  func `grants only add up`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let (one, other) = (Self.grant(&random), Self.grant(&random))
      for tenant in Self.tenants {
        let both = allowed([one, other], tenant: tenant)
        #expect(both == allowed([one], tenant: tenant).union(allowed([other], tenant: tenant)), "seed \(seed)")
        #expect(both == allowed([other, one], tenant: tenant), "seed \(seed)")
      }
    }
  }

  @Test(arguments: seeds)
  func `own is a part of tenant, and tenant of all`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let grant = Self.grant(&random)
      for tenant in Self.tenants {
        let scopes = [TaskScope.own, .tenant, .all].map { scope in
          allowed(
            [Grant(actions: grant.actions, tasks: scope, agents: grant.agents, source: "grant")], tenant: tenant)
        }
        #expect(scopes[0].isSubset(of: scopes[1]) && scopes[1].isSubset(of: scopes[2]), "seed \(seed)")
      }
    }
  }

  @Test(arguments: seeds)
  func `some agents are a part of all`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let grant = Self.grant(&random)
      let all = Grant(actions: grant.actions, tasks: grant.tasks, agents: .all, source: "grant")
      #expect(allowed([grant], tenant: "acme").isSubset(of: allowed([all], tenant: "acme")), "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `who may do it to a task may do it to something`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for _ in 0..<40 {
      let principal = Principal(name: "alex", tenant: "acme", roles: [], grants: [Self.grant(&random)])
      for action in Action.allCases {
        let isAllowed = Self.subjects.contains {
          $0 != .something && principal.decide(action, on: $0).isAllowed
        }
        if isAllowed { #expect(principal.decide(action, on: .something).isAllowed, "seed \(seed)") }
      }
    }
  }
}
