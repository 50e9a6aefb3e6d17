import HTTP
import Identity
import TestSupport
import Testing

@testable import Gateway

/// What somebody can bring to the callback who is not who they say they are.
@Suite struct SignInAttackTests {
  @Test func `a callback is good once`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      #expect(try await browser.visit(back).status == 200)
      browser.forget(SignInStand.cookie, of: stand.origin)
      let again = try await browser.visit(back)
      try await stand.expectFailure(again, in: browser, status: 400, result: "refused", after: 1)
      #expect(stand.issuer.visits.tokens == 1, "The code was not shown again.")
    }
  }

  @Test func `also with the cookie still there`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      let cookie = try #require(browser.cookie(OpenIDCookie.name, of: stand.origin))
      #expect(try await browser.visit(back).status == 200)
      browser.forget(SignInStand.cookie, of: stand.origin)
      browser.put(OpenIDCookie.name, cookie, of: stand.origin)
      let again = try await browser.visit(back)
      try await stand.expectFailure(again, in: browser, status: 400, result: "refused", after: 1)
      #expect(stand.issuer.visits.tokens == 1)
    }
  }

  @Test func `without the cookie of the sign-in nobody comes in`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      browser.forget(OpenIDCookie.name, of: stand.origin)
      let page = try await browser.visit(back)
      try await stand.expectFailure(page, in: browser, status: 400, result: "refused")
      #expect(page.text.contains("Allow cookies here"))
      #expect(stand.issuer.visits.tokens == 0)
    }
  }

  /// Somebody sends the victim a link that signs the victim in as somebody else.
  @Test func `another browser cannot finish a sign-in, and its own is left alone`() async throws {
    try await SignInStand.run { stand in
      let (attacker, victim) = (stand.browser(), stand.browser())
      stand.issuer.behave { $0.user = "otto" }
      let link = try await stand.wayBack(in: attacker)
      stand.issuer.behave { $0.user = "anna" }
      let own = try await stand.wayBack(in: victim)
      let page = try await victim.visit(link)
      try await stand.expectFailure(page, in: victim, status: 400, result: "refused")
      #expect(stand.issuer.visits.tokens == 0)
      #expect(try await victim.visit(own).status == 200)
      #expect(try await stand.name(in: victim) == "anna")
    }
  }

  @Test func `a state that this gateway did not give out is nobody's`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      let state = try #require(back.firstMatch(of: /state=([^&]*)/)).1
      let changed = back.replacing(state, with: state.dropLast() + (state.hasSuffix("A") ? "B" : "A"))
      let page = try await browser.visit(changed)
      try await stand.expectFailure(page, in: browser, status: 400, result: "refused")
      #expect(stand.issuer.visits.tokens == 0)
    }
  }

  @Test func `a sign-in that took longer than ten minutes is over`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      clock.turn(seconds: 601)
      let page = try await browser.visit(back)
      try await stand.expectFailure(page, in: browser, status: 400, result: "refused")
    }
  }

  // MARK: Codes of others

  /// The code of the victim's sign-in, brought to a sign-in of the attacker's own.
  private func inject(in stand: SignInStand) async throws -> (page: TestBrowser.Page, browser: TestBrowser) {
    let (attacker, victim) = (stand.browser(), stand.browser())
    let stolen = try #require(try await stand.wayBack(in: victim).firstMatch(of: /code=([^&]*)/)).1
    stand.issuer.behave { $0.user = "otto" }
    let back = try await stand.wayBack(in: attacker)
    let own = try #require(back.firstMatch(of: /code=([^&]*)/)).1
    return (try await attacker.visit(back.replacing(own, with: stolen)), attacker)
  }

  @Test func `a stolen code does not fit the challenge of another sign-in`() async throws {
    try await SignInStand.run { stand in
      let (page, browser) = try await inject(in: stand)
      let record = try await stand.expectFailure(page, in: browser, status: 400, result: "refused")
      #expect(stand.issuer.refusals == ["code_verifier"])
      #expect(record?.detail?.contains("invalid_grant") == true)
    }
  }

  @Test func `at an issuer that does not look at the challenge, it does not fit the nonce`() async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.checksChallenge = false }
      let (page, browser) = try await inject(in: stand)
      let record = try await stand.expectFailure(page, in: browser, status: 403, result: "refused")
      #expect(stand.issuer.refusals == [])
      #expect(record?.detail == "The ID token has the nonce of another sign-in.")
    }
  }

  @Test func `a code that the issuer has taken back is no good`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      let code = try #require(back.firstMatch(of: /code=([^&]*)/)).1
      let page = try await browser.visit(back.replacing(code, with: "made-up"))
      try await stand.expectFailure(page, in: browser, status: 400, result: "refused")
      #expect(stand.issuer.refusals == ["code"])
    }
  }

  // MARK: Other issuers

  @Test(arguments: ["https://evil.example", "", nil] as [String?])
  func `an answer that is not of our issuer gets no code shown`(_ name: String?) async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.namedIssuer = { _ in name } }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 400, result: "refused")
      #expect(record?.detail?.contains("openId.issuer is \"\(stand.issuer.name)\"") == true, "\(record?.detail ?? "")")
      #expect(stand.issuer.visits.tokens == 0, "The code would have gone to the wrong one.")
    }
  }

  @Test func `an issuer that has not promised to name itself need not`() async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave {
        $0.discovery.promisesToNameItself = false
        $0.namedIssuer = { _ in nil }
      }
      #expect(try await stand.browser().visit(stand.start).status == 200)
      stand.issuer.behave { $0.namedIssuer = { _ in "https://evil.example" } }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      try await stand.expectFailure(page, in: browser, status: 400, result: "refused", after: 1)
    }
  }

  @Test func `a no of the issuer is told, as text`() async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.authorizationError = ("access_denied", "<script>alert('no')</script>\n\u{1f600}") }
      let browser = stand.browser()
      let page = try await browser.visit("\(stand.start)?return=/tasks/7")
      let record = try await stand.expectFailure(page, in: browser, status: 403, result: "refused")
      #expect(page.text.contains("&quot;access_denied&quot;: &quot;&lt;script&gt;alert(&#39;no&#39;)"), "\(page.text)")
      #expect(page.link == "/api/session/openid?return=%2Ftasks%2F7")
      #expect(record?.detail?.contains("access_denied") == true)
      #expect(browser.cookie(OpenIDCookie.name, of: stand.origin) == nil)
      #expect(stand.issuer.visits.tokens == 0)
    }
  }
}
