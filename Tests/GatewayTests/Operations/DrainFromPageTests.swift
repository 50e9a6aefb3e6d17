import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// `POST /api/operations:drain`: the end of the gateway, from its page.
@Suite struct DrainFromPageTests {
  private static let path = "/api/operations:drain"

  private func run(_ body: (TestGateway) async throws -> Void) async throws {
    try await TestGateway.run(configure: { $0.drain = .seconds(600) }, body)
  }

  @Test func `an administrator begins it in a browser, and it is in the audit trail with what was said`() async throws {
    try await run { gateway async throws in
      let session = try await gateway.signIn(.ada)
      let lines = [session.cookie, session.csrfLine]
      let answer = try #require(
        try await gateway.ask("POST", Self.path, lines, body: #"{"id":"d-1","why":"A new version comes."}"#))
      #expect(answer.status == 202, "\(answer.text)")
      let page = try JSONValue(parsing: answer.body)
      #expect(page["phase"]?.string == "draining" && page["ready"]?.bool == false)
      #expect(page["mayAdminister"]?.bool == true)
      #expect(try await gateway.get("/readyz")?.status == 503)
      #expect(try await gateway.status()["phase"]?.string == "draining")
      // Whoever asks twice gets the same; a body is not needed.
      #expect(try await gateway.ask("POST", Self.path, lines)?.status == 202)
      let records = try await gateway.audited("command")
      #expect(
        records.map(\.detail) == [
          "The gateway drains, and ends. Id: d-1. Why: A new version comes.", "The gateway drains, and ends.",
        ])
      let trail = try JSONValue(parsing: try #require(try await gateway.operatorAsks("GET", "/audit")).body)["records"]
      let record = try #require(trail?.elements.first { $0["event"]?.string == "command" })
      #expect(record["who"]?.string == "ada" && record["credential"]?.string == "session")
      #expect(record["route"]?.string == "POST /api/operations:drain")
      #expect(record["action"]?.string == "administer" && record["session"]?.string?.isEmpty == false)
    }
  }

  @Test func `nobody else does, no page of elsewhere, and no session without its token`() async throws {
    try await run { gateway async throws in
      let operations = try await gateway.signIn(.olaf)
      let admin = try await gateway.signIn(.ada)
      for (lines, code) in [
        ([operations.cookie, operations.csrfLine], "forbidden"), ([admin.cookie], "csrf-required"),
        ([admin.cookie, operations.csrfLine], "csrf-required"),
        ([admin.cookie, admin.csrfLine, "Origin: https://elsewhere.example"], "foreign-origin"),
      ] {
        let answer = try #require(try await gateway.ask("POST", Self.path, lines))
        #expect(answer.status == 403)
        #expect(try JSONValue(parsing: answer.body)["code"]?.string == code)
      }
      #expect(try await gateway.get("/readyz")?.status == 200)
      #expect(try await gateway.audited("command").isEmpty)
    }
  }

  @Test(arguments: [
    (#"{"when":"now"}"#, "bad-body"), ("[]", "bad-body"), (#"{"why":7}"#, "bad-body"),
    (#"{"id":"a b"}"#, "bad-command"), (#"{"why":"a\u0007b"}"#, "bad-command"),
  ])
  func `what is not said as it has to be changes nothing`(body: String, code: String) async throws {
    try await run { gateway async throws in
      let admin = try await gateway.signIn(.ada)
      let answer = try #require(
        try await gateway.ask("POST", Self.path, [admin.cookie, admin.csrfLine], body: body))
      #expect(answer.status == 400)
      #expect(try JSONValue(parsing: answer.body)["code"]?.string == code)
      #expect(try await gateway.get("/readyz")?.status == 200)
    }
  }
}
