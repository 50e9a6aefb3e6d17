import JSON
import Testing

@testable import Identity

/// What a well-signed token says, held against the rules.
struct TokenClaimTests {
  private let issuer: Issuer

  init() throws {
    issuer = try Issuer.shared.get()
  }

  private func judge(
    _ claims: Claims, now: UnixTime = Claims.now, rules: (inout TokenRules) -> Void = { _ in }
  ) throws -> Result<TokenClaims, TokenFault> {
    IdentityTests.judge(try issuer.token(claims), keys: issuer.keys, now: now, rules: rules)
  }

  @Test(arguments: [TokenAlgorithm.rs256, .ps256, .es256, .edDSA])
  func `a good token is good, in each algorithm`(algorithm: TokenAlgorithm) throws {
    let claims = Claims().with("roles", #"["viewer","operator"]"#).with("tenant", #""north""#).with("jti", #""t-1""#)
    let token = try issuer.token(claims, by: algorithm)
    let verified = try TokenVerifier(rules: Claims.rules).verify(token, keys: issuer.keys, now: Claims.now)
    #expect(
      verified.claims
        == TokenClaims(
          issuer: "https://issuer.example", subject: "alex", tenant: "north", roles: ["viewer", "operator"],
          expires: UnixTime(seconds: 1_800_000_600), id: "t-1"))
    #expect(verified.payload["iat"]?.int == 1_799_999_990)
    #expect(
      IdentityTests.judge(token, keys: issuer.keys, rules: { $0.algorithms.remove(algorithm) }).faultName == "algorithm"
    )
  }

  @Test(arguments: ["iss", "aud", "exp", "sub"])
  func `what is required and not there is named`(claim: String) throws {
    let fault = try judge(Claims().with(claim, nil)).fault
    guard case .claim(let sentence)? = fault else {
      Issue.record("\(fault as Any)")
      return
    }
    #expect(sentence.contains("(\(claim))"))
  }

  @Test func `iat, nbf, jti, roles and tenant may be missing`() throws {
    let claims = try judge(Claims().with("iat", nil)).get()
    #expect(claims.roles.isEmpty && claims.tenant == nil && claims.id == nil)
  }

  @Test(arguments: [
    #""https://issuer.example/""#, #""https://ISSUER.example""#, #""https://issuer.example ""#, #""""#, "null", "7",
    #"["https://issuer.example"]"#, #""https://issuer.example\u0000""#,
  ])
  func `the issuer must be exactly the one that is trusted`(value: String) throws {
    #expect(try judge(Claims().with("iss", value)).faultName == "issuer")
  }

  @Test(arguments: [
    (#""box""#, nil), (#""box-too""#, nil), (#"["other","box"]"#, nil), (#"["box"]"#, nil), (#""b\u006Fx""#, nil),
    (#""other""#, "audience"), (#""""#, "audience"), ("[]", "audience"), (#"["other"]"#, "audience"),
    (#""Box""#, "audience"), (#""box ""#, "audience"), (#""box,other""#, "audience"),
    ("null", "claim"), ("7", "claim"), ("{}", "claim"), (#"{"box":true}"#, "claim"), (#"["box",7]"#, "claim"),
    (#"["box",null]"#, "claim"), (#"[["box"]]"#, "claim"), ("true", "claim"),
  ])
  func `one of our names must be among the audiences, which are texts`(value: String, fault: String?) throws {
    #expect(try judge(Claims().with("aud", value)).faultName == fault)
  }

  @Test(arguments: [
    ("1800000001", nil), ("1800000001.9", nil), ("1.8000006e9", nil), ("253402300799", nil),
    // Within 30 s of clock skew.
    ("1800000000", nil), ("1799999971", nil), ("1799999970", "expired"), ("1799999970.9", "expired"), ("0", "expired"),
    ("-1", "claim"), ("-0.5", "claim"), ("1e308", "claim"), ("1e400", "claim"), ("253402300800", "claim"),
    ("18446744073709551616", "claim"), ("9223372036854775807", "claim"), (#""1800000600""#, "claim"),
    ("null", "claim"), ("true", "claim"), ("[1800000600]", "claim"), ("{}", "claim"),
  ])
  func `exp is a time that has not come`(value: String, fault: String?) throws {
    #expect(try judge(Claims().with("exp", value)).faultName == fault)
  }

  @Test(arguments: [
    ("1800000000", nil), ("0", nil), ("1800000030", nil), ("1800000029.5", nil), ("1800000030.5", "notYetValid"),
    ("1800000031", "notYetValid"), ("253402300799", "notYetValid"), ("1e308", "claim"), ("-5", "claim"),
    (#""0""#, "claim"), ("null", "claim"),
  ])
  func `nbf is a time that has come`(value: String, fault: String?) throws {
    #expect(try judge(Claims().with("nbf", value)).faultName == fault)
  }

  @Test(arguments: [
    ("0", nil), ("1800000330", nil), ("1800000331", "claim"), ("1e308", "claim"), (#""1""#, "claim"),
  ])
  func `iat is not far ahead`(value: String, fault: String?) throws {
    #expect(try judge(Claims().with("iat", value)).faultName == fault)
  }

  @Test func `without clock skew, the second counts`() throws {
    let claims = Claims().with("nbf", "1800000000").with("exp", "1800000010")
    func fault(_ seconds: Int64) throws -> String? {
      try judge(claims, now: UnixTime(seconds: seconds), rules: { $0.clockSkew = 0 }).faultName
    }
    #expect(try fault(1_799_999_999) == "notYetValid")
    #expect(try fault(1_800_000_000) == nil)
    #expect(try fault(1_800_000_009) == nil)
    #expect(try fault(1_800_000_010) == "expired")
  }

  @Test(arguments: [
    #""""#, "null", "7", "[]", #"["alex"]"#, #"{"a":1}"#, #""a\u0000b""#, #""a\nb""#, #""a\u007Fb""#, #""a\u0085b""#,
    #""a\u2028b""#, #""a\u202Eb""#, #""a\u200Bb""#, "\"" + String(repeating: "x", count: 256) + "\"",
    "\"" + String(repeating: "\u{E9}", count: 128) + "\"",
  ])
  func `a subject is a bounded text in which everything shows`(value: String) throws {
    #expect(try judge(Claims().with("sub", value)).faultName == "claim")
  }

  @Test(arguments: ["a", "https://x/alex", "Zo\u{EB}", "\u{5F20}\u{4E09}", "a b", String(repeating: "x", count: 255)])
  func `names of people and machines are subjects`(name: String) throws {
    #expect(try judge(Claims().with("sub", "\"\(name)\"")).get().subject == name)
  }

  @Test(arguments: ["tenant", "jti"])
  func `a tenant and an id are names, if they are there`(claim: String) throws {
    #expect(try judge(Claims().with(claim, "null")).isGood)
    for value in [#""""#, "7", "[]", #""a\nb""#] {
      #expect(try judge(Claims().with(claim, value)).faultName == "claim", "\(value)")
    }
  }

  @Test(arguments: [
    ("roles", #""roles":["viewer","admin"]"#, ["viewer", "admin"]),
    ("roles", #""roles":"viewer  admin ""#, ["viewer", "admin"]),
    ("roles", #""roles":[]"#, []), ("roles", #""roles":"""#, []), ("roles", #""roles":null"#, []),
    ("realm_access.roles", #""realm_access":{"roles":["viewer"]}"#, ["viewer"]),
    ("a.b.c", #""a":{"b":{"c":"viewer"}}"#, ["viewer"]), ("a.b.c", #""a":{"b":7}"#, []), ("a.b", #""a":["b"]"#, []),
    ("https://x.example/roles", #""https://x.example/roles":["viewer"]"#, ["viewer"]),
    ("a.b", #""a.b":["viewer"],"a":{"b":["admin"]}"#, ["viewer"]), ("a..b", #""a":{"b":["admin"]}"#, []),
  ])
  func `roles are a list or a text, at the end of a path`(claim: String, member: String, roles: [String]) throws {
    let text = String(Claims().text.dropLast()) + "," + member + "}"
    let token = try issuer.signer().sign(header: Array(#"{"alg":"ES256"}"#.utf8), payload: Array(text.utf8))
    #expect(try IdentityTests.judge(token, keys: issuer.keys, rules: { $0.rolesClaim = claim }).get().roles == roles)
  }

  @Test(arguments: ["7", "{}", "true", #"["viewer",7]"#, #"[["viewer"]]"#, #"["viewer",null]"#])
  func `roles of any other form are refused, and not taken for none`(value: String) throws {
    #expect(try judge(Claims().with("roles", value)).faultName == "claim")
  }

  @Test func `the subject and the tenant may be other claims`() throws {
    let claims = try judge(Claims().with("email", #""a@b.example""#).with("org", #"{"id":"north"}"#)) {
      $0.subjectClaim = "email"
      $0.tenantClaim = "org.id"
    }.get()
    #expect(claims.subject == "a@b.example" && claims.tenant == "north")
  }
}
