import HTTP
import Identity
import JSON
import TestSupport
import Testing

@testable import Gateway

/// The whole way over real sockets: a browser, the gateway, the issuer.
@Suite struct SignInTests {
  @Test func `somebody signs in at the issuer and is back where they wanted to be`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let page = try await browser.visit("\(stand.start)?return=/api/session%3Fa=1%26b='")
      #expect(page.status == 200, "\(page.text)")
      #expect(page.url.path == "/api/session/openid/callback")
      #expect(page.cookies == ["__Host-signalbox-signin"])
      #expect(page.text.contains("<p>You are signed in as anna.</p>"))
      #expect(page.refresh == "/api/session?a=1&b='")
      #expect(page.link == "/api/session?a=1&amp;b=&#39;")
      #expect(page.fields["cache-control"] == "no-store")
      #expect(page.fields["referrer-policy"] == "no-referrer")
      #expect(page.fields["content-security-policy"]?.contains("script-src 'self'") == true)
      #expect(!page.text.contains("<script") && !page.text.contains("style="))

      let there = try await browser.visit(stand.origin + (page.refresh ?? ""), from: page)
      #expect(there.status == 200, "\(there.text)")
      #expect(there.cookies == ["__Host-signalbox"], "The other cookie has done its duty.")
      let who = try JSONValue(parsing: there.body)
      #expect(who["principal"]?.string == "anna")
      #expect(who["credential"]?.string == "session")
      #expect(who["roles"]?.elements.map(\.string) == ["analyst"])

      let records = try await stand.signIns(1)
      #expect(records.map(\.result) == ["ok"])
      #expect(records.first?.who == "anna")
      #expect(records.first?.route == "GET /api/session/openid/callback")
      #expect(stand.issuer.visits == TestIssuer.Visits(discovery: 1, keys: 1, authorizations: 1, tokens: 1))
    }
  }

  /// Why the last answer is a page and not a redirect.
  @Test func `a journey that the issuer began does not bring the session's cookie`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      let issuersPage = try await browser.visit("\(stand.issuer.name)/keys")
      let page = try await browser.visit(back, from: issuersPage)
      #expect(page.status == 200)
      #expect(browser.cookie(SignInStand.cookie, of: stand.origin) != nil)
      let redirected = try await browser.visit("\(stand.origin)/api/session", from: issuersPage)
      #expect(redirected.status == 401)
      let refreshed = try await browser.visit("\(stand.origin)/api/session", from: page)
      #expect(refreshed.status == 200)
    }
  }

  @Test func `a client with a secret shows it`() async throws {
    try await SignInStand.run(isConfidential: true) { stand in
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      #expect(page.status == 200, "\(page.text)")
      #expect(try await stand.name(in: browser) == "anna")
      #expect(stand.issuer.refusals == [])
    }
  }

  @Test func `somebody stays signed in for longer than the ID token is good`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      let browser = stand.browser()
      _ = try await browser.visit(stand.start)
      clock.turn(seconds: 900)
      #expect(try await stand.name(in: browser) == "anna")
      clock.turn(seconds: 900)
      #expect(try await stand.name(in: browser) == "anna")
      clock.turn(seconds: 12 * 3600)
      #expect(try await stand.name(in: browser) == nil)
    }
  }

  @Test func `two tabs of one browser can sign in at the same time`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      let (one, other) = (try await stand.wayBack(in: browser), try await stand.wayBack(in: browser))
      #expect(try await browser.visit(one).status == 200)
      #expect(browser.cookie(OpenIDCookie.name, of: stand.origin) != nil, "The other tab needs it.")
      #expect(try await browser.visit(other).status == 200)
      #expect(browser.cookie(OpenIDCookie.name, of: stand.origin) == nil)
    }
  }

  @Test func `a cookie that somebody has made up is not taken for the sign-in`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      browser.put(OpenIDCookie.name, "made-up", of: stand.origin)
      _ = try await stand.wayBack(in: browser)
      #expect(browser.cookie(OpenIDCookie.name, of: stand.origin)?.utf8.count == 43)
    }
  }

  @Test func `a new sign-in takes the place of the old session`() async throws {
    try await SignInStand.run { stand in
      let browser = stand.browser()
      _ = try await browser.visit(stand.start)
      let first = browser.cookie(SignInStand.cookie, of: stand.origin)
      stand.issuer.behave { $0.user = "otto" }
      _ = try await browser.visit(stand.start)
      #expect(browser.cookie(SignInStand.cookie, of: stand.origin) != first)
      #expect(try await stand.name(in: browser) == "otto")
    }
  }

  @Test func `whom the policy does not know gets a page that says so and no session`() async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.user = "<b>mallory" }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 403, result: "refused")
      #expect(page.text.contains("The issuer knows you as &quot;&lt;b&gt;mallory&quot;"), "\(page.text)")
      #expect(page.text.contains("Ask an operator for an entry in the policy; to come as somebody else, sign out"))
      #expect(record?.detail?.contains("mallory") == true)
      #expect(try await stand.name(in: browser) == nil)
    }
  }

  @Test(arguments: [
    "https://evil.example/", "//evil.example", "/\\evil.example", "/%09/evil.example", "\\\\evil.example",
    "javascript:alert(1)", "/a%0d%0aset-cookie:%20a=b", "/%22%3E%3Cscript%3E", "evil.example", "/sign-in%23token",
  ])
  func `nobody is sent to another place than this gateway`(_ path: String) async throws {
    try await SignInStand.run { stand in
      // The first of two counts, as everywhere in queries.
      for query in [
        "return=\(path.replacing("\\", with: "%5C"))", "return=\(path.replacing("\\", with: "%5C"))&return=/x",
      ] {
        let page = try await stand.browser().visit("\(stand.start)?\(query)")
        #expect(page.refresh == "/")
        #expect(page.link == "/")
        #expect(!page.text.contains("evil") && !page.text.contains("<script"))
      }
    }
  }

  @Test func `programs are told in JSON`() async throws {
    try await SignInStand.run { stand in
      let answer = try await stand.get("\(stand.start)/callback?code=a&state=b")
      #expect(answer.status == 400)
      #expect(answer.fields["content-type"] == "application/problem+json")
      #expect(try JSONValue(parsing: answer.text)["detail"]?.string?.contains("Allow cookies here") == true)
      #expect(try await stand.signIns(1).map(\.result) == ["refused"])
    }
  }

  @Test func `nothing secret is in the log or in the audit trail`() async throws {
    try await SignInStand.run(isConfidential: true) { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      let signIn = try #require(browser.cookie(OpenIDCookie.name, of: stand.origin))
      #expect(try await browser.visit(back).status == 200)
      let session = try #require(browser.cookie(SignInStand.cookie, of: stand.origin))
      // Once more, so that there is a failure too.
      #expect(try await browser.visit(back).status == 400)
      _ = try await stand.signIns(2)
      let written = try stand.everythingWritten()
      #expect(stand.issuer.secrets.count == 3)
      for secret in stand.issuer.secrets + [signIn, session, TestIssuer.clientSecret] {
        #expect(!written.contains(secret))
      }
    }
  }

  @Test func `where no issuer is configured there is no such door`() async throws {
    try await TestGateway.run { gateway in
      let answer = try await gateway.get("/api/session/openid")
      #expect(answer?.status == 404)
    }
  }

  @Test func `settings and files that cannot be used are said at the start`() async throws {
    typealias Change = @Sendable (inout IdentityConfiguration.OpenIDProvider) -> Void
    let changes: [(Change, String)] = [
      ({ $0.issuer = "http://issuer.example" }, "The issuer \"http://issuer.example\" cannot be used."),
      ({ $0.authorityFile = "/nonexistent/ca.pem" }, "/nonexistent/ca.pem"),
      ({ $0.clientSecretFile = "/nonexistent/secret" }, "/nonexistent/secret"),
    ]
    for (change, words) in changes {
      let error = await #expect(throws: (any Error).self) {
        try await SignInStand.run { identity in
          if var provider = identity.openID {
            change(&provider)
            identity.openID = provider
          }
        } _: { _ in
        }
      }
      #expect(error.map { "\($0)" }?.contains(words) == true, "\(error.map { "\($0)" } ?? "")")
    }
  }
}
