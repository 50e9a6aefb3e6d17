import Gateway
import HTTP
import TestSupport
import Testing

/// CORS over real sockets: off, and for listed origins alone.
@Suite struct CrossOriginTests {
  private static let listed = "https://tools.example"

  private func corsFields(_ answer: Answer?) -> [String: [String]] {
    guard let answer else { return ["no answer": []] }
    let names = Set(answer.fields.map(\.name).filter { $0.hasPrefix("access-control-") })
    return Dictionary(uniqueKeysWithValues: names.map { ($0, answer.fields.values(of: $0)) })
  }

  private func preflight(_ gateway: TestGateway, _ origin: String, _ path: String = "/api/session") async throws
    -> Answer?
  {
    try await gateway.ask(
      "OPTIONS", path,
      [
        "Origin: \(origin)", "Access-Control-Request-Method: DELETE",
        "Access-Control-Request-Headers: x-signalbox-csrf",
      ])
  }

  @Test(arguments: [Self.listed, "https://evil.example", "null"])
  func `without a list no page of elsewhere may read or ask`(origin: String) async throws {
    try await TestGateway.run { gateway async throws in
      #expect(corsFields(try await preflight(gateway, origin)).isEmpty)
      let answer = try await gateway.ask("GET", "/healthz", ["Origin: \(origin)"])
      #expect(corsFields(answer).isEmpty)
      #expect(answer?.fields["vary"] == nil)
    }
  }

  @Test func `a listed page may ask for what the path takes`() async throws {
    try await TestGateway.run {
      $0.identity.origins = [Self.listed]
    } _: { gateway in
      let answer = try #require(try await preflight(gateway, Self.listed))
      #expect(answer.status == 204)
      let fields = corsFields(answer)
      #expect(fields["access-control-allow-origin"] == [Self.listed])
      #expect(fields["access-control-allow-credentials"] == ["true"])
      #expect(fields["access-control-allow-methods"] == ["DELETE, GET, HEAD, OPTIONS, POST"])
      #expect(
        fields["access-control-allow-headers"] == ["authorization, content-type, last-event-id, x-signalbox-csrf"])
      #expect(answer.fields.values(of: "vary").contains("origin"))
    }
  }

  @Test(arguments: ["https://evil.example", "https://tools.example.evil.example", "http://tools.example", "null", "*"])
  func `others are told nothing, and nothing is said back to them`(origin: String) async throws {
    try await TestGateway.run {
      $0.identity.origins = [Self.listed]
    } _: { gateway async throws in
      #expect(corsFields(try await preflight(gateway, origin)).isEmpty)
      for path in ["/healthz", "/api/about", "/nothing"] {
        let answer = try await gateway.ask("GET", path, ["Origin: \(origin)"])
        #expect(corsFields(answer).isEmpty)
        #expect(answer?.fields.values(of: "vary").contains("origin") == true)
      }
    }
  }

  @Test func `every answer to a listed page says so, refusals too`() async throws {
    try await TestGateway.run {
      $0.identity.origins = [Self.listed]
    } _: { gateway async throws in
      let origin = "Origin: \(Self.listed)"
      let answers = [
        200: try await gateway.ask("GET", "/", [origin]), 401: try await gateway.ask("GET", "/api/about", [origin]),
        404: try await gateway.ask("GET", "/nothing", [origin]),
        405: try await gateway.ask("PUT", "/healthz", [origin]),
        400: try await gateway.ask("POST", "/api/session", [origin], body: "{}"),
      ]
      for (status, answer) in answers {
        #expect(answer?.status == status)
        #expect(corsFields(answer)["access-control-allow-origin"] == [Self.listed], "\(status)")
        #expect(answer?.fields.values(of: "vary").contains("origin") == true)
      }
      // Two of them are nobody's.
      #expect(corsFields(try await gateway.ask("GET", "/", [origin, origin])).isEmpty)
    }
  }

  @Test func `a listed page changes something with a session and its token`() async throws {
    try await TestGateway.run {
      $0.identity.origins = [Self.listed]
    } _: { gateway async throws in
      let session = try await gateway.signIn(.anna)
      func refresh(_ lines: String...) async throws -> Int? {
        try await gateway.ask("POST", "/api/session/refresh", [session.cookie] + lines)?.status
      }
      #expect(try await refresh("Origin: \(Self.listed)", "Sec-Fetch-Site: cross-site") == 403)
      #expect(try await refresh("Origin: \(Self.listed)", "Sec-Fetch-Site: cross-site", session.csrfLine) == 200)
      #expect(try await refresh("Origin: https://evil.example", session.csrfLine) == 403)
    }
  }
}
