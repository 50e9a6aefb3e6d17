import Foundation
import Gateway
import HTTP
import Identity
import JSON
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3)))
struct LinkSignInTests {
  private let clock = TurnedClock()

  @Test func `a link signs somebody in, and the cookie is as it must be`() async throws {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = Visitor(gateway)
      let answer = try await visitor.signIn(try await gateway.link(for: .oscar))
      #expect(answer.status == 200)
      let said = try answer.json()
      #expect(
        said.members.map(\.key) == [
          "principal", "tenant", "roles", "may", "credential", "expires", "ends", "session", "csrf",
        ])
      #expect(said["principal"]?.string == "oscar")
      #expect(said["tenant"]?.string == "acme")
      #expect(said["roles"]?.description == #"["analyst"]"#)
      #expect(said["credential"]?.string == "session")
      let set = answer.fields.values(of: "set-cookie")
      #expect(set.count == 1)
      let isExact =
        set.first?.wholeMatch(
          of: /__Host-signalbox=[A-Za-z0-9_-]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict; Max-Age=43200/) != nil
      #expect(isExact, "\(set)")
      #expect(answer.fields["cache-control"] == "no-store")
      #expect(!answer.text.contains(try #require(visitor.cookie)))

      let again = try await visitor.ask("GET /api/session")
      #expect(again.status == 200)
      #expect(again.fields["set-cookie"] == nil)
      #expect(try again.json() == said)
    }
  }

  @Test func `a link that was used, is late, or never was, and one for a name that is gone, answer alike`() async throws
  {
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let visitor = Visitor(gateway)
      let used = try await gateway.link(for: .oscar)
      try await visitor.signIn(used)
      let replayed = try await Visitor(gateway).signIn(used)
      let unknown = try await Visitor(gateway).signIn(Base64URL.encode([UInt8](repeating: 7, count: 32)))
      let strange = try await Visitor(gateway).signIn("x")
      let late = try await gateway.link(for: .oscar)
      clock.turn(seconds: 600)
      let expired = try await Visitor(gateway).signIn(late)
      let orphan = try await gateway.link(for: .vera)
      try TestPeople.policy.replacing(#""name": "vera""#, with: #""name": "nadia""#)
        .write(toFile: gateway.policyFile, atomically: true, encoding: .utf8)
      try await gateway.gateway.reload()
      let nameless = try await Visitor(gateway).signIn(orphan)

      #expect(replayed.status == 401)
      #expect(replayed.fields["set-cookie"] == nil)
      #expect(replayed.fields["www-authenticate"] == #"Bearer realm="signalbox""#)
      for other in [unknown, strange, expired, nameless] { #expect(other.comparable == replayed.comparable) }
      // Nor does the name that is back make it good again.
      try TestPeople.policy.write(toFile: gateway.policyFile, atomically: true, encoding: .utf8)
      try await gateway.gateway.reload()
      #expect(try await Visitor(gateway).signIn(orphan).status == 401)
      // It was all about links: who was signed in is so still.
      #expect(try await visitor.isSignedIn())
    }
  }

  @Test func `of many who use a link at the same time, one gets in`() async throws {
    try await TestGateway.run { gateway async throws in
      let link = try await gateway.link(for: .oscar)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<8 { group.addTask { try await Visitor(gateway).signIn(link).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(statuses.sorted() == [200] + [Int](repeating: 401, count: 7))
    }
  }

  // MARK: Fixation

  @Test func `a sign-in makes a new session and ends the one that was there`() async throws {
    try await TestGateway.run { gateway async throws in
      let attacker = try await gateway.visitor(.otto)
      let planted = try #require(attacker.cookie)
      // The victim's browser has the attacker's cookie.
      let victim = Visitor(gateway)
      victim.cookie = planted
      let answer = try await victim.signIn(try await gateway.link(for: .oscar))
      #expect(answer.status == 200)
      #expect(try answer.json()["principal"]?.string == "oscar")
      #expect(victim.cookie != planted)
      #expect(victim.id != attacker.id)
      #expect(victim.csrf != attacker.csrf)
      #expect(try await attacker.isSignedIn() == false)
      #expect(try await victim.isSignedIn())
    }
  }

  @Test func `a cookie that somebody has made up is not taken over`() async throws {
    try await TestGateway.run { gateway async throws in
      for madeUp in [Base64URL.encode([UInt8](repeating: 1, count: 48)), "x", ""] {
        let visitor = Visitor(gateway)
        visitor.cookie = madeUp
        #expect(try await visitor.signIn(try await gateway.link(for: .oscar)).status == 200)
        #expect(visitor.cookie != madeUp)
        #expect(try await visitor.isSignedIn())
      }
    }
  }

  @Test func `somebody who cannot sign in stays who he was`() async throws {
    try await TestGateway.run { gateway async throws in
      let visitor = try await gateway.visitor(.oscar)
      #expect(try await visitor.signIn("no link").status == 401)
      #expect(try await visitor.isSignedIn())
    }
  }

  // MARK: What is sent

  @Test(
    arguments: [
      ("", 400), ("{}", 400), ("{", 400), ("[]", 400), ("\"x\"", 400), (#"{"link": 7}"#, 400),
      (#"{"link": null}"#, 400),
      (#"{"link": "x", "next": "y"}"#, 400), (#"{"link": "x", "link": "y"}"#, 400), (#"{"Link": "x"}"#, 400),
      (#"{"link": "\#(String(repeating: "x", count: 5000))"}"#, 413), (#"{"link": ""}"#, 401),
    ])
  func `what is no link signs nobody in`(body: String, status: Int) async throws {
    try await TestGateway.run { gateway async throws in
      let answer = try await gateway.ask(.people, "POST /api/session", body: body)
      #expect(answer.status == status)
      #expect(answer.fields["set-cookie"] == nil)
      #expect(answer.fields["content-type"] == "application/problem+json")
    }
  }

  @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "x/json"])
  func `a form, as pages of other sites can send it, is refused`(type: String) async throws {
    try await TestGateway.run { gateway async throws in
      let link = try await gateway.link(for: .oscar)
      let answer = try await gateway.ask(
        .people, "POST /api/session", fields: ["Content-Type: \(type)"], body: #"{"link": "\#(link)"}"#)
      #expect(answer.status == 415)
      // It was not used up by that.
      #expect(try await Visitor(gateway).signIn(link).status == 200)
    }
  }

  @Test func `a link is taken from the body alone`() async throws {
    try await TestGateway.run { gateway async throws in
      let link = try await gateway.link(for: .oscar)
      for path in ["/api/session?link=\(link)", "/api/session#\(link)", "/sign-in?link=\(link)"] {
        let answer = try await gateway.ask(.people, "POST \(path)", body: "{}")
        #expect(answer.status >= 400)
        #expect(answer.fields["set-cookie"] == nil)
      }
      #expect(try await Visitor(gateway).signIn(link).status == 200)
    }
  }
}
