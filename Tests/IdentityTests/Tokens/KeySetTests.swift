import JSON
import Testing

@testable import Identity

/// Reading key sets.
struct KeySetTests {
  private let issuer: Issuer

  init() throws {
    issuer = try Issuer.shared.get()
  }

  private func read(_ keys: String...) throws -> KeySet {
    try KeySet(jwks: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8), source: "keys.json")
  }

  private func refusal(_ text: String) -> String? {
    do throws(KeySetError) {
      _ = try KeySet(jwks: Array(text.utf8), source: "keys.json")
      return nil
    } catch {
      return error.description
    }
  }

  /// What is said of a key that is not used.
  private func reason(_ algorithm: TokenAlgorithm, _ changes: [String: String?]) throws -> String? {
    let good = try Issuer.publicKey(issuer.signer(.edDSA))
    let set = try read(good, try Issuer.publicKey(issuer.signer(algorithm), changing: changes))
    #expect(set.keys.count + set.leftOut.count == 2)
    return set.leftOut.first
  }

  @Test func `a set may have members that nobody here knows`() throws {
    let key = try Issuer.publicKey(issuer.signer(), changing: ["x5t": #""abc""#, "x5c": "[]", "note": #"{"a":[1]}"#])
    let set = try KeySet(jwks: Array(#" {"issuer":"x","keys":[\#(key)],"more":1} "#.utf8), source: "keys.json")
    #expect(set.keys.count == 1 && set.leftOut.isEmpty)
  }

  @Test(arguments: [
    "", "{", "[]", "{}", "null", #"{"keys":{}}"#, #"{"keys":null}"#, #"{"keys":[],"keys":[]}"#, #"{"Keys":[]}"#,
    #"{"keys":[{"kty":"RSA","kty":"EC"}]}"#,
  ])
  func `what is no set is refused, and the source is named`(text: String) throws {
    #expect(refusal(text)?.hasPrefix("keys.json is no JWK set") == true, "\(refusal(text) ?? "taken")")
  }

  @Test func `a set without a key that can be used says why`() throws {
    #expect(
      refusal(#"{"keys":[]}"#)
        == "keys.json has no key that can be used: it is empty. Publish one for RS256, PS256, ES256 or EdDSA (Ed25519)."
    )
    let text = refusal(#"{"keys":[{"kty":"oct","k":"AAAA"},{"kty":"EC","crv":"P-384"},7]}"#)
    #expect(text?.contains("key 1 is of a kind (kty) that is not used here; key 2 is on a curve (crv)") == true)
    #expect(text?.contains("key 3 has no kty") == true)
  }

  @Test func `a set is bounded in size and number`() throws {
    let key = try Issuer.publicKey(issuer.signer(.edDSA))
    #expect(refusal("{\"keys\":[\(key)]}" + String(repeating: " ", count: 65_536))?.contains("65536 bytes") == true)
    func many(_ count: Int) -> String {
      #"{"keys":["# + Array(repeating: key, count: count).joined(separator: ",") + "]}"
    }
    #expect(refusal(many(100)) == nil)
    #expect(refusal(many(101))?.hasPrefix("keys.json has 101 keys; at most 100 are taken.") == true)
  }

  @Test(arguments: ["d", "p", "q", "dp", "dq", "qi", "oth"])
  func `a set that gives a private key away is refused`(member: String) throws {
    for algorithm in [TokenAlgorithm.rs256, .es256, .edDSA] {
      let good = try Issuer.publicKey(issuer.signer(.ps256))
      let key = try Issuer.publicKey(issuer.signer(algorithm), changing: [member: #""AQAB""#])
      let text = refusal(#"{"keys":[\#(good),\#(key)]}"#)
      #expect(text?.hasPrefix("keys.json gives away the private half of key 2 (member \(member))") == true)
    }
    #expect(refusal(#"{"keys":[{"kty":"XYZ","\#(member)":null}]}"#)?.contains("gives away") == true)
  }

  @Test func `a symmetric key is left out, and never a secret`() throws {
    let set = try read(
      try Issuer.publicKey(issuer.signer()), #"{"kty":"oct","k":"\#(String(repeating: "A", count: 64))","alg":"HS256"}"#
    )
    #expect(set.keys.count == 1 && set.secret == nil)
    let secret = try TokenSecret(Array(repeating: 0, count: 48), source: "zeros")
    let signed = Base64URL.encode(Array(#"{"alg":"HS256"}"#.utf8)) + "." + Base64URL.encode(Array(Claims().text.utf8))
    let token = signed + "." + Base64URL.encode(secret.authenticationCode(of: Array(signed.utf8)))
    #expect(judge(token, keys: set, rules: { $0.algorithms.insert(.hs256) }).faultName == "algorithm")
  }

  @Test(arguments: [
    (TokenAlgorithm.es256, "use", #""enc""#, "use"), (.es256, "use", "7", "use"), (.rs256, "use", #""SIG""#, "use"),
    (.es256, "key_ops", #"["sign"]"#, "key_ops"), (.es256, "key_ops", "[]", "key_ops"),
    (.es256, "key_ops", #""verify""#, "key_ops"), (.es256, "alg", #""ES384""#, "alg"),
    (.es256, "alg", #""RS256""#, "alg"),
    (.rs256, "alg", #""RS512""#, "alg"), (.rs256, "alg", #""HS256""#, "alg"), (.rs256, "alg", #""none""#, "alg"),
    (.es256, "alg", "null", "alg"), (.es256, "crv", #""P-384""#, "crv"), (.es256, "crv", #""secp256k1""#, "crv"),
    (.es256, "crv", #""Ed25519""#, "crv"), (.edDSA, "crv", #""Ed448""#, "crv"), (.edDSA, "crv", #""X25519""#, "crv"),
    (.edDSA, "crv", #""P-256""#, "crv"), (.es256, "kty", #""OKP""#, "crv"), (.edDSA, "kty", #""EC""#, "crv"),
    (.es256, "kty", #""ec""#, "kty"), (.es256, "kid", "7", "kid"),
    (.es256, "x", #""AQAB""#, "no x"), (.es256, "y", #""""#, "no y"), (.edDSA, "x", #""AQAB""#, "no x"),
    (.rs256, "n", "7", "no n"),
    (.rs256, "e", #""""#, "no e"), (.rs256, "n", #""AQAB""#, "17 bits"), (.rs256, "e", #""AQ""#, "sound"),
    (.rs256, "e", #""Ag""#, "sound"), (.rs256, "e", #""AAAA""#, "sound"),
    (.rs256, "e", #""AQAAAAAAAAAB""#, "more than 64"),
  ])
  func `a key that is for something else, or none, is left out`(
    algorithm: TokenAlgorithm, member: String, value: String, word: String
  ) throws {
    let reason = try reason(algorithm, [member: value])
    #expect(reason?.contains(word) == true, "\(reason ?? "taken")")
  }

  @Test(arguments: [
    (TokenAlgorithm.es256, "x"), (.es256, "crv"), (.rs256, "n"), (.rs256, "e"), (.edDSA, "x"), (.es256, "kty"),
  ])
  func `a key without one of its members is left out`(algorithm: TokenAlgorithm, member: String) throws {
    #expect(try reason(algorithm, [member: nil]) != nil)
  }

  @Test(arguments: [("alg", "nil"), ("use", "nil"), ("key_ops", #"["verify"]"#), ("key_ops", #"["sign","verify"]"#)])
  func `what a key need not say, it need not say`(member: String, value: String) throws {
    #expect(try reason(.es256, [member: value == "nil" ? nil : value]) == nil)
    #expect(try reason(.rs256, [member: value == "nil" ? nil : value]) == nil)
  }

  @Test func `a point that is not on the curve is left out`() throws {
    let key = try JSONValue(parsing: try Issuer.publicKey(issuer.signer()))
    let x = try #require(key["x"]?.string)
    #expect(try reason(.es256, ["y": "\"\(x)\""])?.contains("sound") == true)
  }

  @Test(arguments: [(1024, false), (2040, false), (2048, true)])
  func `RSA keys of less than 2048 bits are left out`(bits: Int, isTaken: Bool) throws {
    let key = try PrivateKey.generateRSA(bits: UInt32(bits))
    let n = Base64URL.encode(try key.number("n"))
    let set = try read(try Issuer.publicKey(issuer.signer()), #"{"kty":"RSA","n":"\#(n)","e":"AQAB"}"#)
    #expect((set.keys.count == 2) == isTaken)
    #expect(set.leftOut == (isTaken ? [] : ["key 2 is RSA with \(bits) bits, and less than 2048 are not safe"]))
  }

  @Test func `zeros before an RSA modulus do not make it longer`() throws {
    let key = try PrivateKey.generateRSA(bits: 1024)
    let n = Base64URL.encode([UInt8](repeating: 0, count: 200) + (try key.number("n")))
    #expect(refusal(#"{"keys":[{"kty":"RSA","n":"\#(n)","e":"AQAB"}]}"#)?.contains("1024 bits") == true)
    let signer = try issuer.signer(.rs256)
    let longer = Base64URL.encode([0] + (try signer.key.number("n")))
    let set = try read(try Issuer.publicKey(signer, changing: ["n": "\"\(longer)\""]))
    #expect(judge(try issuer.token(by: .rs256), keys: set).isGood)
  }

  @Test func `an RSA modulus that is prime, even or huge is left out`() throws {
    let prime = try PrivateKey.generateRSA(bits: 4096).number("rsa-factor1")
    var even = try issuer.signer(.rs256).key.number("n")
    even[even.count - 1] &= 0xFE
    for modulus in [prime, even, [UInt8](repeating: 0xFF, count: 1025)] {
      #expect(try reason(.rs256, ["n": "\"\(Base64URL.encode(modulus))\""]) != nil)
    }
  }

  @Test func `the empty set takes no token`() throws {
    #expect(judge(try issuer.token(), keys: .empty).fault == .unknownKey)
  }
}
