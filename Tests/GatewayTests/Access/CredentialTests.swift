import FoundationEssentials
import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

/// Who is asking, over real sockets.
@Suite struct CredentialTests {
  private static let challenge = #"Bearer realm="signalbox""#

  private func bearer(_ subject: String, life: Int64 = 3600) throws -> String {
    "Authorization: Bearer \(try TestTokens.token(for: subject, life: life))"
  }

  private func whoami(
    _ gateway: TestGateway, _ lines: [String], showing credential: TestCredential? = nil
  ) async throws -> (status: Int, principal: String?, credential: String?) {
    let answer = try #require(try await gateway.ask("GET", "/api/session", lines, showing: credential))
    let body = try JSONValue(parsing: answer.body)
    return (answer.status, body["principal"]?.string, body["credential"]?.string)
  }

  @Test func `a certificate, a token and a cookie each say who it is`() async throws {
    try await TestGateway.run { gateway async throws in
      #expect(try await whoami(gateway, [], showing: TestPeople.olaf.certificate()) == (200, "olaf", "certificate"))
      #expect(try await whoami(gateway, [bearer("anna")]) == (200, "anna", "token"))
      let session = try await gateway.signIn(.vera)
      #expect(try await whoami(gateway, [session.cookie]) == (200, "vera", "session"))
    }
  }

  @Test func `who shows nothing is told what to show`() async throws {
    try await TestGateway.run { gateway in
      let answer = try #require(try await gateway.ask("GET", "/api/session"))
      #expect(answer.status == 401)
      #expect(answer.fields.values(of: "www-authenticate") == [Self.challenge])
      #expect(answer.fields["content-type"] == "application/problem+json")
      #expect(answer.fields["cache-control"] == "no-store")
    }
  }

  @Test func `a bad one is told why and never passed over`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.olaf)
      let good: [(lines: [String], certificate: TestCredential?)] = [
        ([], nil), ([], try TestPeople.olaf.certificate()), ([session.cookie], nil),
      ]
      for (lines, certificate) in good {
        for bad in ["Bearer x", "Bearer", try "Bearer \(TestTokens.token(for: "olaf", life: -3600))", "Basic b2xhZjpv"]
        {
          let answer = try await gateway.ask(
            "GET", "/api/session", lines + ["Authorization: \(bad)"], showing: certificate)
          #expect(answer?.status == 401, "\(bad)")
          let challenge = try #require(answer?.fields["www-authenticate"])
          #expect(challenge.hasPrefix(Self.challenge))
          let saysWhy = challenge.contains(#", error="invalid_token", error_description=""#)
          #expect(saysWhy == bad.hasPrefix("Bearer"), "\(challenge)")
        }
      }
      let stale = "Cookie: __Host-signalbox=\(String(repeating: "A", count: 64))"
      for (lines, certificate) in [([], nil), ([], try TestPeople.olaf.certificate()), ([try bearer("olaf")], nil)] {
        let answer = try await gateway.ask("GET", "/api/session", lines + [stale], showing: certificate)
        #expect(answer?.status == 401)
        #expect(answer?.fields["www-authenticate"] == Self.challenge)
      }
    }
  }

  @Test func `two of one person pass, and the first of certificate, token and cookie is what is used`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.olaf)
      let certificate = try TestPeople.olaf.certificate()
      let token = try bearer("olaf")
      #expect(try await whoami(gateway, [token, session.cookie]) == (200, "olaf", "token"))
      #expect(try await whoami(gateway, [session.cookie], showing: certificate) == (200, "olaf", "certificate"))
      #expect(try await whoami(gateway, [token, session.cookie], showing: certificate) == (200, "olaf", "certificate"))
    }
  }

  @Test func `two of different people are refused, whichever they are`() async throws {
    try await TestGateway.run { gateway async throws in
      let olaf = try TestPeople.olaf.certificate()
      let annas = try await gateway.signIn(.anna).cookie
      let vera = try bearer("vera")
      #expect(try await whoami(gateway, [vera], showing: olaf).status == 400)
      #expect(try await whoami(gateway, [annas], showing: olaf).status == 400)
      #expect(try await whoami(gateway, [vera, annas]).status == 400)
      #expect(try await whoami(gateway, [try bearer("olaf"), annas], showing: olaf).status == 400)
    }
  }

  @Test func `one name in two tenants is two people`() async throws {
    try await TestGateway.run {
      let policy = #"""
        {"principals": [{"token": {"subject": "*"}, "tenant": "claim", "roles": ["viewer"]}]}
        """#
      try Data(policy.utf8).write(to: URL(filePath: $0.identity.policyFile ?? ""))
    } _: { gateway async throws in
      func token(_ tenant: String) throws -> String {
        "Authorization: Bearer \(try TestTokens.token(for: "x", tenant: tenant))"
      }
      let signIn = try #require(try await gateway.ask("POST", "/api/session", [token("acme")]))
      let cookie = "Cookie: \(signIn.fields["set-cookie"]?.split(separator: ";").first ?? "")"
      #expect(try await whoami(gateway, [cookie, token("acme")]) == (200, "token:x", "token"))
      #expect(try await whoami(gateway, [cookie, token("globex")]).status == 400)
    }
  }

  @Test func `the same field twice is refused though both say the same`() async throws {
    try await TestGateway.run { gateway async throws in
      let cookie = try await gateway.signIn(.anna).cookie
      let anna = try bearer("anna")
      #expect(try await whoami(gateway, [anna, anna]).status == 400)
      #expect(try await whoami(gateway, [cookie, cookie]).status == 400)
      #expect(try await whoami(gateway, [cookie + "; " + cookie.dropFirst("Cookie: ".count)]).status == 400)
    }
  }

  @Test func `a good credential of nobody here is known for nobody, in one sentence for all`() async throws {
    try await TestGateway.run { gateway async throws in
      let stranger = try CertificateFiles.certificates().client(
        commonName: "x", uris: ["spiffe://signalbox.local/operator/stranger"], dnsNames: [])
      let byToken = try #require(try await gateway.ask("GET", "/api/about", [bearer("stranger")]))
      let byCertificate = try #require(try await gateway.ask("GET", "/api/about", showing: stranger))
      #expect(byToken.status == 403)
      #expect(byToken.body == byCertificate.body)
      #expect(byToken.fields["www-authenticate"] == nil)
      #expect(!byToken.text.contains("stranger"))
      // A known one beside it does not help.
      #expect(try await whoami(gateway, [bearer("olaf")], showing: stranger).status == 403)
    }
  }

  @Test func `a certificate that ends while its connection is open is no longer good`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) { gateway in
      let statuses = try await gateway.client(.people, showing: try TestPeople.olaf.certificate()) { client in
        let first = try client.get("/api/about")?.status
        // The certificate is good for thirty days.
        clock.turn(seconds: 30 * 86_400 - 600)
        let second = try client.get("/api/about")?.status
        clock.turn(seconds: 1200)
        return [first, second, try client.get("/api/about")?.status]
      }
      #expect(statuses == [200, 200, 401])
    }
  }

  @Test func `a token that ends between two requests is no longer good`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) { gateway in
      let line = "Authorization: Bearer \(try TestTokens.token(for: "anna", now: clock.now, life: 600))"
      let statuses = try await gateway.client(.people) { client in
        let first = try client.get("/api/about", line)?.status
        clock.turn(seconds: 700)
        return [first, try client.get("/api/about", line)?.status]
      }
      #expect(statuses == [200, 401])
    }
  }

  @Test func `without keys no token is good, and without a policy nobody is known`() async throws {
    try await TestGateway.run {
      $0.identity.tokens = nil
      $0.identity.policyFile = nil
    } _: { gateway async throws in
      #expect(try await whoami(gateway, [bearer("anna")]).status == 401)
      #expect(try await whoami(gateway, [], showing: TestPeople.ada.certificate()).status == 403)
    }
  }
}
