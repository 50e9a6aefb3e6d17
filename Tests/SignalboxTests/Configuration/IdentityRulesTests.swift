import Testing

@testable import signalbox

struct IdentityRulesTests {
  private func problems(_ flags: [(String, String)]) -> [String] {
    var sources = ConfigurationSources()
    sources.flags = flags.map { .init(name: "--set", key: $0.0, text: $0.1) }
    let (settings, problems) = sources.settings()
    return (problems + ConfigurationRules.problems(in: settings)).map(\.description)
  }

  private let tokens = [
    ("policy", "policy.json"), ("tokens.issuer", "https://id.example"), ("tokens.audiences", "signalbox"),
  ]
  private let openID = [
    ("policy", "policy.json"), ("publicUrl", "https://box.example"), ("openId.issuer", "https://id.example"),
    ("openId.clientId", "signalbox"), ("openId.authority", "ca.pem"),
  ]

  /// Settings that are right, each set by itself.
  @Test func `what is complete is right`() {
    #expect(problems([("policy", "policy.json")]).isEmpty)
    #expect(problems(tokens + [("tokens.keys", "keys.json")]).isEmpty)
    #expect(
      problems(tokens + [("tokens.keysUrl", "https://id.example/keys"), ("tokens.keysAuthority", "ca.pem")]).isEmpty)
    #expect(problems(tokens + [("tokens.algorithms", "HS256"), ("tokens.secret", "secret")]).isEmpty)
    #expect(
      problems(
        tokens + [("tokens.algorithms", "ES256,HS256"), ("tokens.secret", "secret"), ("tokens.keys", "keys.json")]
      ).isEmpty)
    #expect(problems(openID).isEmpty)
    #expect(problems(openID + [("openId.clientSecret", "secret")]).isEmpty)
  }

  @Test func `keys come from one place, and tokens need theirs`() {
    #expect(
      problems(
        tokens + [
          ("tokens.keys", "keys.json"), ("tokens.keysUrl", "https://id.example/keys"),
          ("tokens.keysAuthority", "ca.pem"),
        ]) == [
          "tokens.keysUrl is \"https://id.example/keys\" (flag --set). The keys come from a file already, which is "
            + "tokens.keys. Set one of them only."
        ])
    #expect(
      problems(tokens) == [
        "tokens.keys is null (the default). Tokens signed with RS256, PS256, ES256, EdDSA need the issuer's keys: set "
          + "tokens.keys or tokens.keysUrl."
      ])
    #expect(
      problems(tokens + [("tokens.keysUrl", "https://id.example/keys")]).map { $0.prefix(20) } == [
        "tokens.keysAuthority"
      ])
    #expect(
      problems(tokens + [("tokens.keys", "keys.json"), ("tokens.keysAuthority", "ca.pem")]).map { $0.prefix(20) } == [
        "tokens.keysAuthority"
      ])
  }

  @Test func `a secret and HS256 need each other`() {
    #expect(
      problems(tokens + [("tokens.keys", "keys.json"), ("tokens.secret", "secret")]) == [
        "tokens.secret is \"secret\" (flag --set). A secret is for HS256 alone, which is not among tokens.algorithms. "
          + "Add it there, or leave the secret out."
      ])
    #expect(
      problems(tokens + [("tokens.algorithms", "HS256")]) == [
        "tokens.secret is null (the default). HS256 is among tokens.algorithms and needs a secret: name the file that "
          + "has it."
      ])
    #expect(
      problems(
        tokens + [("tokens.algorithms", "HS256"), ("tokens.secret", "secret"), ("tokens.keys", "keys.json")]
      ).map { $0.prefix(17) } == ["tokens.algorithms"])
  }

  @Test func `an issuer needs audiences, and at least one algorithm`() {
    let issuer = [
      ("policy", "policy.json"), ("tokens.issuer", "https://id.example"), ("tokens.keys", "keys.json"),
    ]
    #expect(
      problems(issuer) == [
        "tokens.audiences is [] (the default). A token must be meant for this gateway: name the audience that the issuer "
          + "puts into aud."
      ])
    #expect(
      problems(tokens + [("tokens.algorithms", "")]).map { $0.prefix(24) } == ["tokens.algorithms is [] "])
  }

  @Test(arguments: [
    "tokens.audiences", "tokens.keys", "tokens.keysAuthority", "tokens.secret", "openId.authority", "openId.clientId",
    "openId.clientSecret",
  ])
  func `what does nothing without an issuer is a mistake`(key: String) {
    let found = problems([("policy", "policy.json"), (key, "x")])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("\(key) is ") == true)
    #expect(found.first?.contains(" \(key.prefix(6)).issuer ") == true)
  }

  @Test func `tokens and OpenID Connect are of no use without a policy`() {
    let found = problems(tokens.filter { $0.0 != "policy" } + [("tokens.keys", "keys.json")])
    #expect(
      found == [
        "tokens.issuer is \"https://id.example\" (flag --set). Without a policy nobody is known, so nobody could come in "
          + "with it. Set policy."
      ])
    #expect(problems(openID.filter { $0.0 != "policy" }).map { $0.prefix(13) } == ["openId.issuer"])
  }

  @Test(arguments: ["publicUrl", "openId.clientId", "openId.authority"])
  func `OpenID Connect needs to know where people are sent, its client and its authority`(key: String) {
    let found = problems(openID.filter { $0.0 != key })
    #expect(found.map { $0.prefix(key.count + 4) } == ["\(key) is "])
  }

  @Test func `OpenID Connect asks for an ID token`() {
    #expect(
      problems(openID + [("openId.scopes", "profile,email")]) == [
        "openId.scopes is [\"profile\",\"email\"] (flag --set). Without openid among them there would be no ID token. Add "
          + "it."
      ])
  }

  @Test func `a gateway that others reach says where, once there is somebody to send a link to`() {
    let others = [("allowNonLoopback", "true"), ("listeners.public.address", "0.0.0.0")]
    #expect(problems(others).isEmpty)
    #expect(problems(others + [("policy", "p.json")]).map { $0.prefix(9) } == ["publicUrl"])
    #expect(problems(others + [("policy", "p.json"), ("publicUrl", "https://box.example")]).isEmpty)
  }

  @Test func `nothing about a session takes longer than the session`() {
    #expect(
      problems([("sessions.absoluteHours", "1"), ("sessions.idleMinutes", "61")]) == [
        "sessions.idleMinutes is 61 (flag --set). It would never come to pass, because sessions.absoluteHours ends every "
          + "session after 1 hours."
      ])
    #expect(problems([("sessions.absoluteHours", "1"), ("sessions.idleMinutes", "60")]).isEmpty)
    #expect(problems([("sessions.absoluteHours", "1"), ("sessions.rotationMinutes", "61")]).count == 1)
  }
}
