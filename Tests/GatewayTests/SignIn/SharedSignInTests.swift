import Foundation
import HTTP
import Identity
import JSON
import Journal
import TestSupport
import Testing

@testable import Gateway

/// Two gateways whose journal is on one Redis server: whoever is signed in at one is so at the other.
@Suite(.timeLimit(.minutes(5)))
struct SharedSignInTests {
  private static func place(_ server: RedisProcess, _ prefix: String) -> RedisConfiguration {
    var place = RedisConfiguration(server: RedisServer(host: "127.0.0.1", port: server.port, isEncrypted: false))
    place.prefix = prefix
    return place
  }

  /// Starts two gateways, and stops them.
  private static func run(
    on place: RedisConfiguration, clock: GatewayClock = .system,
    other: (inout GatewayConfiguration) -> Void = { _ in },
    _ body: (TestGateway, TestGateway) async throws -> Void
  ) async throws {
    try await TestGateway.run(clock: clock) { configuration in
      configuration.journal.redis = place
    } _: { one async throws in
      try await TestGateway.run(clock: clock) { configuration in
        configuration.journal.redis = place
        other(&configuration)
      } _: { second async throws in
        try await body(one, second)
      }
    }
  }

  /// Asks with a visitor's cookie at another gateway.
  private static func status(_ visitor: Visitor, at gateway: TestGateway) async throws -> Int {
    try await who(visitor, at: gateway).status
  }

  private static func who(_ visitor: Visitor, at gateway: TestGateway) async throws -> Answer {
    try await gateway.ask(
      .people, "GET /api/session", fields: ["Cookie: __Host-signalbox=\(visitor.cookie ?? "")"])
  }

  @Test func `who signed in at one is known at the other at once, and a link is good at both, once`() async throws {
    let server = try await RedisProcess.shared()
    let prefix = UUID().uuidString
    try await Self.run(on: Self.place(server, prefix)) { one, other in
      for round in 0..<10 {
        let (maker, user) = round.isMultiple(of: 2) ? (one, other) : (other, one)
        let link = try await maker.link(for: .oscar)
        let visitor = Visitor(user)
        #expect(try await visitor.signIn(link).status == 200)
        let there = try await Self.who(visitor, at: maker)
        #expect(there.status == 200)
        #expect(try there.json()["principal"]?.string == "oscar")
        #expect(try there.json()["csrf"]?.string == visitor.csrf)
        for gateway in [one, other] { #expect(try await Visitor(gateway).signIn(link).status == 401) }
      }
      // Neither has a session in a file of its own, and no secret is on the server.
      for gateway in [one, other] {
        #expect(!FileManager.default.fileExists(atPath: gateway.stateFolder + "/sessions.jsonl"))
      }
      let visitor = try await one.visitor(.anna)
      let kept = try await server.command("HGETALL", "{\(prefix)}:ledger")
      #expect(kept.contains("anna"))
      #expect(!kept.contains(try #require(visitor.cookie)) && !kept.contains(visitor.csrf))
    }
  }

  @Test func `signing out at one ends the streams at the other within a second`() async throws {
    let server = try await RedisProcess.shared()
    try await Self.run(on: Self.place(server, UUID().uuidString)) { one, other in
      let visitor = try await one.visitor(.oscar)
      let stream = try await other.stream(["Cookie: __Host-signalbox=\(try #require(visitor.cookie))"])
      #expect(try await stream.next("grant")["principal"]?.string == "oscar")
      let began = ContinuousClock.now
      #expect(try await visitor.ask("DELETE /api/session").status == 204)
      #expect(try await stream.farewell() == "revoked")
      #expect(.now - began < .seconds(1))
      // From afar, too.
      let second = try await one.visitor(.oscar)
      let third = try await other.visitor(.oscar)
      let held = try await one.stream(["Cookie: __Host-signalbox=\(try #require(second.cookie))"])
      _ = try await held.next("grant")
      #expect(try await third.ask("DELETE /api/sessions").status == 200)
      #expect(try await held.farewell() == "revoked")
      #expect(try await Self.status(second, at: one) == 401)
    }
  }

  @Test func `a cookie that is changed at one is good at the other, and a stolen one ends it at both`() async throws {
    let time = TurnedClock()
    let server = try await RedisProcess.shared()
    try await Self.run(on: Self.place(server, UUID().uuidString), clock: time.clock) { one, other in
      let visitor = try await one.visitor(.oscar)
      let first = try #require(visitor.cookie)
      let thief = Visitor(other)
      thief.cookie = first
      #expect(try await visitor.ask("POST /api/session/refresh", body: "{}").status == 200)
      #expect(visitor.cookie != first)
      #expect(try await Self.status(visitor, at: other) == 200)
      #expect(try await Self.status(visitor, at: one) == 200)
      #expect(try await Self.status(thief, at: one) == 200, "Requests overtake each other.")
      time.turn(seconds: 31)
      #expect(try await thief.ask("GET /api/session").status == 401)
      #expect(try await Self.status(visitor, at: other) == 401)
      #expect(await eventually { (try? await Self.status(visitor, at: one)) == 401 })
      let stolen = try await other.records().filter { $0["detail"]?.string?.contains("the session was taken") == true }
      #expect(stolen.count == 1)
    }
  }

  @Test func `without the server nobody signs in, who is signed in stays so, and what was ended stays so`() async throws
  {
    let server = try RedisProcess()
    try await server.start()
    try await Self.run(on: Self.place(server, "away")) { one, other in
      let visitor = try await one.visitor(.oscar)
      let ended = try await one.visitor(.oscar)
      let endedCookie = ended.cookie
      #expect(try await Self.status(visitor, at: other) == 200)
      #expect(try await Self.status(ended, at: other) == 200)
      #expect(try await ended.ask("DELETE /api/session").status == 204)
      let link = try await one.link(for: .anna)
      let stream = try await other.stream(["Cookie: __Host-signalbox=\(try #require(visitor.cookie))"])
      _ = try await stream.next("grant")
      await server.kill()
      for gateway in [one, other] { #expect(try await Self.status(visitor, at: gateway) == 200) }
      let refused = try await Visitor(other).signIn(link)
      #expect(refused.status == 503)
      #expect(try refused.json()["code"]?.string == "sessions-away")
      #expect(refused.fields["retry-after"] == "5")
      let strange = Visitor(one)
      strange.cookie = endedCookie
      #expect(try await Self.status(strange, at: one) == 503)
      try await server.start()
      #expect(await eventually { (try? await Self.status(strange, at: one)) == 401 })
      #expect(try await Self.status(visitor, at: other) == 200)
      let late = Visitor(other)
      #expect(await eventually { (try? await late.signIn(link).status) == 200 }, "The link was not used up.")
      #expect(try await visitor.ask("DELETE /api/session").status == 204)
      #expect(try await stream.farewell() == "revoked")
    }
    await server.kill()
  }

  @Test func `a session that was there before a new gateway came is known to it`() async throws {
    let place = Self.place(try await RedisProcess.shared(), UUID().uuidString)
    try await TestGateway.run {
      $0.journal.redis = place
    } _: { one async throws in
      let visitor = try await one.visitor(.oscar)
      for _ in 0..<2 {
        try await TestGateway.run {
          $0.journal.redis = place
        } _: { later async throws in
          #expect(try await Self.status(visitor, at: later) == 200)
          #expect(try await later.ask("GET", "/api/session") != nil)
        }
      }
    }
  }

  @Test func `a sign-in at the issuer that began at one may come back to the other, once`() async throws {
    let place = Self.place(try await RedisProcess.shared(), UUID().uuidString)
    let provider = Kept<IdentityConfiguration.OpenIDProvider?>(nil)
    try await SignInStand.run(
      journal: place, configure: { identity in provider.change { $0 = identity.openID } }
    ) { stand in
      try await TestGateway.run { configuration in
        configuration.journal.redis = place
        configuration.identity.openID = provider.value
        configuration.identity.tokens = nil
      } _: { other async throws in
        let browser = stand.browser()
        let back = try await stand.wayBack(in: browser)
        let cookie = try #require(browser.cookie("__Host-signalbox-signin", of: stand.origin))
        let elsewhere = back.replacing(stand.origin, with: other.origin)
        #expect(elsewhere != back)
        let strange = String(repeating: "x", count: 43)
        let stranger = try await stand.get(elsewhere, [("cookie", "__Host-signalbox-signin=\(strange)")])
        #expect(stranger.status == 400)
        let page = try await stand.get(elsewhere, [("cookie", "__Host-signalbox-signin=\(cookie)")])
        #expect(page.status == 200, "\(page.text)")
        let session = try #require(
          page.fields.values(of: "set-cookie").first { $0.hasPrefix("__Host-signalbox=") }?.split(separator: ";").first)
        let who = try await stand.get("\(stand.origin)/api/session", [("cookie", String(session))])
        #expect(who.status == 200 && who.text.contains("anna"))
        for again in [elsewhere, back] {
          #expect(try await stand.get(again, [("cookie", "__Host-signalbox-signin=\(cookie)")]).status == 400)
        }
      }
    }
  }

  @Test func `gateways that have other settings say so`() async throws {
    let time = TurnedClock()
    let place = Self.place(try await RedisProcess.shared(), UUID().uuidString)
    try await Self.run(on: place, clock: time.clock) {
      $0.identity.sessions.idle = 900
      $0.identity.rates.streamsPerPrincipal = 7
      $0.identity.publicURL = "https://elsewhere.example"
    } _: { one, other in
      func lines(_ gateway: TestGateway) -> [String] {
        gateway.log.all.filter { $0.contains("another gateway of this journal has other settings") }
      }
      #expect(
        await eventually {
          time.turn(seconds: 1)
          return lines(one).count == 1 && lines(other).count == 1
        })
      #expect(lines(one)[0].contains("publicUrl") && lines(one)[0].contains("\"sessions\""))
      #expect(lines(one)[0].contains("rates.streamsPerPrincipal") && !lines(one)[0].contains("streamsPerAddress"))
      #expect(!lines(one)[0].contains("\"policy\""))
    }
  }
}
