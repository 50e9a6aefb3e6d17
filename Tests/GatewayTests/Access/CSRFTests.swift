import Gateway
import HTTP
import TestSupport
import Testing

/// Requests that a page of another site causes carry what browsers send by themselves, and never what only our pages know.
@Suite struct CSRFTests {
  private static let path = "/api/session/refresh"

  @Test func `a cookie alone changes nothing`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.anna)
      let other = try await gateway.signIn(.anna)
      func status(_ lines: String...) async throws -> Int? {
        try await gateway.ask("POST", Self.path, [session.cookie] + lines)?.status
      }
      #expect(try await status() == 403)
      #expect(try await status("X-Signalbox-CSRF: ") == 403)
      #expect(try await status("X-Signalbox-CSRF: \(session.csrf.dropLast())") == 403)
      #expect(try await status("X-Signalbox-CSRF: \(session.csrf.dropLast())!") == 403)
      // Of another session, even of the same person.
      #expect(try await status(other.csrfLine) == 403)
      #expect(try await status(session.csrfLine, other.csrfLine) == 403)
      #expect(try await status(session.csrfLine, session.csrfLine) == 403)
      #expect(try await status("Origin: \(gateway.origin)", "Sec-Fetch-Site: same-origin") == 403)
      #expect(try await status(session.csrfLine) == 200)
    }
  }

  @Test(arguments: ["POST", "DELETE"]) func `each method that changes something needs the token`(method: String)
    async throws
  {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.anna)
      let path = method == "POST" ? Self.path : "/api/session"
      #expect(try await gateway.ask(method, path, [session.cookie])?.status == 403)
      #expect(try await gateway.ask("GET", "/api/session", [session.cookie])?.status == 200)
      #expect(
        (200...204).contains(try await gateway.ask(method, path, [session.cookie, session.csrfLine])?.status ?? 0))
    }
  }

  @Test func `a certificate comes by itself, too, so that a cookie beside it needs the token all the same`()
    async throws
  {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.olaf)
      let certificate = try TestPeople.olaf.certificate()
      #expect(try await gateway.ask("POST", Self.path, [session.cookie], showing: certificate)?.status == 403)
      let good = try await gateway.ask("POST", Self.path, [session.cookie, session.csrfLine], showing: certificate)
      #expect(good?.status == 200)
    }
  }

  @Test func `a bearer token is sent by programs alone and needs no other`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.olaf)
      let lines = [session.cookie, "Authorization: Bearer \(try TestTokens.token(for: "olaf"))"]
      #expect(try await gateway.ask("POST", Self.path, lines)?.status == 200)
    }
  }

  @Test func `the refusal says where the token is, and is no 401`() async throws {
    try await TestGateway.run { gateway in
      let session = try await gateway.signIn(.anna)
      let answer = try #require(try await gateway.ask("POST", Self.path, [session.cookie]))
      #expect(answer.text.contains("x-signalbox-csrf"))
      #expect(answer.text.contains("GET /api/session"))
      #expect(answer.fields["www-authenticate"] == nil)
      #expect(!answer.text.contains(session.csrf))
    }
  }
}
