import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct SessionCookieTests {
  @Test func `two cookies of the name are refused, whichever comes first`() async throws {
    try await TestGateway.run { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      let good = "__Host-signalbox=\(try #require(visitor.cookie))"
      for fields in [
        ["Cookie: \(good); __Host-signalbox=x"], ["Cookie: __Host-signalbox=x; \(good)"], ["Cookie: \(good); \(good)"],
        ["Cookie: \(good)", "Cookie: __Host-signalbox=x"], ["Cookie: \(good)", "Cookie: a=b", "Cookie: \(good)"],
        ["Cookie: \(good);__Host-signalbox="],
      ] {
        for line in ["GET /api/session", "POST /api/session", "DELETE /api/session"] {
          let csrf = ["X-Signalbox-CSRF: \(visitor.csrf)"]
          #expect(try await gateway.ask(.people, line, fields: fields + csrf).status == 400, "\(line) \(fields)")
        }
      }
      #expect(try await visitor.isSignedIn())
    }
  }

  @Test func `a cookie among others is found`() async throws {
    try await TestGateway.run { gateway async throws in
      let good = "__Host-signalbox=\(try #require(try await gateway.visitor(.oscar).cookie))"
      for field in ["a=b; \(good)", "\(good); a=b", "a=b;\(good);c=d", "a; \(good) ;", "\(good);"] {
        #expect(try await gateway.ask(.people, "GET /api/session", fields: ["Cookie: \(field)"]).status == 200)
      }
    }
  }

  @Test func `a cookie is taken from nowhere else and by no other name`() async throws {
    try await TestGateway.run { gateway async throws in
      let value = try #require(try await gateway.visitor(.oscar).cookie)
      for field in [
        "Cookie: __host-signalbox=\(value)", "Cookie: __HOST-SIGNALBOX=\(value)", "Cookie: signalbox=\(value)",
        "Cookie: __Secure-signalbox=\(value)", "Cookie: x__Host-signalbox=\(value)", "Cookie: \(value)",
        "Cookie: =__Host-signalbox=\(value)", "Cookie: __Host-signalbox\(value)",
        "Cookie: \"__Host-signalbox=\(value)\"",
        "Cookie2: __Host-signalbox=\(value)", "Set-Cookie: __Host-signalbox=\(value)",
        "X-Session: __Host-signalbox=\(value)", "__Host-signalbox: \(value)",
        "X-Forwarded-Cookie: __Host-signalbox=\(value)",
        "Cookie: __Host-signalbox=\"\(value)\"", "Cookie: __Host-signalbox=\(value)A",
        "Cookie: __Host-signalbox=\(value)=",
        "Cookie: __Host-signalbox=\(value.dropLast())", "Cookie: __Host-signalbox=\(value.lowercased())",
        "Cookie: __Host-signalbox=%\(value)", "Cookie: __Host-signalbox=", "Cookie: __Host-signalbox",
        "Cookie: a=b, __Host-signalbox=\(value)",
      ] {
        #expect(try await gateway.ask(.people, "GET /api/session", fields: [field]).status == 401, "\(field)")
      }
      for path in ["/api/session?__Host-signalbox=\(value)", "/api/session?session=\(value)", "/api/session;\(value)"] {
        #expect(try await gateway.ask(.people, "GET \(path)").status != 200)
      }
    }
  }

  @Test func `an authorization field is not where a cookie goes, nor the other way round`() async throws {
    try await TestGateway.run { gateway async throws in
      let value = try #require(try await gateway.visitor(.oscar).cookie)
      for field in ["Authorization: Bearer \(value)", "Authorization: Session \(value)"] {
        #expect(try await gateway.ask(.people, "GET /api/session", fields: [field]).status == 401)
      }
    }
  }

  @Test func `neither the id nor the page's token of a session opens anything`() async throws {
    try await TestGateway.run { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      for value in [visitor.id, visitor.csrf] {
        let field = "Cookie: __Host-signalbox=\(value)"
        #expect(try await gateway.ask(.people, "GET /api/session", fields: [field]).status == 401)
      }
      #expect(try await visitor.isSignedIn())
    }
  }
}
