import TestSupport
import Testing

@testable import Gateway
@testable import Identity

/// ID tokens that an issuer should not have given, or did not give.
@Suite struct IDTokenAttackTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let alter: @Sendable (inout IDTokenRecipe) -> Void

    init(_ name: String, _ alter: @escaping @Sendable (inout IDTokenRecipe) -> Void) {
      testDescription = name
      self.alter = alter
    }
  }

  private static let stranger = Result { try TokenSigner.generate(.es256) }

  static let attacks = [
    Attack("another nonce") { $0.set("nonce", "another") },
    Attack("no nonce") { $0.claims["nonce"] = nil },
    Attack("an empty nonce") { $0.set("nonce", "") },
    Attack("another audience") { $0.set("aud", "another") },
    Attack("no audience") { $0.claims["aud"] = nil },
    Attack("an empty list of audiences") { $0.claims["aud"] = "[]" },
    Attack("several audiences without azp") { $0.claims["aud"] = #"["another", "\#(TestIssuer.clientID)"]"# },
    Attack("another azp") { $0.set("azp", "another") },
    Attack("another issuer") { $0.set("iss", "https://evil.example") },
    Attack("the issuer with a slash") {
      if let issuer = $0.claims["iss"] { $0.claims["iss"] = issuer.dropLast() + "/\"" }
    },
    Attack("no issuer") { $0.claims["iss"] = nil },
    Attack("expired") { $0.set("exp", UnixTime.now().seconds - 40) },
    Attack("no expiry") { $0.claims["exp"] = nil },
    Attack("an expiry that is a text") { $0.set("exp", "99999999999") },
    Attack("not yet valid") { $0.set("nbf", UnixTime.now().seconds + 3600) },
    Attack("from tomorrow") { $0.set("iat", UnixTime.now().seconds + 86_400) },
    Attack("no subject") { $0.claims["sub"] = nil },
    Attack("an empty subject") { $0.set("sub", "") },
    Attack("alg none") {
      $0.header["alg"] = "\"none\""
      $0.signer = nil
    },
    Attack("alg none with a signature") { $0.header["alg"] = "\"none\"" },
    Attack("no signature") { $0.signer = nil },
    Attack("HMAC with the public key") { $0.header["alg"] = "\"HS256\"" },
    Attack("another algorithm than the key's") { $0.header["alg"] = "\"RS256\"" },
    Attack("the key of somebody else under the issuer's name") { $0.signer = try? stranger.get() },
    Attack("a key that nobody knows") {
      $0.signer = try? stranger.get()
      $0.header["kid"] = "\"nobody's\""
    },
    Attack("a key that it brings along") {
      $0.signer = try? stranger.get()
      $0.header["kid"] = nil
      $0.header["jwk"] = (try? stranger.get().keySetText).map {
        String($0.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" })
      }
    },
    Attack("two subjects") { $0.claims["sub\":\"anna\",\"sub"] = "\"otto\"" },
    Attack("a critical extension") { $0.header["crit"] = #"["exp"]"# },
  ]

  @Test(arguments: attacks)
  func `an ID token that is not good signs nobody in`(_ attack: Attack) async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.alter = attack.alter }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 403, result: "refused")
      #expect(page.text.contains("The ID token of the issuer is not good for this sign-in."), "\(page.text)")
      #expect(record?.detail?.hasPrefix("The ID token ") == true, "\(record?.detail ?? "")")
      #expect(stand.issuer.visits.tokens == 1)
      // And the same browser can sign in once the issuer is honest again.
      stand.issuer.behave { $0.alter = { _ in } }
      #expect(try await browser.visit(stand.start).status == 200)
    }
  }

  @Test(arguments: [
    Attack("a list with one audience") { $0.claims["aud"] = #"["\#(TestIssuer.clientID)"]"# },
    Attack("several audiences with our azp") {
      $0.claims["aud"] = #"["another", "\#(TestIssuer.clientID)"]"#
      $0.set("azp", TestIssuer.clientID)
    },
    Attack("just expired, by a clock a little behind") { $0.set("exp", UnixTime.now().seconds - 1) },
    Attack("no kid and no typ") {
      $0.header["kid"] = nil
      $0.header["typ"] = nil
    },
    Attack("claims that nobody knows") { $0.claims["at_hash"] = "\"x\"" },
  ])
  func `one that is unusual does`(_ attack: Attack) async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.alter = attack.alter }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      #expect(page.status == 200, "\(page.text)")
      #expect(try await stand.name(in: browser) == "anna")
    }
  }
}
