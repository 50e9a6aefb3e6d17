import JSON
import Testing

@testable import Identity

/// The known ways to have a token taken for what it is not.
struct TokenAttackTests {
  private let issuer: Issuer

  init() throws {
    issuer = try Issuer.shared.get()
  }

  private func fault(header: String, rules: (inout TokenRules) -> Void = { _ in }) throws -> String? {
    judge(try issuer.token(header: header), keys: issuer.keys, rules: rules).faultName
  }

  /// A token with the signature that somebody else has put there.
  private func token(_ header: String, signature: [UInt8], _ claims: Claims = Claims()) -> String {
    [Array(header.utf8), Array(claims.text.utf8), signature].map { Base64URL.encode($0) }.joined(separator: ".")
  }

  @Test(arguments: [
    "none", "None", "NONE", "nOnE", "", " none", "none\\u0000", "es256", "ES256 ", "ES384", "HS256", "RS1",
  ])
  func `no other algorithm than those of the rules, in whatever spelling`(name: String) throws {
    #expect(try fault(header: #"{"alg":"\#(name)"}"#) == "algorithm")
    #expect(judge(token(#"{"alg":"\#(name)"}"#, signature: []), keys: issuer.keys).faultName == "algorithm")
  }

  @Test(arguments: ["{}", #"{"alg":null}"#, #"{"alg":7}"#, #"{"alg":["ES256"]}"#, #"{"alg":{"ES256":1}}"#])
  func `an algorithm is a text`(header: String) throws {
    #expect(try fault(header: header) == "algorithm")
  }

  @Test func `a public key is no secret`() throws {
    let signer = try issuer.signer(.rs256)
    // Whatever spelling of the public key the attacker takes for the secret.
    let spellings = [signer.keySetText, try Issuer.publicKey(signer), try signer.key.publicPEM()]
    for spelling in spellings {
      let attacker = try TokenSecret(Array("x".utf8) + Array(spelling.utf8), source: "attacker")
      let secrets = [attacker, try? TokenSecret(Array(spelling.utf8), source: "attacker")].compactMap(\.self)
      for secret in secrets {
        for header in [#"{"alg":"HS256"}"#, #"{"alg":"HS256","kid":"\#(signer.keyID)"}"#] {
          let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(Claims().text.utf8))
          let forged = signed + "." + Base64URL.encode(secret.authenticationCode(of: Array(signed.utf8)))
          #expect(judge(forged, keys: issuer.keys).faultName == "algorithm")
          // Not even where somebody has allowed HS256 and forgotten the secret.
          #expect(judge(forged, keys: issuer.keys, rules: { $0.algorithms.insert(.hs256) }).faultName == "algorithm")
          let ours = try TokenSecret(Array(repeating: 7, count: 32), source: "ours")
          #expect(
            judge(forged, keys: issuer.keys.with(ours), rules: { $0.algorithms.insert(.hs256) }).faultName
              == "signature")
        }
      }
    }
  }

  @Test func `HS256 is good with the secret alone, where it is allowed`() throws {
    let secret = try TokenSecret(Array(repeating: 7, count: 32), source: "secret")
    let signed =
      Base64URL.encode(Array(#"{"alg":"HS256","kid":"any"}"#.utf8)) + "." + Base64URL.encode(Array(Claims().text.utf8))
    let token = signed + "." + Base64URL.encode(secret.authenticationCode(of: Array(signed.utf8)))
    #expect(judge(token, keys: .empty.with(secret), rules: { $0.algorithms = [.hs256] }).isGood)
    #expect(judge(token, keys: .empty.with(secret)).faultName == "algorithm")
    let other = try TokenSecret(Array(repeating: 8, count: 32), source: "secret")
    #expect(judge(token, keys: .empty.with(other), rules: { $0.algorithms = [.hs256] }).faultName == "signature")
    // A code that is cut short is no code.
    for count in [0, 1, 16, 31] {
      let short =
        signed + "." + Base64URL.encode(Array(secret.authenticationCode(of: Array(signed.utf8)).prefix(count)))
      #expect(judge(short, keys: .empty.with(secret), rules: { $0.algorithms = [.hs256] }).faultName == "signature")
    }
  }

  @Test func `a signature of zeros or of extreme numbers is none`() throws {
    let key = try issuer.signer(.es256).keyID
    let order: [UInt8] = [
      0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7,
      0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ]
    let zero = [UInt8](repeating: 0, count: 32)
    let one = Array(zero.dropLast()) + [1]
    let most = [UInt8](repeating: 0xFF, count: 32)
    for r in [zero, one, order, most] {
      for s in [zero, one, order, most] {
        let forged = token(#"{"alg":"ES256","kid":"\#(key)"}"#, signature: r + s)
        #expect(judge(forged, keys: issuer.keys).faultName == "signature")
      }
    }
    for algorithm in [TokenAlgorithm.rs256, .ps256, .edDSA] {
      let signer = try issuer.signer(algorithm)
      for byte in [UInt8](arrayLiteral: 0, 1, 0xFF) {
        for count in [0, 1, 64, 256, 384, 512] {
          let forged = token(
            #"{"alg":"\#(algorithm.rawValue)","kid":"\#(signer.keyID)"}"#,
            signature: Array(repeating: byte, count: count))
          #expect(judge(forged, keys: issuer.keys).faultName == "signature")
        }
      }
    }
  }

  @Test func `an ECDSA signature in DER, or of another length, is none`() throws {
    let good = try issuer.token()
    let dot = try #require(good.lastIndex(of: "."))
    let raw = try #require(Base64URL.decode(good[good.index(after: dot)...].utf8))
    let der = DER.sequence(DER.integer(raw[..<32]), DER.integer(raw[32...]))
    let zeroed = [0] + raw[..<32] + [0] + raw[32...]
    // The same two numbers, were the second taken to go to the end.
    let longer = raw[..<32] + [0] + raw[32...]
    for signature in [der, raw + [0], Array(raw.dropLast()), [0] + raw, Array(zeroed), Array(longer), raw + raw] {
      #expect(judge(good[...dot] + Base64URL.encode(signature), keys: issuer.keys).faultName == "signature")
    }
    #expect(judge(good[...dot] + Base64URL.encode(raw), keys: issuer.keys).isGood)
  }

  @Test func `a signature of one algorithm is none of another`() throws {
    for signing in [TokenAlgorithm.rs256, .ps256, .es256, .edDSA] {
      for named in [TokenAlgorithm.rs256, .ps256, .es256, .edDSA] where named != signing {
        let own = try issuer.signer(signing)
        let other = try issuer.signer(named)
        let withOwnKey = try issuer.token(by: signing, header: #"{"alg":"\#(named.rawValue)","kid":"\#(own.keyID)"}"#)
        #expect(judge(withOwnKey, keys: issuer.keys).faultName == "algorithm")
        let withOther = try issuer.token(by: signing, header: #"{"alg":"\#(named.rawValue)","kid":"\#(other.keyID)"}"#)
        #expect(judge(withOther, keys: issuer.keys).faultName == "signature")
        let withNone = try issuer.token(by: signing, header: #"{"alg":"\#(named.rawValue)"}"#)
        #expect(judge(withNone, keys: issuer.keys).faultName == "unknownKey")
      }
    }
  }

  @Test func `Ed25519 is the new name of EdDSA, in tokens and in keys`() throws {
    let signer = try issuer.signer(.edDSA)
    let renamed = try Issuer.publicKey(signer, changing: ["alg": #""Ed25519""#])
    let keys = try KeySet(jwks: Array(#"{"keys":[\#(renamed)]}"#.utf8), source: "keys")
    for name in ["EdDSA", "Ed25519"] {
      let token = try issuer.token(by: .edDSA, header: #"{"alg":"\#(name)","kid":"\#(signer.keyID)"}"#)
      #expect(judge(token, keys: keys).isGood)
      #expect(judge(token, keys: issuer.keys).isGood)
      #expect(judge(token, keys: keys) { $0.algorithms.remove(.edDSA) }.faultName == "algorithm")
    }
    #expect(try fault(header: #"{"alg":"Ed448"}"#) == "algorithm")
  }

  @Test func `PKCS 1 and PSS are not each other, even with one key that may do both`() throws {
    let signer = try issuer.signer(.rs256)
    let both = try Issuer.publicKey(signer, changing: ["alg": nil])
    let keys = try KeySet(jwks: Array(#"{"keys":[\#(both)]}"#.utf8), source: "keys")
    let pkcs1 = try signer.sign(header: Array(#"{"alg":"RS256"}"#.utf8), payload: Array(Claims().text.utf8))
    #expect(judge(pkcs1, keys: keys).isGood)
    let renamed = Base64URL.encode(Array(#"{"alg":"PS256"}"#.utf8)) + pkcs1[try #require(pkcs1.firstIndex(of: "."))...]
    #expect(judge(renamed, keys: keys).faultName == "unknownKey")
    let signed = Array(
      (Base64URL.encode(Array(#"{"alg":"PS256"}"#.utf8)) + "." + Base64URL.encode(Array(Claims().text.utf8))).utf8)
    let honest = String(decoding: signed, as: UTF8.self) + "."
    #expect(judge(honest + Base64URL.encode(try signer.key.sign(signed, by: .rsaPSS)), keys: keys).isGood)
    #expect(
      judge(honest + Base64URL.encode(try signer.key.sign(signed, by: .rsaPKCS1)), keys: keys).faultName == "unknownKey"
    )
  }

  @Test func `a salt of another length is none`() throws {
    let signer = try issuer.signer(.ps256)
    let folder = try TemporaryKey(signer)
    let header = #"{"alg":"PS256","kid":"\#(signer.keyID)"}"#
    let signed = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(Claims().text.utf8))
    for (length, isGood) in [("32", true), ("0", false), ("20", false), ("64", false), ("max", false)] {
      let signature = try folder.sign(signed, "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:\(length)")
      #expect(judge(signed + "." + Base64URL.encode(signature), keys: issuer.keys).isGood == isGood, "salt \(length)")
    }
  }

  @Test(arguments: [
    "unknown", "../../../../dev/null", "/dev/null", "' OR '1'='1", "x' UNION SELECT 'key", "$(id)", "", "*",
    "http://127.0.0.1/keys",
  ])
  func `a key that is not ours is no key, whatever it is called`(id: String) throws {
    #expect(try fault(header: #"{"alg":"ES256","kid":"\#(id)"}"#) == "unknownKey")
  }

  @Test func `a key's name is compared byte for byte`() throws {
    let signer = try issuer.signer()
    let key = try Issuer.publicKey(signer, changing: ["kid": "\"caf\u{E9}\""])
    let keys = try KeySet(jwks: Array(#"{"keys":[\#(key)]}"#.utf8), source: "keys")
    #expect(judge(try issuer.token(header: "{\"alg\":\"ES256\",\"kid\":\"caf\u{E9}\"}"), keys: keys).isGood)
    #expect(
      judge(try issuer.token(header: "{\"alg\":\"ES256\",\"kid\":\"cafe\u{301}\"}"), keys: keys).faultName
        == "unknownKey")
  }

  @Test(arguments: ["7", "null", "[]", "{}", "true", "\"" + String(repeating: "k", count: 513) + "\""])
  func `a key's name is a bounded text`(id: String) throws {
    #expect(try fault(header: #"{"alg":"ES256","kid":\#(id)}"#) == "malformed")
  }

  @Test func `keys that a token brings along are not looked at`() throws {
    let attacker = try TokenSigner.generate(.es256)
    let key = try Issuer.publicKey(attacker)
    for member in [
      #""jwk":\#(key)"#, #""jku":"https://attacker.example/keys""#, #""x5u":"https://attacker.example/cert""#,
      #""x5c":["MIIB"]"#, #""jwk":\#(key),"jku":"https://attacker.example/keys""#,
    ] {
      for kid in [attacker.keyID, try issuer.signer().keyID] {
        let forged = try attacker.sign(
          header: Array(#"{"alg":"ES256","kid":"\#(kid)",\#(member)}"#.utf8), payload: Array(Claims().text.utf8))
        #expect(["unknownKey", "signature"].contains(judge(forged, keys: issuer.keys).faultName))
      }
      // Nor do they spoil a token that is good without them.
      #expect(try fault(header: #"{"alg":"ES256","kid":"\#(try issuer.signer().keyID)",\#(member)}"#) == nil)
    }
  }

  @Test(arguments: [
    #""crit":["exp"],"exp":1"#, #""crit":[]"#, #""crit":null"#, #""crit":["b64"],"b64":false"#, #""b64":false"#,
    #""b64":true"#,
  ])
  func `extensions that must be understood are not`(member: String) throws {
    #expect(try fault(header: #"{"alg":"ES256",\#(member)}"#) == "malformed")
  }

  @Test(arguments: [
    ("JWT", nil), ("jwt", nil), ("at+jwt", nil), ("AT+JWT", nil), ("application/at+jwt", nil), ("", "malformed"),
    ("logout+jwt", "malformed"), ("dpop+jwt", "malformed"), ("JOSE", "malformed"), ("JWT ", "malformed"),
    ("secevent+jwt", "malformed"),
  ])
  func `a token that is made for something else is none`(type: String, expected: String?) throws {
    #expect(try fault(header: #"{"alg":"ES256","typ":"\#(type)"}"#) == expected)
    #expect(try fault(header: #"{"alg":"ES256","typ":["\#(type)"]}"#) == "malformed")
  }

  @Test func `several keys of one name are all tried, and without a name all that fit`() throws {
    let others = try (0..<3).map { _ in try TokenSigner.generate(.es256) }
    let name = ["kid": Optional(#""same""#)]
    let keys = try (others + [issuer.signer(), issuer.signer(.edDSA)]).map { try Issuer.publicKey($0, changing: name) }
    let set = try KeySet(jwks: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8), source: "keys")
    #expect(judge(try issuer.token(header: #"{"alg":"ES256","kid":"same"}"#), keys: set).isGood)
    #expect(judge(try issuer.token(header: #"{"alg":"ES256"}"#), keys: set).isGood)
    #expect(judge(try issuer.token(by: .edDSA, header: #"{"alg":"EdDSA","kid":"same"}"#), keys: set).isGood)
    #expect(
      judge(try issuer.token(by: .rs256, header: #"{"alg":"RS256","kid":"same"}"#), keys: set).faultName == "algorithm")
  }

  @Test func `not more than 16 keys are tried with one token`() throws {
    let strangers = try (0..<16).map { _ in
      try Issuer.publicKey(try TokenSigner.generate(.edDSA), changing: ["kid": nil])
    }
    let own = try Issuer.publicKey(issuer.signer(.edDSA), changing: ["kid": nil])
    func keys(_ texts: some Sequence<String>) throws -> KeySet {
      try KeySet(jwks: Array(#"{"keys":[\#(texts.joined(separator: ","))]}"#.utf8), source: "keys")
    }
    let token = try issuer.token(by: .edDSA, header: #"{"alg":"EdDSA"}"#)
    #expect(judge(token, keys: try keys(strangers.dropLast() + [own])).isGood)
    #expect(judge(token, keys: try keys(strangers + [own])).faultName == "unknownKey")
  }
}
