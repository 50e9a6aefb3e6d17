import HTTP
import JSON
import TestSupport
import Testing

@testable import Gateway

/// The last refusals, as the page of operations shows them.
@Suite struct RecentRefusalsTests {
  private func entry(_ number: Int64, code: String = "forbidden", who: String? = "kim") -> RecentRefusals.Entry {
    RecentRefusals.Entry(
      time: number, status: 403, code: code, route: "GET /x", who: who, address: "127.0.0.1")
  }

  @Test func `the newest comes first, and the oldest goes`() {
    let refusals = RecentRefusals()
    for number in 1...60 { refusals.add(entry(Int64(number), code: "c\(number)")) }
    #expect(refusals.all.count == 50)
    #expect(refusals.all.first?.code == "c60")
    #expect(refusals.all.last?.code == "c11")
  }

  @Test func `one that comes again and again takes one place`() {
    let refusals = RecentRefusals()
    refusals.add(entry(1, who: nil))
    for number in 2...1000 { refusals.add(entry(Int64(number))) }
    refusals.add(entry(1001, who: "alex"))
    refusals.add(entry(1002))
    #expect(refusals.all.map(\.count) == [1, 1, 999, 1])
    #expect(refusals.all.map(\.time) == [1002, 1001, 1000, 1])
  }

  private func refusals(_ gateway: TestGateway, as person: TestPeople) async throws -> [JSONValue] {
    let line = "Authorization: Bearer \(try TestTokens.token(for: "\(person)"))"
    let answer = try #require(try await gateway.ask("GET", "/api/operations", [line]))
    #expect(answer.status == 200, "\(answer.text)")
    return try JSONValue(parsing: answer.body)["refusals"].map { Array($0.elements) } ?? []
  }

  @Test func `who is refused by identity, policy or limits is there, and names are for administrators`() async throws {
    try await TestGateway.run {
      $0.identity.rates.submitsPerPrincipal = 1
    } _: { gateway async throws in
      func bearer(_ person: TestPeople) throws -> String {
        "Authorization: Bearer \(try TestTokens.token(for: "\(person)"))"
      }
      // What has nothing to do with who asks is not among them.
      _ = try await gateway.get("/nothing")
      _ = try await gateway.ask("GET", "/api/tasks?limit=none", [try bearer(.anna)])
      _ = try await gateway.get("/api/about")
      _ = try await gateway.ask("POST", "/api/session", ["Authorization: Bearer nonsense"])
      _ = try await gateway.ask("GET", "/api/operations", [try bearer(.anna)])
      _ = try await gateway.ask("GET", "/api/operations", [try bearer(.anna)])
      _ = try await gateway.ask("GET", "/api/tasks/secret-id", [try bearer(.otto)])
      _ = try await gateway.ask("GET", "/status", door: .admin, showing: try TestPeople.olaf.certificate())
      func shown(_ entry: JSONValue) -> String {
        let words = [entry["status"]?.int.map { "\($0)" }, entry["code"]?.string, entry["route"]?.string]
        return words.map { $0 ?? "-" }.joined(separator: " ")
      }
      let expected = [
        "403 forbidden GET /status", "404 not-found GET /api/tasks/{id}", "403 forbidden GET /api/operations",
        "401 bad-token POST /api/session", "401 not-signed-in GET /api/about",
      ]
      let seen = try await refusals(gateway, as: .olaf)
      #expect(seen.map(shown) == expected)
      #expect(seen.allSatisfy { $0["who"] == nil && $0["from"] == nil })
      #expect(seen.map { $0["count"]?.int } == [1, 1, 2, 1, 1])
      let known = try await refusals(gateway, as: .ada)
      #expect(known.map(shown) == expected)
      #expect(known.map { $0["who"]?.string } == ["olaf", "otto", "anna", nil, nil])
      #expect(known.allSatisfy { $0["from"]?.string == "127.0.0.1" })
    }
  }

  @Test func `a limit that was reached is there`() async throws {
    try await TestGateway.run {
      $0.identity.rates.requestsPerPrincipal = 1
    } _: { gateway async throws in
      let anna = "Authorization: Bearer \(try TestTokens.token(for: "anna"))"
      for _ in 1...3 { _ = try await gateway.ask("GET", "/api/about", [anna]) }
      let refusals = try await refusals(gateway, as: .ada)
      #expect(refusals.first?["code"]?.string == "too-many-requests")
      #expect(refusals.first?["who"]?.string == "anna")
    }
  }
}
