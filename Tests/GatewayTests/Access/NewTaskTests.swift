import HTTP
import Identity
import Testing

@testable import Gateway

/// Whose the task may be that somebody begins.
@Suite struct NewTaskTests {
  private static func asker(_ tasks: TaskScope, tenant: String? = "acme", agents: AgentScope = .all) -> Asker {
    let grant = Grant(actions: [.submit], tasks: tasks, agents: agents, source: "test")
    return Asker(
      principal: Principal(name: "probe", tenant: tenant, roles: [], grants: [grant]),
      credential: .certificate(
        CertificateClaims(uris: [], dnsNames: [], fingerprint: "", serial: "", expires: UnixTime(seconds: 0))))
  }

  private static func facts(_ asker: Asker, owner: String? = nil, tenant: String? = nil) -> TaskFacts? {
    try? asker.requireNewTask(at: "checker", owner: owner, tenant: tenant)
  }

  @Test(arguments: TaskScope.allCases)
  func `a task is the asker's own where nothing else is said`(scope: TaskScope) {
    #expect(Self.facts(Self.asker(scope)) == TaskFacts(owner: "probe", tenant: "acme", agent: "checker"))
    #expect(
      Self.facts(Self.asker(scope, tenant: nil)) == TaskFacts(owner: "probe", tenant: nil, agent: "checker"))
  }

  @Test func `a task for another is begun only where the policy reaches that far`() {
    #expect(Self.facts(Self.asker(.own), owner: "kim") == nil)
    #expect(Self.facts(Self.asker(.tenant), owner: "kim")?.owner == "kim")
    #expect(Self.facts(Self.asker(.tenant), owner: "kim", tenant: "globex") == nil)
    #expect(Self.facts(Self.asker(.tenant, tenant: nil), owner: "kim") == nil)
    #expect(
      Self.facts(Self.asker(.all), owner: "kim", tenant: "globex")
        == TaskFacts(owner: "kim", tenant: "globex", agent: "checker"))
  }

  @Test func `nobody puts an own task among those of a tenant that the policy does not reach`() {
    #expect(Self.facts(Self.asker(.own), tenant: "globex") == nil)
    #expect(Self.facts(Self.asker(.tenant), tenant: "globex") == nil)
    #expect(Self.facts(Self.asker(.own, tenant: nil), tenant: "globex") == nil)
    #expect(Self.facts(Self.asker(.all), tenant: "globex")?.tenant == "globex")
    #expect(Self.facts(Self.asker(.own), owner: "probe", tenant: "acme")?.tenant == "acme")
  }

  @Test func `the agent has to be one that the asker may submit to`() {
    #expect(Self.facts(Self.asker(.all, agents: .named(["other"]))) == nil)
    #expect(Self.facts(Self.asker(.all, agents: .named(["checker"]))) != nil)
    #expect(throws: Refusal.notAllowed) {
      try Self.asker(.all, agents: .named([])).requireNewTask(at: "checker")
    }
  }
}
