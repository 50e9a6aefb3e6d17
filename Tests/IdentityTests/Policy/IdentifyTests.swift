import Testing

@testable import Identity

/// Whom a policy takes somebody for.
struct IdentifyTests {
  private typealias Texts = PolicyTexts

  private func example() throws -> Policy {
    try Texts.policy(
      """
      {
        "roles": {"viewer": [{"actions": ["watch"], "tasks": "all"}]},
        "principals": [
          {"certificate": {"fingerprint": "\(Texts.fingerprint)"}, "disabled": true},
          {"certificate": {"uri": "spiffe://a.example/agent/bad"}, "token": {"subject": "bad"}, "disabled": true},
          {"name": "alex", "certificate": {"uri": "spiffe://a.example/operator/alex"}, "token": {"subject": "alex"},
           "link": true, "roles": ["operator"], "tenant": "acme"},
          {"name": "box", "certificate": {"dns": "box.example"}, "roles": ["admin", "viewer"],
           "grants": [
             {"actions": ["answer"], "tasks": "own", "agents": ["one"]}]},
          {"certificate": {"uri": "spiffe://a.example/agent/*"}, "grants": [{"actions": ["submit"], "tasks": "own"}]},
          {"token": {"subject": "*", "issuer": "https://other.example"}, "roles": ["viewer"]},
          {"token": {"subject": "*"}, "roles": "claims", "tenant": "claim"}
        ]
      }
      """)
  }

  @Test func `one who is named is the same whatever is shown`() throws {
    let policy = try example()
    let shown = [
      Texts.certificate(uris: ["spiffe://a.example/operator/alex"]), Texts.token("alex", roles: ["admin"]),
      .link(name: "alex"),
    ]
    for claims in shown {
      let principal = try policy.principal(claims)
      #expect(principal.name == "alex")
      #expect(principal.tenant == "acme")
      #expect(principal.roles == [.operator])
      #expect(principal.grants == Role.operator.builtInGrants)
      #expect(policy.line(deciding: claims) == 6)
    }
  }

  @Test func `grants say their role, or their line`() throws {
    let box = try example().principal(Texts.certificate(dns: ["box.example"]))
    #expect(box.roles == [.admin, .viewer])
    #expect(box.tenant == nil)
    #expect(
      box.grants.map(\.source) == [
        "role viewer (policy.json line 2)", "role admin (built in)", "grant (policy.json line 10)",
      ])
    #expect(box.grants[0].tasks == .all)
    #expect(box.grants[2].agents == .named(["one"]))
  }

  @Test func `DNS names are compared without regard to case, URIs with`() throws {
    let policy = try example()
    #expect(try policy.principal(Texts.certificate(dns: ["BOX.Example"])).name == "box")
    #expect(policy.refusal(Texts.certificate(uris: ["spiffe://a.example/operator/Alex"])) != nil)
    #expect(policy.refusal(Texts.certificate(uris: ["SPIFFE://a.example/operator/alex"])) != nil)
  }

  @Test(arguments: [
    ["box.example."], ["a.box.example"], ["*.example"], ["box.example\0.evil"], ["box"], [""], [],
  ])
  func `no other DNS name will do`(names: [String]) throws {
    #expect(try example().refusal(Texts.certificate(dns: names)) != nil)
  }

  @Test func `those of a pattern are called what their credential says`() throws {
    let policy = try example()
    let agent = try policy.principal(Texts.certificate(uris: ["spiffe://a.example/agent/one"]))
    #expect(agent.name == "certificate:spiffe://a.example/agent/one")
    #expect(agent.tenant == nil && agent.roles.isEmpty)
    #expect(
      try policy.principal(Texts.certificate(uris: ["spiffe://a.example/agent/b/c"])).name.hasSuffix("/agent/b/c"))
    #expect(try policy.principal(Texts.token("kim")).name == "token:kim")
    // Nor can a subject that is written like one of these names take it.
    #expect(
      try policy.principal(Texts.token("certificate:spiffe://a.example/agent/one")).name
        == "token:certificate:spiffe://a.example/agent/one")
    #expect(try policy.principal(Texts.token("token:kim")).name == "token:token:kim")
  }

  @Test(arguments: [
    "spiffe://a.example/agent/", "spiffe://a.example/agent", "spiffe://a.example/agents/one",
    "spiffe://a.example.evil/agent/one", "xspiffe://a.example/agent/one", "https://a.example/agent/one",
    "spiffe://a.example/agent/\u{e9}", "spiffe://a.example/agent/a b", "spiffe://a.example/agent/a\u{0}",
    "spiffe://a.example/agent/" + String(repeating: "x", count: 2048),
  ])
  func `a pattern fits only what goes on behind its slash`(uri: String) throws {
    #expect(try example().refusal(Texts.certificate(uris: [uri])) != nil)
  }

  @Test func `subjects of two issuers do not share a name`() throws {
    let policy = try example()
    #expect(
      try policy.principal(Texts.token("kim", issuer: "https://other.example")).name
        == "token@https://other.example#kim")
    #expect(try policy.principal(Texts.token("kim", issuer: "https://third.example")).name == "token:kim")
  }

  @Test func `an issuer in an entry is heeded`() throws {
    let policy = try Texts.policy(
      entries: #"{"name": "kim", "token": {"subject": "kim", "issuer": "https://a.example"}, "roles": ["viewer"]}"#,
      #"{"name": "kim2", "token": {"subject": "kim"}, "roles": ["viewer"]}"#)
    #expect(try policy.principal(Texts.token("kim", issuer: "https://a.example")).name == "kim")
    #expect(try policy.principal(Texts.token("kim", issuer: "https://b.example")).name == "kim2")
    #expect(policy.refusal(Texts.token("alex", issuer: "https://a.example")) != nil)
  }

  @Test func `a token's roles and tenant, where the policy lets them in`() throws {
    let policy = try example()
    let kim = try policy.principal(
      Texts.token("kim", tenant: "acme", roles: ["analyst", "root", "Admin", "viewer", "viewer", "admin "]))
    #expect(kim.roles == [.analyst, .viewer])
    #expect(kim.tenant == "acme")
    #expect(kim.grants.map(\.source) == ["role viewer (policy.json line 2)"] + Role.analyst.builtInGrants.map(\.source))
    let nobody = try policy.principal(Texts.token("kim"))
    #expect(nobody.grants.isEmpty && nobody.tenant == nil)
    // The other issuer's tokens have their role from the policy, whatever they say.
    let guest = try policy.principal(
      Texts.token("kim", issuer: "https://other.example", tenant: "acme", roles: ["admin"]))
    #expect(guest.roles == [.viewer] && guest.tenant == nil)
  }

  @Test(arguments: ["", "a b", "\u{e9}", "a\n", String(repeating: "a", count: 129)])
  func `a tenant that is no name is refused, not left out`(tenant: String) throws {
    let reason = try example().refusal(Texts.token("kim", tenant: tenant))
    #expect(reason?.hasPrefix("The token's tenant \"") == true)
  }

  /// U+212A KELVIN SIGN equals K to Swift's strings, and a decomposed accent its composed one.
  @Test func `letters that only look like others are not these`() throws {
    let policy = try Texts.policy(
      entries:
        #"{"name": "K", "token": {"subject": "K"}, "link": true, "certificate": {"uri": "x://h/K"}, "roles": ["viewer"]}"#,
      #"{"certificate": {"uri": "x://h/*"}, "token": {"subject": "*"}, "roles": ["viewer"]}"#)
    #expect("\u{212A}" == "K")
    let names = [Texts.token("\u{212A}"), .link(name: "\u{212A}"), Texts.certificate(uris: ["x://h/\u{212A}"])]
    for claims in names { #expect(policy.refusal(claims) != nil) }
    for subject in ["", "a\u{301}", "a\n", "\u{7f}", String(repeating: "a", count: 256)] {
      #expect(policy.refusal(Texts.token(subject)) != nil)
    }
    #expect(try policy.principal(Texts.token(String(repeating: "a", count: 255))).name.utf8.count == 261)
  }

  @Test func `whoever is disabled is refused, and that decides`() throws {
    let policy = try example()
    let alex = "spiffe://a.example/operator/alex"
    #expect(
      policy.refusal(Texts.certificate(uris: [alex], fingerprint: Texts.fingerprint))
        == "The entry on policy.json line 4 has disabled whoever shows a certificate with the URI \"\(alex)\" and the "
        + "fingerprint \(Texts.fingerprint).")
    #expect(policy.refusal(Texts.token("bad"))?.hasPrefix("The entry on policy.json line 5 has disabled") == true)
    #expect(policy.refusal(Texts.certificate(uris: ["spiffe://a.example/agent/bad"])) != nil)
    #expect(policy.refusal(Texts.certificate(uris: [alex, "spiffe://a.example/agent/bad"])) != nil)
  }

  @Test func `of a certificate with several names any may fit, and the first entry decides`() throws {
    let policy = try example()
    let (alex, one, two) = (
      "spiffe://a.example/operator/alex", "spiffe://a.example/agent/one", "spiffe://a.example/agent/two"
    )
    #expect(try policy.principal(Texts.certificate(uris: ["x:y", one, alex], dns: ["box.example"])).name == "alex")
    #expect(try policy.principal(Texts.certificate(uris: [one], dns: ["other", "box.example"])).name == "box")
    // Within one pattern, the certificate's own order.
    #expect(try policy.principal(Texts.certificate(uris: [two, one])).name == "certificate:\(two)")
    #expect(try policy.principal(Texts.certificate(uris: [one, two])).name == "certificate:\(one)")
  }

  @Test func `whom no entry fits is nobody`() throws {
    let policy = try Texts.policy(entries: #"{"name": "kim", "token": {"subject": "kim"}, "roles": ["viewer"]}"#)
    #expect(
      policy.refusal(Texts.token("alex\n"))
        == "No entry of policy.json fits a token of \"https://issuer.example\" for the subject \"alex\\x0a\".")
    #expect(
      policy.refusal(Texts.certificate(uris: ["a:b", "c:d"], dns: ["x"], fingerprint: "ff"))
        == "No entry of policy.json fits a certificate with the URI \"a:b\" (of 2) and the DNS name \"x\".")
    #expect(policy.refusal(.link(name: "kim")) == "No entry of policy.json fits a sign-in link for \"kim\".")
    #expect(policy.refusal(.link(name: "\"")) == "No entry of policy.json fits a sign-in link for \"\\\"\".")
  }

  @Test func `without a policy nobody is known`() {
    let everyone = [Texts.token("a"), Texts.certificate(uris: ["a:b"], dns: ["a"]), .link(name: "a")]
    for claims in everyone { #expect(Policy.nobody.refusal(claims)?.contains("the empty policy") == true) }
    #expect(Policy.nobody.digest == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func `the digest is that of the file, byte for byte`() throws {
    let entry = #"{"principals":[{"name":"a","link":true,"roles":["viewer"]}]}"#
    let digest = try Texts.policy(entry).digest
    #expect(digest == hexadecimal(Digest.sha256(Array(entry.utf8))).lowercased())
    #expect(digest.utf8.count == 64)
    #expect(try Texts.policy(entry + "\n").digest != digest)
  }
}
