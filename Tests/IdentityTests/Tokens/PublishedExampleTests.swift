import Testing

@testable import Identity

/// The examples that the RFCs print. Their payloads lack what is required here, or are no JSON at all; that this is all that is found
/// wrong with them says that their signatures are good.
struct PublishedExampleTests {
  private static let payload =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
  private static let rsa = """
    {"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-\
    yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTB\
    EMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW\
    9gb54h4FRWyuXpoQ","e":"AQAB"}
    """
  private static let rsaSignature = """
    cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1d\
    nZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwu\
    sC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw
    """
  private static let p256 = """
    {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStik\
    YjKIWI5a0"}
    """
  private static let p256Signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
  private static let p521 = """
    {"kty":"EC","crv":"P-521","x":"AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqw\
    QGk","y":"ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2"}
    """
  private static let p521Token = """
    eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_\
    7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn
    """
  private static let ed25519 = #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#
  private static let ed25519Token = """
    eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iyl\
    Gjg5BhVsPt9g7sVvpAr_MuM0KAg
    """
  private static let missingAudience = TokenFault.claim(
    "The token does not say whom it is made out for (aud); get one that does.")

  private static func keys(_ keys: String...) throws -> KeySet {
    try KeySet(jwks: Array(#"{"keys":[\#(keys.joined(separator: ","))]}"#.utf8), source: "the RFC")
  }

  private static func fault(
    _ token: String, _ keys: KeySet, rules change: (inout TokenRules) -> Void = { _ in }
  ) -> TokenFault? {
    judge(token, keys: keys) { rules in
      rules.issuer = "joe"
      change(&rules)
    }.fault
  }

  /// With one letter of the signature changed, which is a whole other signature.
  private static func damaged(_ token: String) throws -> String {
    let dot = try #require(token.lastIndex(of: "."))
    let first = token.index(after: dot)
    return token[..<first] + (token[first] == "A" ? "B" : "A") + token[token.index(after: first)...]
  }

  @Test func `RFC 7515 A 1 is signed with its secret`() throws {
    let bytes = try #require(
      Base64URL.decode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow".utf8))
    let keys = KeySet.empty.with(try TokenSecret(bytes, source: "the RFC"))
    let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\(Self.payload).dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    #expect(Self.fault(token, keys) { $0.algorithms = [.hs256] } == Self.missingAudience)
    #expect(Self.fault(try Self.damaged(token), keys) { $0.algorithms = [.hs256] } == .signature)
    // Not in the rules as they are when nobody has asked for it.
    guard case .algorithm? = Self.fault(token, keys) else {
      Issue.record("HS256 was accepted by itself.")
      return
    }
  }

  @Test func `RFC 7515 A 2 is signed with its RSA key`() throws {
    let token = "eyJhbGciOiJSUzI1NiJ9.\(Self.payload).\(Self.rsaSignature)"
    let keys = try Self.keys(Self.p256, Self.rsa, Self.ed25519)
    #expect(Self.fault(token, keys) == Self.missingAudience)
    #expect(Self.fault(try Self.damaged(token), keys) == .unknownKey)
  }

  @Test func `RFC 7515 A 3 is signed with its P-256 key`() throws {
    let token = "eyJhbGciOiJFUzI1NiJ9.\(Self.payload).\(Self.p256Signature)"
    let keys = try Self.keys(Self.rsa, Self.p256)
    #expect(Self.fault(token, keys) == Self.missingAudience)
    #expect(Self.fault(try Self.damaged(token), keys) == .unknownKey)
  }

  @Test func `RFC 7515 A 4 is signed with ES512, which is not accepted, and its key is of no use`() throws {
    guard case .algorithm? = Self.fault(Self.p521Token, try Self.keys(Self.rsa, Self.p521)) else {
      Issue.record("ES512 was accepted.")
      return
    }
    #expect(throws: KeySetError.self) { try Self.keys(Self.p521) }
  }

  @Test func `RFC 7515 A 5 and RFC 7519 6 1 are not signed at all`() throws {
    guard case .algorithm? = Self.fault("eyJhbGciOiJub25lIn0.\(Self.payload).", try Self.keys(Self.rsa)) else {
      Issue.record("A token without a signature was accepted.")
      return
    }
  }

  @Test func `RFC 8037 A 4 is signed with its Ed25519 key`() throws {
    let keys = try Self.keys(Self.ed25519)
    guard case .malformed(let sentence)? = Self.fault(Self.ed25519Token, keys) else {
      Issue.record("The signature was not taken as good.")
      return
    }
    #expect(sentence.hasPrefix("The payload of the token is not one JSON object"))
    #expect(Self.fault(try Self.damaged(Self.ed25519Token), keys) == .unknownKey)
  }

  @Test func `RFC 8037 A 1 to A 4 come out as printed`() throws {
    // The private half of RFC 8037's example, which all the world knows.
    let key = """
      {"kty":"OKP","crv":"Ed25519","alg":"EdDSA","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
      "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
      """
    let signer = try TokenSigner(privateJWK: Array(key.utf8), source: "the RFC")
    #expect(signer.keyID == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    let token = try signer.sign(
      header: Array(#"{"alg":"EdDSA"}"#.utf8), payload: Array("Example of Ed25519 signing".utf8))
    #expect(token == Self.ed25519Token)
  }
}
