import Foundation
import HTTP
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Rates that several gateways count together.
@Suite(.timeLimit(.minutes(3)))
struct SharedRateTests {
  private func gates(_ count: Int, _ clock: TurnedClock, _ limits: IdentityConfiguration.RateLimits) -> [RateGate] {
    (0..<count).map { _ in
      let gate = RateGate(limits: limits, clock: clock.clock)
      gate.beginTelling()
      return gate
    }
  }

  /// Everybody tells everybody.
  private func exchange(_ gates: [RateGate], limit: Int = 256) {
    let told = gates.map { $0.takeUntold(limit: limit) }
    for (index, counts) in told.enumerated() {
      let round = CountRound(from: "\(index)", number: 1, age: 0, counts: counts)
      for (other, gate) in gates.enumerated() where other != index { gate.hear(round) }
    }
  }

  private func passed(_ gate: RateGate, _ kind: RateGate.Kind, _ tries: Int, principal: String = "anna") -> Int {
    (0..<tries).count { _ in (try? gate.pass(kind, principal: principal)) != nil }
  }

  @Test func `what was admitted at one counts at the other, in each table`() {
    let clock = TurnedClock()
    var limits = IdentityConfiguration.RateLimits()
    (limits.requestsPerPrincipal, limits.submitsPerPrincipal, limits.commandsPerPrincipal) = (10, 6, 4)
    (limits.requestsPerAddress, limits.signInsPerAddress) = (8, 2)
    let gates = gates(2, clock, limits)
    func spend(_ gate: RateGate) -> [Int] {
      [.request, .submit, .command].map { passed(gate, $0, 20) }
        + [.request, .signIn].map { kind in (0..<20).count { _ in (try? gate.pass(kind, address: "::1")) != nil } }
    }
    #expect(spend(gates[0]) == [10, 6, 4, 8, 2])
    exchange(gates)
    #expect(spend(gates[1]) == [0, 0, 0, 0, 0])
    // It is not told back.
    exchange(gates)
    clock.turn(seconds: 60)
    #expect(spend(gates[0]) == [10, 6, 4, 8, 2])
    #expect(passed(gates[1], .request, 20, principal: "vera") == 10)
  }

  @Test(arguments: [2, 3], 0..<10 as Range<UInt64>)
  func `over any time all gateways admit the rate, and a minute's worth each`(count: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let clock = TurnedClock()
    var limits = IdentityConfiguration.RateLimits()
    let limit = Int.random(in: 1...120, using: &random)
    limits.requestsPerPrincipal = limit
    let gates = gates(count, clock, limits)
    // In one second, before anybody hears of it, others let in what has come in by then.
    let ofRound = (count - 1) * (limit / 60 + 1) + 1
    var admitted = 0
    for second in 0..<400 {
      for gate in gates { admitted += passed(gate, .request, Int.random(in: 0...200, using: &random)) }
      #expect(admitted <= limit * second / 60 + count * limit + ofRound, "limit \(limit) at \(second)")
      exchange(gates)
      clock.turn(seconds: 1)
    }
    #expect(admitted >= limit * 390 / 60, "They are not stricter than one gateway alone.")
  }

  @Test func `of too many keys those are told that have used most of their limit`() {
    let clock = TurnedClock()
    var limits = IdentityConfiguration.RateLimits()
    (limits.requestsPerAddress, limits.signInsPerAddress) = (6000, 30)
    let gate = gates(1, clock, limits)[0]
    for address in 0..<1000 { try? gate.pass(.request, address: "\(address)") }
    for _ in 0..<20 { try? gate.pass(.request, address: "500") }
    for _ in 0..<3 { try? gate.pass(.signIn, address: "x") }
    #expect(
      gate.takeUntold(limit: 2) == [
        CountRound.Count(key: "sx", count: 3), CountRound.Count(key: "a500", count: 21),
      ])
    #expect(gate.takeUntold(limit: 2).isEmpty)
  }

  @Test func `keys of a table that is not known change nothing`() {
    let clock = TurnedClock()
    var limits = IdentityConfiguration.RateLimits()
    limits.requestsPerPrincipal = 5
    let gate = gates(1, clock, limits)[0]
    let counts = ["", "p", "zanna", "anna"].map { CountRound.Count(key: $0, count: 5) }
    gate.hear(CountRound(from: "x", number: 1, age: 0, counts: counts))
    #expect(passed(gate, .request, 9) == 5)
  }

  // MARK: On a real server

  private func status(_ gateway: TestGateway, _ bearer: String) async throws -> Int {
    try await gateway.ask("GET", "/api/about", [bearer])?.status ?? 0
  }

  @Test func `who has spent a minute's worth at one gateway gets 429 at the other, and without the server does not`()
    async throws
  {
    let clock = TurnedClock()
    let server = try RedisProcess()
    try await server.start()
    var place = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false))
    place.prefix = "rates"
    func configure(_ configuration: inout GatewayConfiguration) {
      configuration.journal.redis = place
      configuration.identity.rates.requestsPerPrincipal = 40
    }
    try await TestGateway.run(clock: clock.clock, configure: configure) { one async throws in
      try await TestGateway.run(clock: clock.clock, configure: configure) { other async throws in
        let anna = "Authorization: Bearer \(try TestTokens.token(for: "anna", now: clock.now))"
        let vera = "Authorization: Bearer \(try TestTokens.token(for: "vera", now: clock.now))"
        for gateway in [one, other] { #expect(try await status(gateway, vera) == 200) }
        #expect(
          await eventually {
            let told = try? await server.command("XRANGE", "{rates}:counts", "-", "+")
            return told?.components(separatedBy: "pvera").count == 3
          }, "Both tell, so both hear.")
        for _ in 0..<40 { #expect(try await status(one, anna) == 200) }
        #expect(try await status(one, anna) == 429)
        // What is let in meanwhile is told back: both owe it.
        var extra = 0
        while try await status(other, anna) == 200 {
          extra += 1
          try #require(extra < 40, "Nothing is heard of the first.")
          try await Task.sleep(for: .milliseconds(50))
        }
        #expect(try await status(other, vera) == 200)
        let told = try await server.command("XRANGE", "{rates}:counts", "-", "+")
        #expect(told.contains("panna"))
        await server.kill()
        clock.turn(seconds: 180)
        // Each by itself.
        for gateway in [one, other] {
          for _ in 0..<40 { #expect(try await status(gateway, anna) == 200) }
          #expect(try await status(gateway, anna) == 429)
        }
        // Gateways without it take their time to end.
        try await server.start()
      }
    }
    await server.kill()
  }
}
