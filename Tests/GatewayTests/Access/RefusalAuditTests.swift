import Gateway
import HTTP
import JSON
import TestSupport
import Testing

/// Who was refused what, for those who must be able to tell later.
@Suite struct RefusalAuditTests {
  private func refusals(_ gateway: TestGateway) async throws -> [JSONValue] {
    let answer = try #require(
      try await gateway.ask(
        "GET", "/audit?limit=1000", door: .admin, showing: try CertificateFiles.certificates()[.goodOperator]))
    let records = try JSONValue(parsing: answer.body)["records"]
    return Array(records?.elements.filter { $0["event"]?.string == "refusal" } ?? [])
  }

  private func bearer(_ subject: String) throws -> String {
    "Authorization: Bearer \(try TestTokens.token(for: subject))"
  }

  @Test func `each kind is written with the route's pattern and what is known of whoever asked`() async throws {
    try await TestGateway.run { gateway async throws in
      let session = try await gateway.signIn(.anna)
      _ = try await gateway.ask("GET", "/api/about")
      _ = try await gateway.ask("GET", "/api/about", [try bearer("stranger")])
      _ = try await gateway.ask("GET", "/api/about", [try bearer("vera"), session.cookie])
      _ = try await gateway.ask("DELETE", "/api/sessions/secret-value", [session.cookie])
      _ = try await gateway.ask(
        "GET", "/status", door: .admin, showing: try TestPeople.olaf.certificate())
      let records = try await refusals(gateway)
      let shown = records.map { record in
        [record["route"]?.string, record["who"]?.string, record["detail"]?.string?.prefix(4).description]
          .map { $0 ?? "-" }.joined(separator: " ")
      }
      #expect(
        shown == [
          "GET /api/about - 401:", "GET /api/about - 403:", "GET /api/about vera 400:",
          "DELETE /api/sessions/{id} anna 403:", "GET /status olaf 403:",
        ])
      try #require(records.count == 5)
      #expect(records.allSatisfy { $0["from"]?.string == "127.0.0.1" && $0["result"]?.string == "refused" })
      #expect(records.allSatisfy { $0["request"]?.string?.isEmpty == false })
      #expect(records[3]["session"]?.string?.isEmpty == false)
      #expect(records[4]["action"]?.string == "administer")
      // Operators are told what the one who asked is not.
      #expect(records[1]["detail"]?.string?.contains("stranger") == true)
      #expect(records[4]["detail"]?.string?.contains("administer") == true)
      #expect(!records.contains { $0["route"]?.string?.contains("secret-value") == true })
    }
  }

  @Test func `what has nothing to do with identity is none`() async throws {
    try await TestGateway.run { gateway async throws in
      _ = try await gateway.ask("GET", "/nothing")
      _ = try await gateway.ask("PUT", "/healthz")
      _ = try await gateway.ask("POST", "/api/session", body: "{}")
      _ = try await gateway.ask("DELETE", "/api/sessions/abc", [try bearer("anna")])
      #expect(try await refusals(gateway).isEmpty)
    }
  }

  @Test func `who is refused again and again is told by a number`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      try await gateway.client(.people) { client in
        for _ in 0..<50 { _ = try client.get("/api/about") }
      }
      #expect(try await refusals(gateway).count == 20)
      clock.turn(seconds: 60)
      _ = try await gateway.ask("GET", "/api/about")
      let records = try await refusals(gateway)
      try #require(records.count == 22)
      #expect(records[20]["detail"]?.string?.hasPrefix("30 more") == true)
    }
  }
}
