import Testing

@testable import Identity

/// What `signalbox policy explain` rests on.
struct PolicyExplainTests {
  private func policy() throws -> Policy {
    try PolicyTexts.policy(
      entries:
        #"{"name": "print", "certificate": {"fingerprint": "\#(PolicyTexts.fingerprint)"}, "roles": ["viewer"]}"#,
      #"{"name": "alex", "certificate": {"uri": "x://h/a"}, "token": {"subject": "alex"}, "link": true, "roles": ["admin"]}"#,
      #"{"name": "box", "certificate": {"dns": "box"}, "roles": ["viewer"]}"#,
      #"{"name": "kim", "token": {"subject": "kim", "issuer": "i"}, "roles": "claims", "tenant": "claim"}"#,
      #"{"name": "lea", "link": true, "disabled": true}"#,
      #"{"certificate": {"uri": "x://h/*"}, "token": {"subject": "*"}, "roles": ["viewer"]}"#)
  }

  @Test(arguments: [("print", 2), ("alex", 3), ("box", 4), ("kim", 5), ("lea", 6)])
  func `a name stands for a credential that comes to its entry`(name: String, line: Int) throws {
    let policy = try policy()
    let claims = try #require(policy.credential(of: name, roles: ["analyst"], tenant: "acme"))
    #expect(policy.line(deciding: claims) == line)
    guard case .known(let principal) = policy.identify(claims) else {
      #expect(name == "lea")
      return
    }
    #expect(principal.name == name)
    if name == "kim" { #expect(principal.roles == [.analyst] && principal.tenant == "acme") }
  }

  @Test(arguments: ["", "nobody", "certificate:x://h/b", "token:b"])
  func `what is no name of the policy stands for nothing`(name: String) throws {
    #expect(try policy().credential(of: name, roles: [], tenant: nil) == nil)
  }

  @Test func `who comes to no entry has no line`() throws {
    #expect(try policy().line(deciding: PolicyTexts.certificate(uris: ["y://h/a"])) == nil)
    #expect(try policy().line(deciding: PolicyTexts.token("anybody")) == 7)
  }

  @Test func `the roles that would allow it are those of this policy`() throws {
    let policy = try PolicyTexts.policy(
      """
      {"roles": {"operator": [{"actions": ["cancel"], "tasks": "all", "agents": ["one"]}]},
       "principals": [{"name": "alex", "link": true, "roles": ["viewer"], "tenant": "acme"}]}
      """)
    let alex = try policy.principal(.link(name: "alex"))
    func roles(_ action: Action, _ owner: String, _ agent: String) -> [Role] {
      policy.roles(allowing: action, on: .task(TaskFacts(owner: owner, tenant: "acme", agent: agent)), to: alex)
    }
    #expect(roles(.cancel, "kim", "one") == [.operator, .admin])
    #expect(roles(.cancel, "kim", "two") == [.admin])
    #expect(roles(.cancel, "alex", "two") == [.analyst, .admin])
    #expect(roles(.watch, "kim", "two") == [.viewer, .analyst, .admin])
    #expect(policy.roles(allowing: .administer, on: .gateway, to: alex) == [.admin])
  }

  @Test func `problems are told as editors find them`() {
    let error = PolicyError(source: "p.json", problems: [.init(line: 3, text: "One."), .init(line: 5, text: "Two.")])
    #expect(error.sentences == ["p.json:3: One.", "p.json:5: Two."])
    #expect("\(error)" == "p.json:3: One. p.json:5: Two.")
  }
}
