import HTTP
import TestSupport
import Testing

@testable import Gateway

/// Limits over real sockets, with a clock that is turned.
@Suite struct RateLimitTests {
  private func statuses(
    _ gateway: TestGateway, _ count: Int, _ path: String = "/api/about", _ lines: [String] = [], method: String = "GET"
  ) async throws -> [Int] {
    let request =
      "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n" + lines.map { $0 + "\r\n" }.joined()
      + "Content-Length: 0\r\n\r\n"
    return try await gateway.client(.people) { client in
      try (0..<count).map { _ in try client.ask(request)?.status ?? 0 }
    }
  }

  private func bearer(_ person: TestPeople, _ clock: TurnedClock) throws -> [String] {
    ["Authorization: Bearer \(try TestTokens.token(for: "\(person)", now: clock.now))"]
  }

  @Test func `a principal who asks too often is told when to come back, and others are not concerned`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) {
      $0.identity.rates.requestsPerPrincipal = 6
    } _: { gateway async throws in
      let anna = try bearer(.anna, clock)
      #expect(try await statuses(gateway, 8, "/api/about", anna) == Array(repeating: 200, count: 6) + [429, 429])
      let answer = try #require(try await gateway.ask("GET", "/api/about", anna))
      #expect(answer.fields.values(of: "retry-after") == ["10"])
      #expect(answer.fields["content-type"] == "application/problem+json")
      #expect(try await statuses(gateway, 1, "/api/about", bearer(.vera, clock)) == [200])
      clock.turn(seconds: 9)
      #expect(try await gateway.ask("GET", "/api/about", anna)?.fields["retry-after"] == "1")
      clock.turn(seconds: 1)
      #expect(try await statuses(gateway, 2, "/api/about", anna) == [200, 429])
    }
  }

  @Test func `whoever it is, an address has its limit, before anything is looked at`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) {
      $0.identity.rates.requestsPerAddress = 3
    } _: { gateway async throws in
      #expect(try await statuses(gateway, 4) == [401, 401, 401, 429])
      #expect(try await statuses(gateway, 1, "/api/about", bearer(.ada, clock)) == [429])
      // Probes and pages are not counted: a balancer asks for them from one address.
      #expect(try await statuses(gateway, 5, "/healthz") == Array(repeating: 200, count: 5))
      clock.turn(seconds: 20)
      #expect(try await statuses(gateway, 2, "/api/about", bearer(.ada, clock)) == [200, 429])
    }
  }

  @Test func `tries to sign in are few, right or wrong, and cost nobody else's requests`() async throws {
    let clock = TurnedClock()
    try await TestGateway.run(clock: clock.clock) {
      $0.identity.rates.signInsPerAddress = 4
    } _: { gateway async throws in
      let anna = try bearer(.anna, clock)
      #expect(
        try await statuses(gateway, 3, "/api/session", ["Authorization: Bearer x"], method: "POST") == [401, 401, 401])
      #expect(try await statuses(gateway, 3, "/api/session", anna, method: "POST") == [200, 429, 429])
      let answer = try #require(try await gateway.ask("POST", "/api/session", anna, body: "{}"))
      #expect(answer.fields["retry-after"] == "15")
      #expect(try await statuses(gateway, 1, "/api/about", anna) == [200])
    }
  }

  @Test func `submits have a limit of their own`() throws {
    let clock = TurnedClock()
    var limits = IdentityConfiguration.RateLimits()
    limits.submitsPerPrincipal = 2
    let gate = RateGate(limits: limits, clock: clock.clock)
    try gate.pass(.submit, principal: "anna")
    try gate.pass(.submit, principal: "anna")
    let refusal = #expect(throws: Refusal.self) { try gate.pass(.submit, principal: "anna") }
    #expect(refusal?.status == .tooManyRequests)
    #expect(refusal?.fields["retry-after"] == "30")
    try gate.pass(.submit, principal: "vera")
    try gate.pass(.request, principal: "anna")
  }
}
