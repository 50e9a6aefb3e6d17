import Foundation
import HTTP
import Identity
import JSON
import TestSupport
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(3)))
struct TokenSignInTests {
  private let clock = TurnedClock()
  private let signer: TokenSigner
  private let folder: TemporaryFolder

  init() throws {
    signer = try TokenSigner.generate(.es256)
    folder = try TemporaryFolder()
    try folder.write(signer.keySetText, to: "keys.json")
  }

  private func run(_ body: (TestGateway) async throws -> Void) async throws {
    try await TestGateway.run(
      clock: clock.clock,
      configure: {
        $0.identity.tokens = IdentityConfiguration.TokenSource(
          rules: TokenRules(issuer: "https://issuer.example", audiences: ["signalbox"]),
          keys: .file(folder.path("keys.json")))
      }, body)
  }

  private func token(_ person: TestPeople, seconds: Int64, by signer: TokenSigner? = nil) throws -> String {
    var writer = JSONWriter()
    writer.object { claims in
      claims.member("iss", "https://issuer.example")
      claims.member("aud", "signalbox")
      claims.member("sub", person.rawValue)
      claims.member("exp", clock.now.adding(seconds: seconds).seconds)
    }
    return try (signer ?? self.signer).sign(try JSONValue(parsing: writer.bytes))
  }

  @Test func `a token is exchanged for a session, which does not outlive it`() async throws {
    try await run { gateway async throws in
      let visitor = Visitor(gateway)
      let answer = try await visitor.ask(
        "POST /api/session", "Authorization: Bearer \(try token(.oscar, seconds: 600))")
      #expect(answer.status == 200)
      #expect(try answer.json()["principal"]?.string == "oscar")
      #expect(try answer.json()["ends"]?.string == clock.now.adding(seconds: 600).description)
      clock.turn(seconds: 599)
      #expect(try await visitor.isSignedIn())
      clock.turn(seconds: 1)
      #expect(try await visitor.isSignedIn() == false)
    }
  }

  @Test func `a token that is not good, or nobody's, or comes with a link, opens no session`() async throws {
    try await run { gateway async throws in
      func ask(_ token: String, body: String? = nil) async throws -> Answer {
        try await gateway.ask(.people, "POST /api/session", fields: ["Authorization: Bearer \(token)"], body: body)
      }
      let foreign = try await ask(try token(.oscar, seconds: 60, by: try .generate(.es256)))
      #expect(foreign.status == 401)
      #expect(foreign.fields["www-authenticate"]?.contains(#"error="invalid_token""#) == true)
      #expect(try await ask(try token(.oscar, seconds: -60)).status == 401)
      let link = try await gateway.link(for: .oscar)
      #expect(try await ask(try token(.oscar, seconds: 60), body: #"{"link": "\#(link)"}"#).status == 400)
      #expect(try await Visitor(gateway).signIn(link).status == 200)
      #expect(try await gateway.ask(.people, "POST /api/session", fields: ["Authorization: Basic eDp5"]).status == 401)
      try TestPeople.policy.replacing(#""subject": "oscar""#, with: #""subject": "nadia""#)
        .write(toFile: gateway.policyFile, atomically: true, encoding: .utf8)
      try await gateway.gateway.reload()
      let nobody = try await ask(try token(.oscar, seconds: 60))
      #expect(nobody.status == 401)
      #expect(nobody.fields["set-cookie"] == nil)
    }
  }

  @Test func `where no tokens are taken, none opens a session`() async throws {
    let token = try token(.oscar, seconds: 60)
    try await TestGateway.run(clock: clock.clock) { gateway async throws in
      let answer = try await gateway.ask(.people, "POST /api/session", fields: ["Authorization: Bearer \(token)"])
      #expect(answer.status == 401)
    }
  }

  @Test func `a newer token of the same principal lets the session end later`() async throws {
    try await run { gateway async throws in
      let visitor = Visitor(gateway)
      try await visitor.ask("POST /api/session", "Authorization: Bearer \(try token(.oscar, seconds: 600))")
      clock.turn(seconds: 500)
      let later = try token(.oscar, seconds: 900)
      let answer = try await visitor.ask("POST /api/session/refresh", "Authorization: Bearer \(later)")
      #expect(answer.status == 200)
      #expect(try answer.json()["credential"]?.string == "session")
      #expect(try answer.json()["ends"]?.string == clock.now.adding(seconds: 900).description)
      clock.turn(seconds: 899)
      #expect(try await visitor.isSignedIn())
      clock.turn(seconds: 1)
      #expect(try await visitor.isSignedIn() == false)
    }
  }

  @Test func `a token of somebody else extends nothing`() async throws {
    try await run { gateway async throws in
      let visitor = Visitor(gateway)
      try await visitor.ask("POST /api/session", "Authorization: Bearer \(try token(.oscar, seconds: 600))")
      let other = try token(.otto, seconds: 900)
      let answer = try await visitor.ask("POST /api/session/refresh", "Authorization: Bearer \(other)")
      #expect(answer.status == 400)
      clock.turn(seconds: 600)
      #expect(try await visitor.isSignedIn() == false)
    }
  }
}
