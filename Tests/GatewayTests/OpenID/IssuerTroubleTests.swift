import FoundationEssentials
import HTTP
import Identity
import Telemetry
import TestSupport
import Testing
import Wire

@testable import Gateway

/// An issuer that is away, slow, broken, or has changed its keys.
@Suite struct IssuerTroubleTests {
  @Test(arguments: [
    (HTTPStatus.badRequest, #"{"error":"invalid_client","error_description":"a<b"}"#, 502),
    (.unauthorized, "", 502), (.ok, "<html>", 502), (.ok, "{}", 502), (.ok, "[]", 502), (.ok, "", 502),
    (.ok, #"{"id_token":"garbage","token_type":"Bearer"}"#, 403),
    (.ok, "{\"id_token\":\"\(String(repeating: "a", count: 9000))\",\"token_type\":\"Bearer\"}", 403),
    (.ok, "{\"x\":\"\(String(repeating: "a", count: 300_000))\"}", 502), (.found, "", 502),
    (.internalServerError, "oops", 503), (.serviceUnavailable, "", 503),
  ])
  func `whatever the token endpoint answers, somebody is told and can try again`(
    _ status: HTTPStatus, _ body: String, _ expected: Int
  ) async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.tokens = .answers(status, body) }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(
        page, in: browser, status: expected, result: expected == 403 ? "refused" : "failed")
      #expect((record?.detail?.utf8.count ?? 0) < 400)
      stand.issuer.behave { $0.tokens = .works }
      #expect(try await browser.visit(stand.start).status == 200)
    }
  }

  @Test func `an answer that breaks off is none`() async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.tokens = .breaksOff }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      try await stand.expectFailure(page, in: browser, status: 503, result: "failed")
    }
  }

  @Test func `an issuer that does not answer holds nobody for long`() async throws {
    try await TestIssuer.run { issuer in
      let loop = try await Loop.start(name: "calls")
      let folder = try TemporaryFolder()
      let authority = try folder.write(CertificateFiles.certificates().serverAuthority.certificatePEM, to: "ca.pem")
      let provider = IdentityConfiguration.OpenIDProvider(
        issuer: issuer.name, authorityFile: authority, clientID: TestIssuer.clientID)
      let redirectURI = "https://box.example/callback"
      var deadlines = OpenIDCaller.patience
      deadlines.connect = .seconds(60)
      deadlines.total = .seconds(60)
      deadlines.answer = .milliseconds(200)
      let signIn = try await OpenIDSignIn.make(
        provider, clock: .system, log: Log(sink: DiscardSink(), clock: { 0 }), deadlines: deadlines,
        redirectURI: { redirectURI }
      ) { loop }
      let gate = Gate()
      // The document has to come within the same time; a busy machine may need another try.
      var begun: OpenIDSignIn.Begun?
      _ = await eventually {
        begun = try? await signIn.begin(returningTo: .frontPage, browser: nil, address: "127.0.0.1")
        return begun != nil
      }
      let location = try ServiceURL(parsing: try #require(begun).location)
      let state = try #require(location.target.queryValue("state"))
      let callback = OpenIDCallback(state: state, issuer: issuer.name, code: "any")
      let taken = try await signIn.take(callback, browser: begun?.cookie)
      issuer.behave { $0.tokens = .waits(gate) }
      let fault = await #expect(throws: OpenIDFault.self) { try await signIn.finish(callback, taken.flow) }
      #expect(fault?.kind == .unavailable)
      #expect(fault?.detail.contains("did not answer within 200 ms") == true, "\(fault?.detail ?? "")")
      gate.open()
      await signIn.close()
      await loop.stop()
    }
  }

  @Test func `keys that were changed between two sign-ins are found`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      #expect(try await stand.browser().visit(stand.start).status == 200)
      try stand.issuer.rotateKeys()
      // Unknown keys have them fetched again, but not more often than once in a while.
      clock.turn(seconds: 60)
      let page = try await stand.browser().visit(stand.start)
      #expect(page.status == 200, "\(page.text)")
      #expect(stand.issuer.visits.keys == 2)
      #expect(stand.issuer.visits.discovery == 1)
    }
  }

  @Test func `an issuer that is away is said to be, and is found again without help`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      await stand.issuer.stop()
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 503, result: "failed")
      #expect(page.text.contains("cannot be reached at the moment. Try again in a minute."))
      #expect(record?.route == "GET /api/session/openid")
      try await stand.issuer.start()
      // Not with each try of everybody.
      #expect(try await browser.visit(stand.start).status == 503)
      #expect(stand.issuer.visits.discovery == 0)
      clock.turn(seconds: 6)
      #expect(try await browser.visit(stand.start).status == 200)
    }
  }

  @Test func `an issuer that goes away later is needed for the second half only`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      let browser = stand.browser()
      let back = try await stand.wayBack(in: browser)
      await stand.issuer.stop()
      let page = try await browser.visit(back)
      try await stand.expectFailure(page, in: browser, status: 503, result: "failed")
      // The document is old by now, and the last good one stays.
      clock.turn(seconds: 3601)
      let begun = try await stand.get(stand.start)
      #expect(begun.status == 303)
      #expect(
        stand.gateway.log.all.contains { $0.contains("no discovery document") && $0.contains("\"lastGoodKept\":true") })
      try await stand.issuer.start()
      clock.turn(seconds: 10)
      let recovered = try await browser.visit(stand.start)
      #expect(recovered.status == 200, "\(recovered.text)")
      #expect(stand.issuer.visits.discovery == 2)
    }
  }

  @Test func `without the issuer's keys nobody is signed in`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      stand.issuer.behave { $0.keysInstead = .internalServerError }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      try await stand.expectFailure(page, in: browser, status: 503, result: "failed")
      stand.issuer.behave { $0.keysInstead = nil }
      clock.turn(seconds: 120)
      #expect(try await browser.visit(stand.start).status == 200)
    }
  }

  @Test func `the document of another issuer is not used`() async throws {
    let clock = TurnedClock()
    try await SignInStand.run(clock: clock.clock) { stand in
      stand.issuer.behave { $0.discovery.issuer = "https://evil.example" }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 502, result: "failed")
      #expect(record?.detail?.contains("is of \"https://evil.example\"") == true)
      #expect(!page.text.contains("evil"), "What is wrong with the issuer is for operators.")
      #expect(stand.issuer.visits.authorizations == 0)
    }
  }

  @Test(arguments: [(HTTPStatus.notFound, "", 503), (.ok, "<html>", 502), (.movedPermanently, "", 503)])
  func `what is no document is not used`(_ status: HTTPStatus, _ body: String, _ expected: Int) async throws {
    try await SignInStand.run { stand in
      stand.issuer.behave { $0.discovery.instead = (status, body) }
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      try await stand.expectFailure(page, in: browser, status: expected, result: "failed")
    }
  }

  @Test func `an issuer with a certificate of somebody else is not called`() async throws {
    let folder = try TemporaryFolder()
    let authority = try folder.write(CertificateFiles.certificates().clientAuthority.certificatePEM, to: "ca.pem")
    try await SignInStand.run {
      $0.openID?.authorityFile = authority
    } _: { stand in
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 503, result: "failed")
      #expect(record?.detail?.contains("is not good") == true, "\(record?.detail ?? "")")
      #expect(stand.issuer.visits == TestIssuer.Visits())
    }
  }

  @Test func `many who come at once cause one call`() async throws {
    try await SignInStand.run { stand in
      let statuses = try await withThrowingTaskGroup { group in
        for _ in 0..<20 { group.addTask { try await stand.get(stand.start).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 303, count: 20))
      #expect(stand.issuer.visits.discovery == 1)
    }
  }

  @Test func `a reload shows the issuer the new secret`() async throws {
    let folder = try TemporaryFolder()
    let secret = try folder.write("wrong\n", to: "secret", mode: 0o600)
    try await SignInStand.run(isConfidential: true) {
      $0.openID?.clientSecretFile = secret
    } _: { stand in
      let browser = stand.browser()
      let page = try await browser.visit(stand.start)
      let record = try await stand.expectFailure(page, in: browser, status: 502, result: "failed")
      #expect(record?.detail?.contains("Check openId.clientId and openId.clientSecret.") == true)
      try FileManager.default.removeItem(atPath: secret)
      try folder.write(TestIssuer.clientSecret, to: "secret", mode: 0o600)
      try await stand.gateway.gateway.reload()
      #expect(try await browser.visit(stand.start).status == 200)
    }
  }
}
